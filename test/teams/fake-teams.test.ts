// The fake Teams against a tiny bot and the real SDK: it plays Teams well, and refuses what Teams refuses.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import express from 'express'
import { type Card, type FakeTeams, fakeTeams, oidOf } from '../support/teams/fake-teams.ts'
import { teamsConversation } from '../support/teams/teams-conversation.ts'

type Json = Record<string, unknown>
type Told = Json & {
  type: string
  id: string
  name?: string
  value?: Json
  text?: string
  conversation: { id: string }
}

const cardType = 'application/vnd.microsoft.card.adaptive'
const closing: (() => Promise<unknown>)[] = []
let fake: FakeTeams
/** What the tiny bot was told, and how it answers an invoke. */
let told: Told[]
let answer: (invoke: Told) => unknown

beforeEach(async () => {
  told = []
  answer = () => shows(card([words('answered')]))
  fake = await fakeTeams()
  closing.push(fake.close)
  fake.botAt(await tinyBot())
  for (const handle of ['paula', 'sam']) fake.addPerson(handle)
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function tinyBot(): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const activity = JSON.parse(Buffer.concat(chunks).toString()) as Told
    told.push(activity)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(activity.type === 'invoke' ? JSON.stringify(answer(activity)) : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`
}

const words = (text: string): Card => ({ type: 'TextBlock', text, wrap: true })
const button = (title: string, data: Json = {}, more: Json = {}): Card => ({
  ...{ type: 'Action.Execute', title, verb: 'press', data, fallback: { type: 'Action.Submit', title, data } },
  ...more,
})
const actions = (...all: Card[]): Card => ({ type: 'ActionSet', actions: all })
const card = (body: Card[], more: Json = {}): Card => ({
  ...{ type: 'AdaptiveCard', version: '1.5', fallbackText: 'A card', body },
  ...more,
})
const message = (content: unknown, more: Json = {}): Json => ({
  ...{ type: 'message', summary: 'A card', attachments: [{ contentType: cardType, content }] },
  ...more,
})
const shows = (value: Card): Json => ({ statusCode: 200, type: cardType, value })

interface Got {
  status: number
  body: { id: string; error?: { code: string; message: string } }
  headers: Headers
}

async function call(method: string, path: string, body?: unknown, token = fake.bot.token): Promise<Got> {
  const response = await fetch(`${fake.serviceUrl}v3/conversations${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : undefined, headers: response.headers }
}

const post = (chat: string, body: unknown) => call('POST', `/${encodeURIComponent(chat)}/activities`, body)
const edit = (chat: string, id: string, body: unknown) =>
  call('PUT', `/${encodeURIComponent(chat)}/activities/${id}`, body)
const begin = (member: string, more: Json = {}) =>
  call('POST', '', { ...{ isGroup: false, members: [{ id: member }], tenantId: fake.tenant }, ...more })

/** What is wrong with a card, by posting it. */
async function problemsOf(content: unknown, more: Json = {}): Promise<string> {
  const { status, body } = await post('a:paula', message(content, more))
  expect([201, 400]).toContain(status)
  return body.error?.message ?? ''
}

describe('the connector', () => {
  test('a call without the right token is nobody’s', async () => {
    const path = '/a%3Apaula/activities'
    expect((await call('POST', path, message(card([])), 'another')).status).toBe(401)
    expect(fake.calls).toMatchObject([{ kind: 'create', status: 401, conversation: 'a:paula' }])
    expect(fake.messages('paula')).toEqual([])
  })

  test('a conversation begins with an MRI or an object id, and only with whoever has the app', async () => {
    fake.addPerson('milan', { installed: false })
    expect((await begin(oidOf('paula'))).body).toEqual({ id: 'a:paula' })
    expect((await begin(`29:${oidOf('paula')}`, { channelData: { tenant: { id: fake.tenant } } })).status).toBe(200)
    const { status, body } = await begin(oidOf('milan'))
    expect([status, body.error?.code]).toEqual([403, 'BotNotInConversationRoster'])
    expect([(await begin(oidOf('nobody'))).status, (await begin('29:nobody')).status]).toEqual([404, 400])
    expect(fake.refused).toEqual([])
    expect((await begin(oidOf('paula'), { tenantId: 'another' })).body.error?.code).toBe('BadSyntax')
  })

  test('messages are sent, edited and deleted, and nothing lists them', async () => {
    const { status, body } = await post('a:paula', message(card([words('one')])))
    expect(status).toBe(201)
    expect((await edit('a:paula', body.id, message(card([words('two')])))).status).toBe(200)
    expect(JSON.stringify(fake.messages('paula'))).toMatch(/two/)
    expect((await edit('a:sam', body.id, message(card([])))).status).toBe(404)
    expect((await call('DELETE', `/a%3Apaula/activities/${body.id}`)).status).toBe(200)
    expect((await edit('a:paula', body.id, message(card([])))).body.error?.code).toBe('ActivityNotFoundInConversation')
    expect((await post('a:nobody', message(card([])))).body.error?.code).toBe('ConversationNotFound')
    expect((await call('GET', '/a%3Apaula/activities')).status).toBe(404)
    expect(fake.refused).toHaveLength(1)
  })

  test('once the app is removed, nothing reaches that conversation', async () => {
    const { body } = await post('a:paula', message(card([])))
    await fake.as('paula').uninstall()
    expect(told.at(-1)).toMatchObject({ type: 'installationUpdate', action: 'remove' })
    expect((await post('a:paula', message(card([])))).body.error?.code).toBe('BotNotInConversationRoster')
    expect((await edit('a:paula', body.id, message(card([])))).status).toBe(403)
    await expect(fake.as('paula').say('personal', 'hello')).rejects.toThrow('does not have the app')
    expect(fake.refused).toEqual([])
  })

  test('members are found by either id, and only where they are', async () => {
    const chat = fake.addChat('review', { members: ['paula'] })
    const member = (id: string) => call('GET', `/${encodeURIComponent(chat)}/members/${encodeURIComponent(id)}`)
    const account = { id: `29:${oidOf('paula')}`, aadObjectId: oidOf('paula'), name: 'Paula', userRole: 'user' }
    expect((await member(oidOf('paula'))).body).toMatchObject(account)
    expect((await member(`29:${oidOf('paula')}`)).body).toMatchObject(account)
    expect((await member(oidOf('sam'))).body.error?.code).toBe('MemberNotFoundInConversation')
    expect((await call('GET', `/${encodeURIComponent(chat)}/pagedmembers`)).body).toMatchObject({ members: [account] })
  })

  test('a thread is part of the conversation’s id', async () => {
    const channel = fake.addChannel('security', { members: ['paula'] })
    const { id } = await fake.as('paula').say(channel, 'hello', { mention: true })
    expect(told[0]).toMatchObject({
      ...{ text: '<at>Countersign</at> hello', conversation: { id: `${channel};messageid=${id}` } },
      ...{ channelData: { tenant: { id: fake.tenant }, channel: { id: channel } } },
    })
    await fake.as('paula').say(channel, 'not to the bot')
    expect(told).toHaveLength(1)
    await post(`${channel};messageid=${id}`, message(card([words('in the thread')])))
    await post(channel, message(card([words('a new thread')])))
    const [, , within, apart] = fake.messages(channel)
    expect([within?.thread, apart?.thread]).toEqual([id, apart?.id])
    expect((await post(`${channel};messageid=1`, message(card([])))).status).toBe(404)
  })

  test('a budget is kept for each conversation', async () => {
    fake.budget(true)
    const all = await Promise.all(Array.from({ length: 9 }, () => post('a:paula', message(card([])))))
    const late = all.filter(({ status }) => status === 429)
    expect(late).toHaveLength(2)
    expect(late.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1'])
    expect((await post('a:sam', message(card([])))).status).toBe(201)
    expect(fake.messages('paula')).toHaveLength(7)
    expect(fake.refused).toEqual([])
  })

  test('calls fail before or after they took effect', async () => {
    fake.failNext('create', { status: 502, after: true })
    fake.failNext('create', { status: 503 })
    fake.failNext('create', { status: 429, retryAfter: 3 })
    fake.failNext('create', { cut: 'after' })
    expect((await post('a:paula', message(card([])))).status).toBe(502)
    expect(fake.messages('paula')).toHaveLength(1)
    expect((await post('a:paula', message(card([])))).status).toBe(503)
    expect((await post('a:paula', message(card([])))).headers.get('retry-after')).toBe('3')
    expect(fake.messages('paula')).toHaveLength(1)
    await expect(post('a:paula', message(card([])))).rejects.toThrow('fetch failed')
    expect(fake.messages('paula')).toHaveLength(2)
    expect(fake.calls.map(({ status }) => status)).toEqual([502, 503, 429, 0])
  })
})

describe('what the bot sends', () => {
  test('is said to be fine when it is', async () => {
    const inputs = [
      { type: 'Input.Text', id: 'why', label: 'Why', isRequired: true, errorMessage: 'Say why' },
      { type: 'Input.Toggle', id: 'sure?', title: 'I am sure' },
      { type: 'Input.ChoiceSet', id: 'who@', label: 'Who', choices: [], 'choices.data': { type: 'Data.Query' } },
    ]
    const table = {
      ...{ type: 'Table', firstRowAsHeader: true, columns: [{ width: 1 }] },
      rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [words('a')] }] }],
    }
    const run = { type: 'TextRun', text: '[x](javascript:alert(1)) <at>Sam</at>', weight: 'Bolder' }
    const body = [{ type: 'RichTextBlock', inlines: [run] }, table, ...inputs, actions(button('Sign', { a: 1 }))]
    expect(await problemsOf(card(body, { msteams: { width: 'Full' } }))).toBe('')
    expect((await post('a:paula', { type: 'typing' })).status).toBe(201)
    const picture = { contentType: 'image/png', contentUrl: 'data:image/png;base64,AA==', name: 'The system' }
    expect((await post('a:paula', { type: 'message', summary: 'Two', attachments: [picture] })).status).toBe(201)
  })

  test.each([
    ['no verb', [actions(button('Sign', {}, { verb: '' }))], '/attachments/0/content/body/0/actions/0/verb'],
    ['no fallback', [actions(button('Sign', {}, { fallback: undefined }))], '/body/0/actions/0/fallback'],
    ['a link', [words('see [this](https://evil.example)')], '/body/0/text: a link in Markdown'],
    ['a date to fill in', [words('{{DATE(2026-01-01T00:00:00Z)}}')], '/body/0/text: a date'],
    ['a mention', [words('<at>Sam</at>')], '/body/0/text: a mention'],
    [
      'an address to open',
      [actions({ type: 'Action.OpenUrl', url: 'https://x.example' })],
      'no Action.OpenUrl in a card',
    ],
    ['an unknown property', [{ ...words('a'), wieght: 'Bolder' }], '/body/0/wieght: no property of TextBlock'],
    ['an unknown value', [{ ...words('a'), weight: 'Boldest' }], '/body/0: Invalid value "Boldest"'],
    ['an input without a label', [{ type: 'Input.Text', id: 'a' }], '/body/0/label'],
    ['two buttons alike', [actions(button('Sign'), button('Sign'))], 'a second button “Sign”'],
    ['two inputs alike', ['a', 'b'].map((label) => ({ type: 'Input.Text', id: 'a', label })), 'a second input id “a”'],
    ['too much', [words('é'.repeat(40_000))], '80000 are too many'],
  ])('is refused for %s', async (_, body, problem) => {
    expect(await problemsOf(card(body as Card[]))).toContain(problem)
    expect(fake.refused).toMatchObject([{ where: 'create a:paula' }])
  })

  test('is refused for what surrounds the card', async () => {
    expect(await problemsOf(card([], { fallbackText: '' }))).toContain('/fallbackText: empty')
    expect(await problemsOf(card([], { version: '1.4' }))).toContain('/version')
    expect(await problemsOf(card([]), { summary: '' })).toContain('/summary: empty')
    expect(await problemsOf(card([]), { text: 'beside' })).toContain('/text: beside a card')
    const refresh = (userIds: string[]) => ({ refresh: { action: { type: 'Action.Execute', verb: 'r' }, userIds } })
    expect(await problemsOf(card([], refresh(['paula'])))).toContain('/refresh/userIds/0')
    expect(await problemsOf(card([], refresh(Array.from({ length: 61 }, () => '29:a'))))).toContain('at most 60')
    const { status, body } = await post('a:paula', { type: 'message', text: 'a'.repeat(100_000) })
    expect([status, body.error?.code]).toEqual([413, 'MessageSizeTooBig'])
  })
})

describe('people and their clients', () => {
  test('who presses sees the answer, the others the message, and an edit is for all', async () => {
    const chat = fake.addChat('review', { members: ['paula', 'sam'] })
    const { body } = await post(chat, message(card([words('base'), actions(button('Sign', { of: 'T1' }))])))
    expect(await fake.as('paula').click(body.id, 'Sign')).toMatchObject({ status: 200 })
    const action = { type: 'Action.Execute', title: 'Sign', verb: 'press', data: { of: 'T1' } }
    expect(told[0]).toMatchObject({
      ...{ name: 'adaptiveCard/action', replyToId: body.id },
      value: { action, trigger: 'manual' },
    })
    expect(JSON.stringify(fake.as('paula').sees(chat)[0]?.card)).toMatch(/answered/)
    expect(JSON.stringify(fake.as('sam').sees(chat)[0]?.card)).toMatch(/base/)
    await edit(chat, body.id, message(card([words('edited')])))
    expect(JSON.stringify(fake.as('paula').sees(chat)[0]?.card)).toMatch(/edited/)
  })

  test('a fresh card is asked for once, by whoever is meant and looks', async () => {
    const chat = fake.addChat('review', { members: ['paula', 'sam'] })
    const refresh = {
      action: { type: 'Action.Execute', verb: 'fresh', data: { v: 1 } },
      userIds: [`29:${oidOf('paula')}`],
    }
    const { body } = await post(chat, message(card([words('base')], { refresh })))
    await fake.as('sam').look(chat)
    expect(told).toEqual([])
    answer = () => ({ statusCode: 500 })
    await fake.as('paula').look(chat)
    await fake.as('paula').look(chat)
    expect(told).toMatchObject([{ value: { action: { verb: 'fresh', data: { v: 1 } }, trigger: 'automatic' } }])
    expect(fake.refused.splice(0)).toHaveLength(1)
    answer = () => shows(card([words('for Paula')]))
    await edit(chat, body.id, message(card([words('edited')], { refresh })))
    await fake.quiet()
    expect(JSON.stringify(fake.as('paula').sees(chat))).toMatch(/for Paula/)
    expect(JSON.stringify(fake.as('sam').sees(chat))).not.toMatch(/for Paula/)
    fake.refreshes = false
    await fake.as('paula').reload()
    expect(JSON.stringify(fake.as('paula').sees(chat))).not.toMatch(/for Paula/)
    expect(told).toHaveLength(2)
  })

  test('an answer that says nothing is refused', async () => {
    const { body } = await post('a:paula', message(card([actions(button('Sign'))])))
    answer = () => ({})
    await fake.as('paula').click(body.id, 'Sign')
    answer = () => shows(card([words('[x](y)')]))
    await fake.as('paula').click(body.id, 'Sign')
    expect(fake.refused.map(({ problems }) => problems.join())).toEqual([
      '/statusCode: undefined',
      '/value/body/0/text: a link in Markdown',
    ])
    expect(fake.as('paula').notice()).toMatch(/Unable to reach app/)
    answer = () => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Too late' })
    await fake.as('paula').click(body.id, 'Sign')
    expect(fake.as('paula').notice()).toBe('Too late')
  })

  test('a required input holds a press back, unless the button goes without inputs', async () => {
    const inputs = [
      { type: 'Input.Text', id: 'why', label: 'Why', isRequired: true, errorMessage: 'Say why', regex: '^[a-z]+$' },
      { type: 'Input.Toggle', id: 'sure?', title: 'I am sure' },
      { type: 'Input.ChoiceSet', id: 'of[]', label: 'Of', isMultiSelect: true, choices: ['a', 'b'].map(choice) },
      { type: 'Input.Text', id: 'more', label: 'More' },
    ]
    const buttons = actions(button('Sign', { of: 'T1' }), button('Back', {}, { associatedInputs: 'none' }))
    const { body } = await post('a:paula', message(card([...inputs, buttons])))
    const paula = fake.as('paula')
    expect(await paula.click(body.id, 'Sign')).toMatchObject({ status: 0, blocked: ['why'] })
    expect(await paula.click(body.id, 'Sign', { why: 'NO' })).toMatchObject({ blocked: ['why'] })
    expect(told).toEqual([])
    await paula.click(body.id, 'Sign', { why: 'because', of: ['a', 'b'] })
    expect(told[0]?.value).toMatchObject({
      action: { data: { of: 'T1', why: 'because', 'of[]': 'a,b', 'sure?': 'false' } },
    })
    expect(told[0]?.value?.action).not.toHaveProperty('data.more')
    await expect(paula.click(body.id, 'Sign')).rejects.toThrow('sees no button')
  })

  test('an older client sends the fallback as a message, and a message can be acted on', async () => {
    const { body } = await post('a:paula', message(card([actions(button('Sign', { of: 'T1' }))])))
    await fake.as('paula').submit(body.id, 'Sign')
    expect(told[0]).toMatchObject({ type: 'message', replyToId: body.id, value: { of: 'T1' } })
    expect(told[0]).not.toHaveProperty('text')
    const { id } = await fake.as('paula').say('personal', 'we build a <chatbot>')
    answer = () => ({ task: { type: 'message', value: 'I wrote to you' } })
    expect((await fake.as('paula').messageExtension('start', id)).body).toEqual(answer(told[0] as Told))
    expect(told.at(-1)).toMatchObject({
      ...{ name: 'composeExtension/fetchTask' },
      value: { commandId: 'start', messagePayload: { id, body: { content: '<p>we build a &lt;chatbot&gt;</p>' } } },
    })
    expect(fake.refused).toEqual([])
  })

  test('the driver makes the choices that come first', async () => {
    const chooses = (set: Json, todo: string): Json => ({ cs: { do: todo, set } })
    const form = card([
      words('Decide'),
      actions(
        button('Sign it', chooses({ decision: 'sign' }, 'press')),
        button('No', chooses({ decision: 'no' }, 'choose')),
      ),
    ])
    const reason = { type: 'Input.Text', id: 'reason', label: 'Reason', isRequired: true, errorMessage: 'Say why' }
    const whole = card([reason, actions(button('Record', chooses({ decision: 'no' }, 'press')))])
    const { body } = await post('a:paula', message(form))
    const driver = teamsConversation(fake, () => fake.quiet(10))
    answer = ({ value }) => shows(JSON.stringify(value).includes('choose') ? whole : card([words('done')]))
    await driver.press('paula', 'Record', { decision: 'no', reason: 'too dear' })
    expect(told.at(-1)?.value).toMatchObject({ action: { title: 'Record', data: { reason: 'too dear' } } })
    await edit('a:paula', body.id, message(form))
    await driver.press('paula', 'Record', { decision: 'sign' })
    expect(told.at(-1)?.value).toMatchObject({ action: { title: 'Sign it' } })
    expect(await driver.sees('paula')).toBe('done')
    expect(fake.refused).toEqual([])
  })
})

const choice = (value: string) => ({ value, title: value.toUpperCase() })

describe('the real SDK', () => {
  /** The adapter with its keys and its token at the fake; it answers every message with a card. */
  async function realBot(): Promise<void> {
    const credentials = {
      ...{ isValidAppId: async (id: string) => id === fake.appId, isAuthenticationDisabled: async () => false },
      createCredentials: async () => ({
        async signRequest<T extends { headers: { set(name: string, value: string): void } }>(request: T) {
          request.headers.set('Authorization', `Bearer ${fake.bot.token}`)
          return request
        },
      }),
    } as unknown as ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
    const settings = {
      ...{ ToBotFromChannelOpenIdMetadataUrl: fake.far.openIdMetadataUrl },
      ...{ ToBotFromChannelTokenIssuer: 'https://api.botframework.com', OAuthUrl: 'https://token.botframework.com/' },
    }
    const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings, credentials))
    const app = express()
    app.post('/api/messages', express.json(), (request, response) =>
      adapter.process(request, response, async (context) => {
        await context.sendActivity(message(card([words('from the SDK')])))
      }),
    )
    const server = app.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.on('listening', resolve))
    closing.push(() => new Promise((resolve) => server.close(resolve)))
    fake.botAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`)
  }

  test('takes the fake’s tokens, and answers into the conversation', async () => {
    await realBot()
    expect((await fake.as('paula').say('personal', 'hello')).status).toBe(200)
    const channel = fake.addChannel('security', { members: ['paula'] })
    const { id } = await fake.as('paula').say(channel, 'hello', { mention: true })
    expect(JSON.stringify(fake.as('paula').sees('personal')[1]?.card)).toMatch(/from the SDK/)
    expect(fake.messages(channel)[1]?.thread).toBe(id)
    expect(fake.refused).toEqual([])
  })

  test('takes no other tokens', async () => {
    await realBot()
    const complaints = jest.spyOn(console, 'error').mockImplementation(() => {})
    closing.push(async () => complaints.mockRestore())
    const activity = { type: 'message', channelId: 'msteams', serviceUrl: fake.serviceUrl, text: 'hello' }
    const status = async (token: string) => (await fake.raw(activity, { token })).status
    expect(await status('')).toBe(401)
    expect(await status(fake.token({ audience: 'another' }))).toBe(401)
    expect(await status(fake.token({ serviceUrl: 'https://evil.example/' }))).toBe(401)
    expect(await status(fake.token({ issuer: 'https://evil.example' }))).toBe(401)
    expect(await status(fake.token({ lastsSeconds: -3600 }))).toBe(401)
    expect(await status(fake.token({ kid: 'another' }))).toBe(401)
    expect(fake.calls).toEqual([])
  })
})
