// A small strict Slack on 127.0.0.1: it plays the Web API for the bot, and people to it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { httpOutlet, type Outlet, watched } from './deliver.ts'
import { personOf, type SlackPerson, sendEvent } from './people.ts'
import { listenForSockets } from './socket.ts'
import { answerRequest } from './web-api.ts'
import type { Answered, Failure, FakeMessage, FakeView, Json, SlackUser } from './wire.ts'
import { bot, type Call, createWorld, standing, team } from './world.ts'

export { signedHeaders } from './deliver.ts'
export type { FakeMessage, FakeView } from './wire.ts'

export interface FakeSlack {
  url: string
  apiUrl: string
  team: string
  bot: typeof bot
  /** Adds a person, or changes one. */
  addUser(id: string, more?: Partial<SlackUser>): void
  /** Adds a channel, or changes one; the bot is in it unless told otherwise. */
  addChannel(
    id: string,
    more?: { private?: boolean; members?: string[]; botIsMember?: boolean; archived?: boolean },
  ): void
  /** Every call that arrived, refused or not. */
  calls: Call[]
  /** Copies of a channel's standing messages, oldest first; a user's id means their DM. */
  messages(channel: string): FakeMessage[]
  ephemerals(channel: string, user: string): FakeMessage[]
  /** The modal on top of a person's screen. */
  view(user: string): FakeView | undefined
  home(user: string): FakeView | undefined
  files: Map<string, { id: string; bytes: Buffer; title?: string }>
  /** Fails the next calls of a method; `response_url` and `upload` count as methods. */
  failNext(method: string, how: Failure, times?: number): void
  /** What was wrong with calls and acks; never a mere bad moment, such as an expired trigger. */
  refused: { method: string; problems: string[] }[]
  /** Where the bot listens, for deliveries over HTTP. */
  botAt(url: string): void
  listensAt(): string
  /** Deliveries go through the bot's socket from now on. */
  useSocket(): void
  /** Asks socket-mode connections to come again. */
  refreshSockets(): void
  as(user: string): SlackPerson
  /** Sends any other event, such as `app_uninstalled`. */
  event(event: Json): Promise<Answered>
  /** The response URLs given out, the newest last. */
  responseUrls(): string[]
  /** A code as the consent page hands out, for `oauth.v2.access`. */
  consent(): string
  /** Moves Slack's clock: for triggers and response URLs. */
  skip(ms: number): void
  /** Waits until the bot has not called for so long. */
  quiet(ms?: number): Promise<void>
  close(): Promise<void>
}

export async function fakeSlack(): Promise<FakeSlack> {
  const world = createWorld()
  const server = createServer((request, response) => {
    answerRequest(world, request, response).catch((error: Error) => {
      world.refused.push({ method: request.url ?? '', problems: [String(error.stack)] })
      response.writeHead(500).end('{"ok":false,"error":"internal_error"}')
    })
  })
  const sockets = listenForSockets(world, server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let address = ''
  let outlet = httpOutlet(() => address)
  const deliver: Outlet = watched(world, (...given) => outlet(...given))

  const addUser: FakeSlack['addUser'] = (id, more = {}) => {
    const flags = { is_restricted: false, is_ultra_restricted: false, is_stranger: false, deleted: false }
    const fresh = { id, team_id: team, name: id.toLowerCase(), real_name: id, tz: 'Europe/Amsterdam', ...flags }
    const standing = world.users.get(id) ?? { ...fresh, is_admin: false, is_owner: false, is_bot: false }
    world.users.set(id, { ...standing, ...more })
  }
  addUser(bot.userId, { is_bot: true, name: 'countersign', real_name: 'Countersign' })

  return {
    url: world.url,
    apiUrl: `${world.url}/api/`,
    team,
    bot,
    addUser,
    addChannel(id, { members, ...more } = {}) {
      const standing = world.channels.get(id) ?? { id, private: false, archived: false, botIsMember: true }
      const inside = members ? new Set(members) : (world.channels.get(id)?.members ?? new Set<string>())
      world.channels.set(id, { ...standing, ...more, members: inside })
    },
    calls: world.calls,
    messages: (channel) => structuredClone(standing(world, channel)),
    ephemerals: (channel, user) =>
      structuredClone(
        world.ephemerals.filter(
          (one) => one.ephemeralTo === user && [channel, `D${channel}`].includes(one.channel) && !one.deleted,
        ),
      ),
    view: (user) => structuredClone(world.screens.get(user)?.at(-1)),
    home: (user) => structuredClone(world.homes.get(user)),
    files: world.files,
    failNext(method, how, times = 1) {
      const queue = world.failures.get(method) ?? []
      world.failures.set(method, [...queue, ...Array.from({ length: times }, () => how)])
    },
    refused: world.refused,
    botAt(url) {
      address = url
      outlet = httpOutlet(() => address)
    },
    listensAt: () => address,
    useSocket() {
      outlet = sockets.deliver
    },
    refreshSockets: sockets.refresh,
    as: (user) => personOf(world, deliver, user),
    event: (event) => sendEvent(world, deliver, event),
    responseUrls: () => [...world.responseUrls.keys()].map((id) => `${world.url}/response/${id}`),
    consent() {
      const code = world.id('code')
      world.codes.add(code)
      return code
    },
    skip: world.skip,
    async quiet(ms = 100) {
      const until = Date.now() + 10_000
      const started = Date.now()
      while (Date.now() < until) {
        const last = Math.max(world.lastActivity, started)
        if (world.inFlight === 0 && Date.now() - last >= ms) return
        await wait(10)
      }
    },
    async close() {
      await sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
