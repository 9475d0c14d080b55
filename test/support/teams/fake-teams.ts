// A small strict Microsoft Teams on 127.0.0.1: it plays the Bot Connector for the bot, and people and their clients to it.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { FarSide } from '../../../src/teams/adapter.ts'
import { clientOf } from './client.ts'
import { answerRequest, servicePath } from './connector.ts'
import { httpOutlet, watched } from './deliver.ts'
import { type TeamsPerson, teamsPerson } from './people.ts'
import { openIdMetadataUrl, signer, type TokenClaims } from './tokens.ts'
import type { Activity, Answered, Call, Failure, FakeChat, FakeMessage, FakePerson, Kind } from './wire.ts'
import { appId, bot, chatNamed, createWorld, mriOf, oidOf, standing, tenant } from './world.ts'

export type { TeamsPerson } from './people.ts'
export type { Card, Seen } from './wire.ts'
export { oidOf } from './world.ts'

export interface FakeTeams {
  url: string
  /** Where the bot calls, as its activities say. */
  serviceUrl: string
  appId: string
  tenant: string
  bot: typeof bot
  /** What stands in for Microsoft's addresses and the bot's own token. */
  far: FarSide
  /** Adds a person, or changes one; they have the app unless told otherwise. */
  addPerson(
    handle: string,
    more?: Partial<Omit<FakePerson, 'handle' | 'oid' | 'mri' | 'looking' | 'notice'>> & { installed?: boolean },
  ): FakePerson
  /** Adds a group chat. @returns its id, `19:<name>@thread.v2` */
  addChat(name: string, more?: { members?: string[]; installed?: boolean }): string
  /** Adds a channel of a team. @returns its id, `19:<name>@thread.tacv2` */
  addChannel(name: string, more?: { team?: string; members?: string[]; installed?: boolean }): string
  /** Every call that arrived, refused or not. */
  calls: Call[]
  /** What was wrong with activities and answers to invokes; never a mere bad moment. */
  refused: { where: string; problems: string[] }[]
  /** Fails the next calls of a kind; of those to one conversation, when it is named by its id. */
  failNext(kind: Kind, how: Failure, times?: number, conversation?: string): void
  /** Calls of a kind succeed again. */
  unfail(kind: Kind): void
  /** Whether the limits on sends to one conversation are kept. */
  budget(on: boolean): void
  /** Whether clients ask for fresh cards by themselves. */
  refreshes: boolean
  /** Copies of a conversation's standing messages, oldest first; a handle means that person's own conversation. */
  messages(chat: string): FakeMessage[]
  as(handle: string): TeamsPerson
  /** A token as the channel signs it. */
  token(claims?: TokenClaims): string
  /** Posts any activity to the bot, signed unless a token is given; an empty one sends none. */
  raw(activity: Activity, more?: { token?: string }): Promise<Answered>
  /** Where the bot listens. */
  botAt(url: string): void
  listensAt(): string
  /** Waits until nothing has been going on for so long. */
  quiet(ms?: number): Promise<void>
  close(): Promise<void>
}

export async function fakeTeams(): Promise<FakeTeams> {
  const world = createWorld()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  world.url = `http://${host}`
  const serviceUrl = `${world.url}${servicePath}`
  const { documents, token } = signer(world.url, serviceUrl)
  let address = ''
  const outlet = httpOutlet(world, () => address, token)
  const deliver = watched(world, outlet)
  const client = clientOf(world, serviceUrl, deliver)
  server.on('request', (request, response) => {
    world.track(answerRequest(world, request, response, { documents, shown: client.shown })).catch((error: Error) => {
      world.refused.push({ where: request.url ?? '', problems: [String(error.stack)] })
      response.writeHead(500).end('{"error":{"code":"ServiceError"}}')
    })
  })

  const addChat = (id: string, more: Partial<FakeChat> & Pick<FakeChat, 'kind' | 'name'>): string => {
    for (const handle of more.members ?? []) if (!world.people.has(handle)) throw new Error(`add ${handle} first`)
    world.chats.set(id, { members: new Set(), botIn: true, ...world.chats.get(id), id, ...more })
    return id
  }
  const rooms = (installed: boolean | undefined, members: string[] | undefined) => ({
    ...(installed === undefined ? {} : { botIn: installed }),
    ...(members ? { members: new Set(members) } : {}),
  })

  return {
    url: world.url,
    serviceUrl,
    appId,
    tenant,
    bot,
    far: { openIdMetadataUrl: openIdMetadataUrl(world.url), serviceHosts: [host], botToken: bot.token, budgets: [] },
    addPerson(handle, { installed, ...more } = {}) {
      const name = `${handle.charAt(0).toUpperCase()}${handle.slice(1)}`
      const person: FakePerson = {
        ...{ handle, oid: oidOf(handle), mri: mriOf(handle), name, upn: `${handle}@example.test` },
        ...{ userRole: 'user', tenantId: tenant, left: false },
        ...{ locale: 'en-GB', timezone: 'Europe/Amsterdam', looking: new Set(), notice: '' },
        ...world.people.get(handle),
        ...more,
      }
      world.people.set(handle, person)
      addChat(`a:${handle}`, { kind: 'personal', name: '', ...rooms(installed, [handle]) })
      return person
    },
    addChat: (name, { members, installed } = {}) =>
      addChat(`19:${name}@thread.v2`, { kind: 'groupChat', name, ...rooms(installed, members) }),
    addChannel: (name, { members, installed, team = 'team' } = {}) =>
      addChat(`19:${name}@thread.tacv2`, {
        ...{ kind: 'channel', name, team: `19:${team}@thread.tacv2` },
        ...rooms(installed, members),
      }),
    calls: world.calls,
    refused: world.refused,
    failNext(kind, how, times = 1, conversation) {
      const queue = world.failures.get(kind) ?? []
      world.failures.set(kind, [...queue, ...Array.from({ length: times }, () => ({ how, conversation }))])
    },
    unfail: (kind) => void world.failures.delete(kind),
    budget(on) {
      world.budgeted = on
    },
    get refreshes() {
      return world.refreshes
    },
    set refreshes(on) {
      world.refreshes = on
    },
    messages: (chat) => structuredClone(standing(world, chatNamed(world, chat, chat).id)),
    as: (handle) => teamsPerson(world, client, deliver, handle),
    token,
    raw: (activity, more = {}) => outlet(activity, more.token),
    botAt(url) {
      address = url
    },
    listensAt: () => address,
    async quiet(ms = 100) {
      const started = Date.now()
      while (Date.now() < started + 10_000) {
        if (world.inFlight === 0 && Date.now() - Math.max(world.lastActivity, started) >= ms) return
        await wait(10)
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
