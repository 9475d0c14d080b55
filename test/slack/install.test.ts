// Slack for many workspaces: the plain way in, who may come back from the consent page, whom installing makes a lead,
// what is left of a team that goes; and the settings that say how Slack is reached.
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readConfig } from '../../src/config.ts'
import { jsonLog } from '../../src/log-lines.ts'
import { publicListener } from '../../src/public.ts'
import { connectSlack, type Slack } from '../../src/slack/connect.ts'
import { scopes } from '../../src/slack/scopes.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type FakeSlack, fakeSlack } from '../support/slack/fake-slack.ts'

describe('installing', () => {
  let fake: FakeSlack
  let t: TestApp
  let slack: Slack
  let host: string
  let close: () => Promise<void>

  beforeEach(async () => {
    fake = await fakeSlack()
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
  afterEach(async () => {
    await slack.stop()
    await close()
    await t.close()
    await fake.close()
  })

  const settled = async () => {
    await slack.idle()
    await t.delivery.idle()
  }
  const installed = async (): Promise<string[]> => {
    const rows = await t.app.store.database.run(
      ({ sql }) => sql<{ key: string }[]>`select key from countersign.slack_installation`,
    )
    return rows.map(({ key }) => key)
  }
  const leads = async (): Promise<string[]> => {
    const rows = await t.app.store.database.run(
      ({ sql }) => sql<{ name: string }[]>`
        select p.name from countersign.person p join countersign.installation i using (workspace)
        where i.installation = ${`slack:${fake.team}`} and 'security_lead' = any(p.roles)`,
    )
    return rows.map(({ name }) => name)
  }
  const exchanged = () => fake.calls.filter(({ method }) => method === 'oauth.v2.access').length

  /** Opens the consent page; gives the state Slack was handed, and the cookie the browser keeps. */
  async function begin(): Promise<{ consent: URL; state: string; cookie: string }> {
    const { status, headers } = await fetch(`${host}/slack/install`, { redirect: 'manual' })
    expect(status).toBe(302)
    const consent = new URL(headers.get('location') ?? '')
    const [cookie = ''] = (headers.getSetCookie()[0] ?? '').split(';')
    return { consent, state: consent.searchParams.get('state') ?? '', cookie }
  }

  /** Comes back from the consent page. */
  async function comeBack(query: Record<string, string>, cookie?: string): Promise<Response> {
    const back = `${host}/slack/oauth_redirect?${new URLSearchParams(query)}`
    return await fetch(back, { headers: cookie === undefined ? {} : { cookie }, redirect: 'manual' })
  }

  async function install(): Promise<Response> {
    const { state, cookie } = await begin()
    return await comeBack({ code: fake.consent(), state }, cookie)
  }

  test('the way leads to Slack’s own consent page, with our client and a state the browser keeps', async () => {
    const { consent, state, cookie } = await begin()
    expect(consent.origin + consent.pathname).toBe(`${fake.url}/oauth/v2/authorize`)
    expect(consent.searchParams.get('client_id')).toBe(fake.bot.clientId)
    expect(state.length).toBeGreaterThan(20)
    expect(cookie).toContain(state)
    expect((await begin()).state).not.toBe(state)
  })

  test('the plain way: install, be the first security lead, be answered, and take the tokens along', async () => {
    fake.addUser('UPAULA', { real_name: 'Paula' })
    const { consent, state, cookie } = await begin()
    expect(consent.searchParams.get('scope')?.split(',').sort()).toEqual([...scopes].sort())
    expect((await comeBack({ code: fake.consent(), state: 'forged' }, cookie)).status).toBeGreaterThanOrEqual(400)
    expect(await installed()).toEqual([])
    expect((await comeBack({ code: fake.consent(), state }, cookie)).status).toBeLessThan(400)
    const [row] = await t.app.store.database.run(
      ({ sql }) => sql<{ sealed: Buffer }[]>`select sealed from countersign.slack_installation`,
    )
    expect(row?.sealed.toString('latin1')).not.toContain('xoxb')
    expect(await leads()).toEqual(['Paula'])
    expect((await fake.as('UPAULA').say('DM', 'help')).status).toBe(200)
    await settled()
    expect(JSON.stringify(fake.messages('UPAULA'))).toMatch(/begin a review/)
    expect((await fake.event({ type: 'app_uninstalled' })).status).toBe(200)
    expect(await installed()).toEqual([])
    expect((await fake.as('UPAULA').say('DM', 'help')).status).toBeLessThan(500)
  })

  test('before anyone installed it, a team is not listened to', async () => {
    fake.addUser('UPAULA', { real_name: 'Paula' })
    expect((await fake.as('UPAULA').say('DM', 'help')).status).toBe(401)
    expect(fake.calls).toEqual([])
  })

  test('a state of another browser, of nobody or of another server is refused, and no code is exchanged', async () => {
    const [mine, other] = [await begin(), await begin()]
    const code = fake.consent()
    const forged = `${mine.state.slice(0, -4)}AAAA`
    const name = mine.cookie.slice(0, mine.cookie.indexOf('='))
    const tries = [
      comeBack({ code, state: mine.state }),
      comeBack({ code, state: mine.state }, other.cookie),
      comeBack({ code, state: forged }, `${name}=${forged}`),
      comeBack({ code }, mine.cookie),
      comeBack({ state: mine.state }, mine.cookie),
    ]
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(tries.map(() => 400))
    expect(exchanged()).toBe(0)
    expect(await installed()).toEqual([])
  })

  test('a code that Slack did not give, or gave once before, installs nothing', async () => {
    fake.addUser('UPAULA', { real_name: 'Paula' })
    const { state, cookie } = await begin()
    expect((await comeBack({ code: 'made-up', state }, cookie)).ok).toBe(false)
    expect((await comeBack({ error: 'access_denied', state }, cookie)).ok).toBe(false)
    expect(await installed()).toEqual([])
    const code = fake.consent()
    const again = await begin()
    expect((await comeBack({ code, state: again.state }, again.cookie)).ok).toBe(true)
    expect((await comeBack({ code, state: again.state }, again.cookie)).ok).toBe(false)
    expect(await installed()).toEqual([fake.team])
  })

  test('a guest who installs it becomes no lead; the administrator who comes later does', async () => {
    fake.addUser('UGUEST', { real_name: 'Guest', is_restricted: true })
    expect((await install()).ok).toBe(true)
    expect(await leads()).toEqual([])
    fake.addUser('USAM', { real_name: 'Sam', is_admin: true })
    await fake.as('USAM').openHome()
    await settled()
    expect(await leads()).toEqual(['Sam'])
  })

  test('whoever installs it again becomes no second lead, and the review goes on where it was', async () => {
    fake.addUser('UPAULA', { real_name: 'Paula' })
    await install()
    await fake.as('UPAULA').say('DM', 'We are building a letter ranker')
    await settled()
    expect((await fake.event({ type: 'app_uninstalled' })).status).toBe(200)
    fake.addUser('UPAULA', { is_restricted: true })
    fake.addUser('UMILAN', { real_name: 'Milan' })
    expect((await install()).ok).toBe(true)
    expect(await leads()).toEqual(['Paula'])
    fake.addUser('UPAULA', { is_restricted: false })
    await fake.as('UPAULA').say('DM', 'status')
    await settled()
    expect(JSON.stringify(fake.messages('UPAULA'))).toMatch(/1 review/)
  })

  test.each([
    ['the bot is removed', { type: 'app_uninstalled' }],
    ['its token is revoked', { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }],
  ])('once %s, nothing is done with its token any more', async (_, event) => {
    fake.addUser('UPAULA', { real_name: 'Paula' })
    await install()
    expect((await fake.as('UPAULA').say('DM', 'help')).status).toBe(200)
    await settled()
    expect((await fake.event(event)).status).toBe(200)
    expect(await installed()).toEqual([])
    const calls = fake.calls.length
    expect((await fake.as('UPAULA').say('DM', 'help')).status).toBe(401)
    await settled()
    expect(fake.calls.length).toBe(calls)
  })

  test.each([
    ['of people', { oauth: ['UPAULA'] }],
    ['of people, and of no bot', { oauth: ['UPAULA'], bot: [] }],
    ['of a kind that is not known', undefined],
    ['in no list', { bot: 7 }],
  ])('revoked tokens %s leave the bot’s own', async (_, tokens) => {
    fake.addUser('UPAULA', { real_name: 'Paula' })
    await install()
    expect((await fake.event({ type: 'tokens_revoked', tokens })).status).toBe(200)
    expect(await installed()).toEqual([fake.team])
  })

  test('neither the table nor the log holds a token', async () => {
    fake.addUser('UPAULA', { real_name: 'Paula' })
    await comeBack({ code: 'made-up', state: 'made-up' })
    await install()
    await fake.event({ type: 'app_uninstalled' })
    await install()
    const lines: string[] = []
    const log = jsonLog((line) => lines.push(line))
    for (const { level, message, fields } of t.logged) log[level as 'info' | 'warn' | 'error'](message, fields)
    const rows = await t.app.store.database.run(
      ({ sql }) => sql<{ sealed: Buffer }[]>`select sealed from countersign.slack_installation`,
    )
    const kept = [...lines, ...rows.map(({ sealed }) => sealed.toString('latin1'))].join('\n')
    expect(rows).toHaveLength(1)
    for (const secret of ['xoxb', fake.bot.clientSecret, fake.bot.signingSecret]) expect(kept).not.toContain(secret)
  })
})

describe('the settings for Slack', () => {
  const [botToken, appToken, signing] = ['xoxb-1', 'xapp-1', 'a-signing-secret']
  const secretKey = randomBytes(32)
  const key = secretKey.toString('base64')
  const apiUrl = 'https://slack.com/api/'
  const slackIn = (environment: Record<string, string>) => readConfig(environment, '/tmp').slack
  const one = { SLACK_BOT_TOKEN: botToken }
  const many = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'client-secret',
    SLACK_SIGNING_SECRET: signing,
    COUNTERSIGN_SECRET_KEY: key,
  }
  const oauth = {
    mode: 'oauth',
    apiUrl,
    clientId: '1.2',
    clientSecret: 'client-secret',
    signingSecret: signing,
    secretKey,
  }

  test.each<[string, Record<string, string>, unknown]>([
    ['none', {}, undefined],
    ['none, where all are empty', { SLACK_BOT_TOKEN: '', SLACK_CLIENT_ID: '' }, undefined],
    ['none, with a key for something else', { COUNTERSIGN_SECRET_KEY: key }, undefined],
    ['a socket', { ...one, SLACK_APP_TOKEN: appToken }, { mode: 'socket', apiUrl, botToken, appToken }],
    ['HTTP', { ...one, SLACK_SIGNING_SECRET: signing }, { mode: 'http', apiUrl, botToken, signingSecret: signing }],
    [
      'a socket rather than HTTP',
      { ...one, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signing },
      { mode: 'socket', apiUrl, botToken, appToken },
    ],
    ['many workspaces', many, oauth],
    ['many workspaces rather than one', { ...many, ...one, SLACK_APP_TOKEN: appToken }, oauth],
    ['many workspaces, the key in hex', { ...many, COUNTERSIGN_SECRET_KEY: secretKey.toString('hex') }, oauth],
    [
      'another Slack',
      { ...one, SLACK_APP_TOKEN: appToken, SLACK_API_URL: 'http://127.0.0.1:1/api/' },
      { mode: 'socket', apiUrl: 'http://127.0.0.1:1/api/', botToken, appToken },
    ],
  ])('%s', (_, environment, expected) => {
    expect(slackIn(environment)).toEqual(expected)
  })

  const forMany = /^Slack for many workspaces needs SLACK_CLIENT_ID, .* all four\.$/
  const forOne = /^Slack for one workspace needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET .*\.$/
  /** Everything for many workspaces but these. */
  const without = (...missing: string[]): Record<string, string> =>
    Object.fromEntries(Object.entries(many).filter(([name]) => !missing.includes(name)))

  test.each<[string, Record<string, string>, RegExp]>([
    ['a bot token alone', one, forOne],
    ['an app token alone', { SLACK_APP_TOKEN: appToken }, forOne],
    ['a signing secret alone', { SLACK_SIGNING_SECRET: signing }, forOne],
    ['no bot token', { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signing }, forOne],
    ['neither client id nor secret', without('SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'), forOne],
    ['no client id', without('SLACK_CLIENT_ID'), forMany],
    ['no client secret', without('SLACK_CLIENT_SECRET'), forMany],
    ['no signing secret', without('SLACK_SIGNING_SECRET'), forMany],
    ['no key', without('COUNTERSIGN_SECRET_KEY'), forMany],
    ['no key, beside all that one workspace needs', { ...without('COUNTERSIGN_SECRET_KEY'), ...one }, forMany],
    ['a client id alone', { SLACK_CLIENT_ID: '1.2' }, forMany],
    [
      'a key that is too short',
      { ...many, COUNTERSIGN_SECRET_KEY: 'short' },
      /^COUNTERSIGN_SECRET_KEY has to be 32 bytes .*openssl rand -base64 32$/,
    ],
    ['a token of a person', { ...one, SLACK_BOT_TOKEN: 'xoxp-1' }, /^SLACK_BOT_TOKEN has to begin with xoxb-\.$/],
    ['a bot token as the app’s', { ...one, SLACK_APP_TOKEN: botToken }, /^SLACK_APP_TOKEN has to begin with xapp-\.$/],
    [
      'a signing secret cut off',
      { ...one, SLACK_SIGNING_SECRET: 'abc' },
      /^SLACK_SIGNING_SECRET is too short to be a signing secret\.$/,
    ],
    [
      'an address that is none',
      { ...one, SLACK_API_URL: 'slack' },
      /^SLACK_API_URL has to be an address that ends in \/api\/\.$/,
    ],
    [
      'an address of something else',
      { ...one, SLACK_API_URL: 'https://slack.com/' },
      /^SLACK_API_URL has to be an address that ends in \/api\/\.$/,
    ],
  ])('%s is told in one line', (_, environment, line) => {
    const told = thrownBy(() => slackIn(environment))
    expect(told).toMatchObject({ name: 'Instruction', message: expect.stringMatching(line) })
    expect((told as Error).message).not.toContain('\n')
    for (const secret of [botToken, appToken, signing, key]) expect((told as Error).message).not.toContain(secret)
  })

  test('several that are wrong are told at once, a line each', () => {
    const told = thrownBy(() => slackIn({ SLACK_BOT_TOKEN: 'a', SLACK_APP_TOKEN: 'b' })) as Error
    expect(told.message.split('\n')).toHaveLength(2)
  })
})

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
