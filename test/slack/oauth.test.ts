// Slack for many workspaces: installing by OAuth, the tokens at rest, the first security lead, and leaving again.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { publicListener } from '../../src/public.ts'
import { connectSlack, type Slack } from '../../src/slack/connect.ts'
import { scopes } from '../../src/slack/scopes.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type FakeSlack, fakeSlack } from '../support/slack/fake-slack.ts'

let fake: FakeSlack
let t: TestApp
let slack: Slack
let host: string
let close: () => Promise<void>

beforeAll(async () => {
  fake = await fakeSlack()
  fake.addUser('UPAULA', { real_name: 'Paula' })
  const outside = publicListener()
  const { clientId, clientSecret, signingSecret } = fake.bot
  const settings = { mode: 'oauth', apiUrl: fake.apiUrl, clientId, clientSecret, signingSecret } as const
  t = await testApp((app) => {
    slack = connectSlack(app, { ...settings, secretKey: randomBytes(32) }, outside.routes)
    return { slack: slack.surface }
  })
  await slack.start()
  const listening = await outside.listen(0)
  close = listening.close
  host = `http://127.0.0.1:${listening.port}`
  fake.botAt(`${host}/slack/events`)
})
afterAll(async () => {
  await slack.stop()
  await close()
  await t.close()
  await fake.close()
})

const settled = async () => {
  await slack.idle()
  await t.delivery.idle()
}
const rows = () =>
  t.app.store.database.run(({ sql }) => sql<{ sealed: Buffer }[]>`select sealed from countersign.slack_installation`)

/** Goes to the consent page and comes back with a code; `state` is the one Slack was given, unless forged. */
async function install(forged?: string): Promise<Response> {
  const begun = await fetch(`${host}/slack/install`, { redirect: 'manual' })
  const consent = new URL(begun.headers.get('location') ?? '')
  const cookie = (begun.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const back = new URL(`${host}/slack/oauth_redirect`)
  back.searchParams.set('code', fake.consent())
  back.searchParams.set('state', forged ?? consent.searchParams.get('state') ?? '')
  expect(consent.searchParams.get('scope')?.split(',').sort()).toEqual([...scopes].sort())
  return await fetch(back, { headers: { cookie }, redirect: 'manual' })
}

test('a state that Slack was not given installs nothing', async () => {
  expect((await install('forged')).status).toBeGreaterThanOrEqual(400)
  expect(await rows()).toEqual([])
})

test('installing keeps the token encrypted, and makes who installed it the first security lead', async () => {
  expect((await install()).status).toBeLessThan(400)
  const [row] = await rows()
  expect(row?.sealed.toString('latin1')).not.toContain('xoxb')
  const leads = await t.app.store.database.run(
    ({ sql }) => sql<{ name: string }[]>`
      select p.name from countersign.person p join countersign.installation i using (workspace)
      where i.installation = ${`slack:${fake.team}`} and 'security_lead' = any(p.roles)`,
  )
  expect(leads.map(({ name }) => name)).toEqual(['Paula'])
})

test('events are answered with the stored token', async () => {
  expect((await fake.as('UPAULA').say('DM', 'help')).status).toBe(200)
  await settled()
  expect(JSON.stringify(fake.messages('UPAULA'))).toMatch(/begin a review/)
})

test('a team that removes the bot takes its tokens along, and the bot goes on', async () => {
  expect((await fake.event({ type: 'app_uninstalled' })).status).toBe(200)
  expect(await rows()).toEqual([])
  expect((await fake.as('UPAULA').say('DM', 'help')).status).toBeLessThan(500)
})
