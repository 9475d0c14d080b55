// The real application connected to the fake Slack, over HTTP or a socket.

import type { Surfaces } from '../../../src/delivery/places.ts'
import { publicListener, type Routes } from '../../../src/public.ts'
import { actingNow, type Visitor } from '../../../src/reviews/app.ts'
import { commandWorkspace } from '../../../src/reviews/workspace-command.ts'
import { connectSlack, type Slack } from '../../../src/slack/connect.ts'
import { personOf, workspaceOf } from '../../../src/store/people.ts'
import { appOn, type TestApp, testApp } from '../app.ts'
import { type FakeSlack, fakeSlack } from './fake-slack.ts'

export interface Connected {
  fake: FakeSlack
  t: TestApp
  slack: Slack
  /** Where the platforms reach it. */
  url: string
  /** The workspace of the fake's team. */
  workspace(): Promise<string>
  /** The person behind a Slack user. */
  personOf(user: string): Promise<string>
  /** Resolves once every answer and message is out. */
  settled(): Promise<void>
  close(): Promise<void>
}

export async function connected(mode: 'http' | 'socket' = 'http'): Promise<Connected> {
  const fake = await fakeSlack()
  const on = await connectTo(fake, mode)
  return {
    ...on,
    async close() {
      await on.close()
      await fake.close()
    },
  }
}

/** A platform that the same process serves beside Slack. */
export type Beside = (app: TestApp['app'], http: Routes) => Surfaces

/** Another process on the same Slack; on the same database, when its address is given. */
export async function connectTo(
  fake: FakeSlack,
  mode: 'http' | 'socket' = 'http',
  url?: string,
  beside: Beside = () => ({}),
): Promise<Connected> {
  const outside = publicListener()
  const { apiUrl, bot } = fake
  const settings =
    mode === 'http'
      ? ({ mode, apiUrl, botToken: bot.token, signingSecret: bot.signingSecret } as const)
      : ({ mode, apiUrl, botToken: bot.token, appToken: bot.appToken } as const)
  let slack: Slack | undefined
  const surfaces = (app: TestApp['app']) => {
    slack = connectSlack(app, settings, outside.routes)
    return { slack: slack.surface, ...beside(app, outside.routes) }
  }
  const t = url === undefined ? await testApp(surfaces) : await appOn(url, surfaces)
  const running = slack as unknown as Slack
  await running.start()
  const listening = await outside.listen(0)
  if (mode === 'http') fake.botAt(`http://127.0.0.1:${listening.port}/slack/events`)
  else fake.useSocket()
  const workspace = async () => {
    const found = await workspaceOf(t.app.store.database, `slack:${fake.team}`)
    if (!found) throw new Error('nobody has talked to the bot yet')
    return found
  }
  return {
    fake,
    t,
    slack: running,
    url: `http://127.0.0.1:${listening.port}`,
    workspace,
    async personOf(user) {
      const person = await personOf(t.app.store.database, await workspace(), `slack:${fake.team}/${user}`)
      if (!person) throw new Error(`${user} is not linked`)
      return person
    },
    async settled() {
      await running.idle()
      await t.delivery.idle()
    },
    async close() {
      await running.stop()
      await listening.close()
      await t.close()
    },
  }
}

/** Someone on Slack, as the application sees them in their direct messages. */
export async function visitorOf(on: Connected, user: string): Promise<Visitor> {
  const place = { surface: 'slack', address: `${on.fake.team}/${user}` } as const
  return { workspace: await on.workspace(), person: await on.personOf(user), via: 'slack', standing: 'member', place }
}

/** Paula, Milan, and the security leads Sam and Sally, all known to the bot. */
export async function withTeam(on: Connected): Promise<void> {
  const people = { UPAULA: 'Paula', UMILAN: 'Milan', USAM: 'Sam', USALLY: 'Sally' }
  for (const [user, real_name] of Object.entries(people)) {
    on.fake.addUser(user, { real_name, is_admin: user === 'USAM' })
    await on.fake.as(user).openHome()
    await on.settled()
  }
  const [sam, sally] = [await visitorOf(on, 'USAM'), await on.personOf('USALLY')]
  const grant = { type: 'grant', person: sally, role: 'security_lead' } as const
  await commandWorkspace(on.t.app, sam.workspace, actingNow(on.t.app, sam), grant, 0)
  await on.settled()
}
