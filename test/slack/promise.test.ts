// An ack is a promise, over HTTP and over a socket; and the real program connects by its settings.
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import postgres from 'postgres'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { endChildren, startScript } from '../support/process.ts'
import { type Connected, connected, withTeam } from '../support/slack/connected.ts'
import { type FakeSlack, fakeSlack } from '../support/slack/fake-slack.ts'
import { slackConversation } from '../support/slack/slack-conversation.ts'
import { playStory } from '../support/story.ts'

describe.each(['http', 'socket'] as const)('over %s', (mode) => {
  let on: Connected
  beforeAll(async () => {
    on = await connected(mode)
    await withTeam(on)
  })
  afterAll(() => on.close())

  test('the story plays', async () => {
    const users = { paula: 'UPAULA', milan: 'UMILAN', sam: 'USAM' }
    const driver = slackConversation(on.fake, users, on.settled)
    const entries = await playStory(on.t, driver, async () => 'UMILAN')
    expect(entries).toContainEqual(expect.objectContaining({ type: 'treatment.approved' }))
    expect(on.fake.refused).toEqual([])
  })

  test('an event is acknowledged once what it causes is committed, not before', async () => {
    const sql = postgres(on.t.url, { max: 1 })
    const opened = async () => {
      const [row] = await sql<{ n: number }[]>`select count(*)::int as n from declog.entry where type = 'review.opened'`
      return row?.n ?? 0
    }
    const before = await opened()
    const [held, taken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const locking = sql.begin(async (tx) => {
      await tx`lock table declog.entry in exclusive mode`
      taken.resolve()
      await held.promise
    })
    await taken.promise
    let acked = false
    const said = on.fake.as('UPAULA').say('DM', 'We are building a contract reader')
    void said.then(() => {
      acked = true
    })
    await on.fake.quiet(400)
    expect(acked).toBe(false)
    held.resolve()
    await locking
    expect((await said).status).toBe(200)
    expect(await opened()).toBe(before + 1)
    await sql.end()
    await on.settled()
  })
})

describe('the program', () => {
  let fake: FakeSlack
  let dataDir: string
  beforeAll(async () => {
    fake = await fakeSlack()
    dataDir = await temporaryDataDir('countersign-slack')
  })
  afterAll(async () => {
    endChildren()
    await fake.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const start = (env: Record<string, string>) =>
    startScript('src/main.ts', [], {
      ...{ COUNTERSIGN_DATA_DIR: dataDir, COUNTERSIGN_PORT: '0', COUNTERSIGN_PUBLIC_PORT: '0', DATABASE_URL: '' },
      SLACK_API_URL: fake.apiUrl,
      ...env,
    })

  test('connects over a socket with two tokens, hears, and stops in order', async () => {
    const { token, appToken } = fake.bot
    const bot = start({ SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken })
    await bot.line('connected to Fake over a socket')
    fake.useSocket()
    fake.addUser('UPAULA', { real_name: 'Paula' })
    expect((await fake.as('UPAULA').say('DM', 'help')).status).toBe(200)
    await fake.quiet(300)
    expect(JSON.stringify(fake.messages('UPAULA'))).toMatch(/begin a review/)
    bot.process.kill('SIGINT')
    expect(await bot.ended).toBe(0)
  })

  test('listens over HTTP with a signing secret, and not on the web chat’s port', async () => {
    const { token, signingSecret } = fake.bot
    const bot = start({ SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: signingSecret })
    const chat = (await bot.line('Countersign runs.')).replace(/.*http/, 'http')
    const port = /port (\d+)/.exec(await bot.line('outside'))?.[1]
    expect((await fetch(`${chat}/slack/events`, { method: 'POST' })).status).toBe(403)
    fake.botAt(`http://127.0.0.1:${port}/slack/events`)
    expect((await fake.as('UPAULA').say('DM', 'mine')).status).toBe(200)
    bot.process.kill('SIGINT')
    expect(await bot.ended).toBe(0)
  })

  test.each([
    [
      { SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_APP_TOKEN: 'xapp-1' },
      /Slack does not take SLACK_BOT_TOKEN \(invalid_auth\)/,
    ],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET/],
    [{ SLACK_BOT_TOKEN: 'xoxp-1', SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_BOT_TOKEN has to begin with xoxb-/],
  ])('says in one line what is wrong with %j', async (env, told) => {
    const bot = start(env as unknown as Record<string, string>)
    expect(await bot.ended).toBe(1)
    expect(bot.output()).toMatch(told)
  })

  test('tells an app token that Slack refuses from a Slack that cannot be reached', async () => {
    const refused = start({ SLACK_BOT_TOKEN: fake.bot.token, SLACK_APP_TOKEN: 'xapp-1-wrong' })
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toMatch(/Slack does not take SLACK_APP_TOKEN \(invalid_auth\)/)
    const nowhere = start({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:9/api/',
    })
    expect(await nowhere.ended).toBe(1)
    expect(nowhere.output()).toMatch(/Slack cannot be reached at http:\/\/127\.0\.0\.1:9\/api\//)
  })
})
