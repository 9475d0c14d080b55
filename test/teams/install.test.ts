// Who gets in at Teams' endpoint, and who does not; and the settings that say how Teams is reached.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readConfig } from '../../src/config.ts'
import { jsonLog } from '../../src/log-lines.ts'
import { publicListener } from '../../src/public.ts'
import { connectTeams, type Teams } from '../../src/teams/connect.ts'
import { isServiceUrl } from '../../src/teams/service-url.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Connected, connected } from '../support/teams/connected.ts'
import { oidOf } from '../support/teams/fake-teams.ts'
import type { Activity } from '../support/teams/wire.ts'

describe('the endpoint', () => {
  let on: Connected
  beforeAll(async () => {
    on = await connected()
    on.fake.addPerson('paula')
  })
  afterAll(() => on.close())

  /** A message as Teams sends it. */
  const saying = (text: string, more: Partial<Activity> = {}): Activity => ({
    ...{ type: 'message', id: text, text, channelId: 'msteams', serviceUrl: on.fake.serviceUrl },
    ...{ from: { id: `29:${oidOf('paula')}`, aadObjectId: oidOf('paula') }, recipient: { id: on.fake.bot.id } },
    conversation: { id: 'a:paula', conversationType: 'personal', tenantId: on.fake.tenant },
    channelData: { tenant: { id: on.fake.tenant } },
    ...more,
  })
  const stored = async (): Promise<number> => {
    const [row] = await on.t.app.store.database.run(
      ({ sql }) => sql<{ n: number }[]>`
        select (select count(*) from declog.entry)::int + (select count(*) from countersign.teams_place)::int
          + (select count(*) from countersign.answered_message)::int as n`,
    )
    return row?.n ?? 0
  }
  const post = async (body: string, headers: Record<string, string> = {}): Promise<[number, string]> => {
    const all = { 'content-type': 'application/json', ...headers }
    const response = await fetch(on.fake.listensAt(), { method: 'POST', body, headers: all })
    return [response.status, await response.text()]
  }

  test.each<[string, () => string]>([
    ['no token', () => ''],
    ['a token that is none', () => 'not-a-token'],
    ['a token signed by nobody', () => `${on.fake.token().split('.').slice(0, 2).join('.')}.AAAA`],
    ['a token that ran out', () => on.fake.token({ lastsSeconds: -3600 })],
    ['a token for another bot', () => on.fake.token({ audience: 'b0b00000-0000-4000-8000-000000000000' })],
    ['a token of another issuer', () => on.fake.token({ issuer: 'https://sts.evil.example/' })],
    ['a token of another service', () => on.fake.token({ serviceUrl: 'https://smba.trafficmanager.net/emea/' })],
    ['a token under a key nobody published', () => on.fake.token({ kid: 'made-up' })],
  ])('with %s, nobody gets in, learns anything, or leaves anything', async (_, token) => {
    const before = await stored()
    const { status, body } = await on.fake.raw(saying('help'), { token: token() })
    expect([status, body]).toEqual([401, ''])
    await on.settled()
    expect(await stored()).toBe(before)
    expect(on.fake.calls).toEqual([])
  })

  test.each([
    'https://evil.example/',
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://x@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'not an address',
    '',
  ])('a service at “%s” is not answered, whatever its token says, and nothing is stored', async (serviceUrl) => {
    const before = await stored()
    const token = on.fake.token({ serviceUrl })
    const { status, body } = await on.fake.raw(saying('help', { serviceUrl }), { token })
    expect([status, body]).toEqual([403, ''])
    expect(await stored()).toBe(before)
  })

  test.each([
    'https://smba.trafficmanager.net/emea/',
    'https://europe.webchat.botframework.com/',
    'https://x.botframework.us/',
    'https://api.teams.microsoft.com/',
    'https://gcc.teams.microsoft.us/',
  ])('%s is Microsoft’s', (address) => {
    expect(isServiceUrl(address)).toBe(true)
  })

  test('what is not JSON, too large or nothing at all is refused without a word', async () => {
    expect(await post('{"type":')).toEqual([400, ''])
    expect(await post(JSON.stringify({ text: 'x'.repeat(2_000_000) }))).toEqual([400, ''])
    expect(await post('[]')).toEqual([403, ''])
    expect(await post('type=message', { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([403, ''])
    expect((await fetch(on.fake.listensAt())).status).toBe(404)
  })

  test('another channel than Teams is not listened to', async () => {
    const before = await stored()
    await on.fake.raw(saying('We are building something for another channel', { channelId: 'webchat' }))
    await on.settled()
    expect(await stored()).toBe(before)
    expect(on.fake.calls).toEqual([])
  })

  test('an activity that cannot be read is taken and left, and the log says which fields', async () => {
    const before = await stored()
    const { status } = await on.fake.raw(saying('help', { conversation: { id: 'a/../b' } }))
    expect(status).toBe(200)
    expect(await stored()).toBe(before)
    expect(on.t.logged.at(-1)).toMatchObject({ fields: { fields: ['conversation.id'] } })
  })

  test('a fault of ours tells nothing of our insides', async () => {
    const rename = (from: string, to: string) =>
      on.t.app.store.database.run(({ sql }) => sql.unsafe(`alter table countersign.${from} rename to ${to}`))
    await rename('teams_place', 'gone')
    const { status, body } = await on.fake.raw(saying('', { type: 'installationUpdate', action: 'add' }))
    await rename('gone', 'teams_place')
    expect([status, body]).toEqual([500, ''])
    expect(on.t.logged.some(({ level }) => level === 'error')).toBe(true)
  })

  test('with a good token it hears, and answers', async () => {
    expect((await on.fake.raw(saying('help'))).status).toBe(200)
    await on.settled()
    expect(on.fake.messages('paula').at(-1)?.activity.summary).toMatch(/understood/)
  })

  test('a new version of the app welcomes nobody again', async () => {
    on.fake.addPerson('milan', { installed: false })
    await on.fake.as('milan').install()
    await on.settled()
    const welcomed = on.fake.messages('milan').length
    expect(welcomed).toBeGreaterThan(0)
    const from = { id: `29:${oidOf('milan')}`, aadObjectId: oidOf('milan') }
    const conversation = { id: 'a:milan', conversationType: 'personal', tenantId: on.fake.tenant }
    const upgrade = { type: 'installationUpdate', action: 'add-upgrade', from, conversation }
    expect((await on.fake.raw(saying('', upgrade))).status).toBe(200)
    await on.settled()
    expect(on.fake.messages('milan')).toHaveLength(welcomed)
  })

  test('guests who install it become no lead', async () => {
    on.fake.addPerson('guest', { userRole: 'guest', installed: false })
    await on.fake.as('guest').install()
    await on.settled()
    expect(on.fake.messages('guest')).toEqual([])
  })

  test('the log holds no token and no password', () => {
    const lines: string[] = []
    const log = jsonLog((line) => lines.push(line))
    for (const { level, message, fields } of on.t.logged) log[level as 'info' | 'warn' | 'error'](message, fields)
    expect(lines.length).toBeGreaterThan(8)
    const [header = ''] = on.fake.token().split('.')
    for (const secret of [on.fake.bot.token, header, 'not-a-token']) expect(lines.join('\n')).not.toContain(secret)
  })
})

describe('the local playground', () => {
  let t: TestApp
  let teams: Teams
  let port: number
  let close: () => Promise<void>
  beforeAll(async () => {
    const outside = publicListener()
    t = await testApp((app) => {
      teams = connectTeams(app, { mode: 'playground' }, outside.routes)
      return { teams: teams.surface }
    })
    const listening = await outside.listen(0, '0.0.0.0')
    ;({ port, close } = listening)
  })
  afterAll(async () => {
    await teams.stop()
    await close()
    await t.close()
  })

  const update = {
    ...{ type: 'conversationUpdate', channelId: 'msteams', serviceUrl: 'http://localhost:56150/_connector' },
    ...{ from: { id: 'someone' }, recipient: { id: 'bot' }, conversation: { id: 'personal-chat-id' } },
  }
  const post = (headers: Record<string, string>, { host = '127.0.0.1', activity = update as object } = {}) =>
    new Promise<number>((resolve, reject) => {
      const all = { 'content-type': 'application/json', host: `localhost:${port}`, ...headers }
      const sent = request({ host, port, path: '/api/messages', method: 'POST', headers: all }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      sent.on('error', reject)
      sent.end(JSON.stringify(activity))
    })

  test('lets a program on this machine in, without a token', async () => {
    expect(await post({})).toBe(200)
  })

  test.each<[string, Record<string, string>]>([
    ['a page in a browser', { origin: 'http://localhost:3000' }],
    ['what a tunnel passes on', { 'x-forwarded-for': '203.0.113.7' }],
    ['what a proxy passes on', { forwarded: 'for=203.0.113.7' }],
    ['a name that was bent to this machine', { host: 'evil.example' }],
  ])('keeps %s out', async (_, headers) => {
    expect(await post(headers)).toBe(403)
  })

  test('keeps other machines out', async () => {
    const [own] = Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal),
    )
    // A machine without a network has no others.
    expect(own ? await post({}, { host: own.address }) : 403).toBe(403)
  })

  test('answers nobody but a service on this machine', async () => {
    expect(await post({}, { activity: { ...update, serviceUrl: 'https://smba.trafficmanager.net/' } })).toBe(403)
  })
})

describe('the settings for Teams', () => {
  let directory: string
  const file = (name: string) => join(directory, name)
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-teams-'))
    const make = (key: string, certificate: string) =>
      execFileSync(
        'openssl',
        [
          'req',
          '-x509',
          '-newkey',
          'rsa:2048',
          '-nodes',
          '-days',
          '1',
          '-subj',
          '/CN=test',
          '-keyout',
          key,
          '-out',
          certificate,
        ],
        { stdio: 'ignore' },
      )
    make(file('key'), file('certificate'))
    make(file('other-key'), file('other-certificate'))
    const [key, certificate, other] = ['key', 'certificate', 'other-key'].map((name) =>
      readFileSync(file(name), 'utf8'),
    )
    const encrypted = execFileSync('openssl', ['pkcs8', '-topk8', '-in', file('key'), '-passout', 'pass:x'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await writeFile(file('both.pem'), `${key}${certificate}`)
    await writeFile(file('reversed.pem'), `${certificate}${key}`)
    await writeFile(file('mixed.pem'), `${certificate}${other}`)
    await writeFile(file('locked.pem'), `${certificate}${encrypted}`)
  }, 60_000)
  afterAll(() => rm(directory, { recursive: true }))

  const [appId, tenant] = ['A9900000-0000-4000-8000-0000000000B0', '7e4a0000-0000-4000-8000-00000000c0de']
  const app = { MICROSOFT_APP_ID: appId, MICROSOFT_APP_TENANT_ID: tenant }
  const password = 'a-very-secret-password'
  const teamsIn = (environment: Record<string, string>) => readConfig(environment, '/tmp').teams
  const one = { mode: 'tenant', appId: appId.toLowerCase(), tenant }

  test.each<[string, Record<string, string>, unknown]>([
    ['none', {}, undefined],
    ['none, where all are empty', { MICROSOFT_APP_ID: '', MICROSOFT_APP_PASSWORD: '' }, undefined],
    ['none, where all that can be is off', { TEAMS_LOCAL_PLAYGROUND: 'false' }, undefined],
    ['a password', { ...app, MICROSOFT_APP_PASSWORD: password }, { ...one, secret: { kind: 'password', password } }],
    [
      'a managed identity',
      { ...app, MICROSOFT_APP_MANAGED_IDENTITY: 'true' },
      { ...one, secret: { kind: 'managed_identity' } },
    ],
    ['the playground', { TEAMS_LOCAL_PLAYGROUND: 'true' }, { mode: 'playground' }],
  ])('%s', (_, environment, expected) => {
    expect(teamsIn(environment)).toEqual(expected)
  })

  test.each(['both.pem', 'reversed.pem'])('a certificate with its key, in whatever order: %s', (name) => {
    const printed = execFileSync('openssl', ['x509', '-noout', '-fingerprint', '-sha1', '-in', file('certificate')], {
      encoding: 'utf8',
    })
    const thumbprint = printed.trim().split('=')[1]?.replaceAll(':', '')
    const read = teamsIn({ ...app, MICROSOFT_APP_CERTIFICATE: file(name) })
    expect(read).toMatchObject({ ...one, secret: { kind: 'certificate', thumbprint } })
    expect(read?.mode === 'tenant' && read.secret.kind === 'certificate' && read.secret.privateKey).toBe(
      readFileSync(file('key'), 'utf8').trim(),
    )
  })

  const needs = /^Teams needs MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID, and one of .*\.$/
  test.each<[string, Record<string, string>, RegExp]>([
    ['an id alone', { MICROSOFT_APP_ID: appId }, needs],
    ['a tenant alone', { MICROSOFT_APP_TENANT_ID: tenant }, needs],
    ['a password alone', { MICROSOFT_APP_PASSWORD: password }, needs],
    ['a managed identity alone', { MICROSOFT_APP_MANAGED_IDENTITY: 'true' }, needs],
    ['no secret', app, needs],
    ['no tenant', { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: password }, needs],
    ['no id', { MICROSOFT_APP_TENANT_ID: tenant, MICROSOFT_APP_PASSWORD: password }, needs],
    ['two secrets', { ...app, MICROSOFT_APP_PASSWORD: password, MICROSOFT_APP_MANAGED_IDENTITY: 'true' }, needs],
    ['an id that is none', { ...app, MICROSOFT_APP_ID: 'my-bot' }, /^MICROSOFT_APP_ID has to be the app’s client id/],
    [
      'a tenant by its name',
      { ...app, MICROSOFT_APP_TENANT_ID: 'example.onmicrosoft.com' },
      /^MICROSOFT_APP_TENANT_ID/,
    ],
    ['yes instead of true', { ...app, MICROSOFT_APP_MANAGED_IDENTITY: 'yes' }, /has to be true or false/],
    [
      'the playground beside an app',
      { ...app, MICROSOFT_APP_PASSWORD: password, TEAMS_LOCAL_PLAYGROUND: 'true' },
      /without a token, so it cannot go with MICROSOFT_APP_/,
    ],
    [
      'the playground beside Slack over HTTP',
      { TEAMS_LOCAL_PLAYGROUND: 'true', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'a-signing-secret' },
      /only this machine reaches, and Slack over HTTP/,
    ],
  ])('%s is told in one line', (_, environment, line) => {
    const told = thrownBy(() => teamsIn(environment))
    expect(told).toMatchObject({ name: 'Instruction', message: expect.stringMatching(line) })
    expect((told as Error).message).not.toContain('\n')
    expect((told as Error).message).not.toContain(password)
  })

  test.each<[string, RegExp]>([
    ['nowhere.pem', /cannot be read\.$/],
    ['certificate', /holds no private key in PEM\.$/],
    ['key', /holds no certificate in PEM\.$/],
    ['mixed.pem', /is not that of its certificate\.$/],
    ['locked.pem', /must not be encrypted\.$/],
  ])('a certificate file %s is told what is wrong with it', (name, line) => {
    const told = thrownBy(() => teamsIn({ ...app, MICROSOFT_APP_CERTIFICATE: file(name) }))
    expect(told).toMatchObject({ name: 'Instruction', message: expect.stringMatching(line) })
    expect((told as Error).message).toMatch(/^MICROSOFT_APP_CERTIFICATE: /)
    expect((told as Error).message).not.toContain('PRIVATE KEY-')
  })

  test('the playground goes with Slack over a socket', () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
    expect(teamsIn({ TEAMS_LOCAL_PLAYGROUND: 'true', ...slack })).toEqual({ mode: 'playground' })
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
