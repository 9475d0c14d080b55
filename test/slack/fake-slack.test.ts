// The fake Slack against the real Bolt and WebClient: it plays Slack well, and refuses what Slack refuses.

import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type BlockAction,
  App as BoltApp,
  ExpressReceiver,
  LogLevel,
  type Receiver,
  SocketModeReceiver,
  type types,
  webApi,
} from '@slack/bolt'
import { type FakeSlack, fakeSlack, signedHeaders } from '../support/slack/fake-slack.ts'
import { slackConversation } from '../support/slack/slack-conversation.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Refusals are what is tested here; nobody reads about them. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
}

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text })
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } })
const option = (value: string) => ({ value, text: plain(value) })

/** A form whose reason is asked for once somebody says no. */
function form(decision?: string): types.ModalView {
  const options = ['yes', 'no'].map(option)
  const reason: types.KnownBlock = {
    type: 'input',
    block_id: 'reason',
    label: plain('Reason'),
    element: { type: 'plain_text_input', action_id: 'value' },
  }
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata: 'kept',
    title: plain('Decide'),
    submit: plain('Record'),
    blocks: [
      {
        type: 'input',
        block_id: 'decision',
        dispatch_action: true,
        label: plain('Decision'),
        element: { type: 'radio_buttons', action_id: 'choose', options },
      },
      {
        type: 'input',
        block_id: 'note',
        optional: true,
        label: plain('Note'),
        element: { type: 'plain_text_input', action_id: 'value' },
      },
      ...(decision === 'no' ? [reason] : []),
    ],
  }
}

/** A bot with one command, one button and one form. */
function tinyBot(bolt: BoltApp): void {
  const blocks = [
    section('*Threat T1* of <https://example.test|a feature>'),
    {
      type: 'actions' as const,
      elements: [{ type: 'button' as const, action_id: 'b', text: plain('Decide'), value: 'T1' }],
    },
  ]
  bolt.message(async ({ message, client }) => {
    await client.chat.postMessage({ channel: message.channel, text: 'A threat', blocks })
  })
  bolt.event('app_mention', async ({ event, say }) => {
    await say({ text: 'Here I am', thread_ts: event.ts })
  })
  bolt.command('/countersign', async ({ ack, command, client, respond }) => {
    if (command.text === 'at once') return await ack('At once')
    await ack()
    if (command.text === 'open') await client.views.open({ trigger_id: command.trigger_id, view: form() })
    else await respond({ response_type: 'ephemeral', text: `You said ${command.text}` })
  })
  bolt.action<BlockAction>('b', async ({ ack, body, client }) => {
    await ack()
    await client.views.open({ trigger_id: body.trigger_id, view: form() })
  })
  bolt.action<BlockAction>('choose', async ({ ack, body, client }) => {
    await ack()
    const { id = '', hash, state } = body.view ?? {}
    const decision = state?.values.decision?.choose?.selected_option?.value
    await client.views.update({ view_id: id, hash: hash ?? '', view: form(decision) })
  })
  bolt.view('form', async ({ ack, view, body, client }) => {
    const { decision, reason, note } = view.state.values
    if (reason?.value?.value === 'none') return await ack({ response_action: 'errors', errors: { reason: 'Say more' } })
    await ack()
    const text = [decision?.choose?.selected_option?.value, reason?.value?.value, note?.value?.value].join('/')
    await client.chat.postMessage({ channel: body.user.id, text, blocks: [section(text)] })
  })
}

async function startFake(): Promise<FakeSlack> {
  const fake = await fakeSlack()
  closing.push(fake.close)
  fake.addUser('U1', { real_name: 'Paula' })
  fake.addUser('U2')
  fake.addChannel('C1', { members: ['U1'] })
  return fake
}

async function startBolt(fake: FakeSlack, receiver: Receiver): Promise<void> {
  const bolt = new BoltApp({
    receiver,
    token: fake.bot.token,
    logger: silent,
    clientOptions: { slackApiUrl: fake.apiUrl },
  })
  tinyBot(bolt)
  await bolt.start(0)
  closing.push(() => bolt.stop())
}

async function overHttp(): Promise<FakeSlack> {
  const fake = await startFake()
  const receiver = new ExpressReceiver({ signingSecret: fake.bot.signingSecret, logger: silent })
  const server = receiver.app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.on('listening', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  fake.botAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
  await startBolt(fake, { init: (app) => receiver.init(app), start: async () => {}, stop: async () => {} })
  return fake
}

async function overSocket(): Promise<FakeSlack> {
  const fake = await startFake()
  const clientOptions = { slackApiUrl: fake.apiUrl }
  const { appToken } = fake.bot
  await startBolt(
    fake,
    new SocketModeReceiver({ appToken, clientPingTimeout: 300, logger: silent, installerOptions: { clientOptions } }),
  )
  fake.useSocket()
  return fake
}

function clientOf(fake: FakeSlack, more: webApi.WebClientOptions = {}, token = fake.bot.token): webApi.WebClient {
  return new webApi.WebClient(token, { slackApiUrl: fake.apiUrl, logger: silent, ...more })
}

describe.each([
  ['HTTP', overHttp],
  ['a socket', overSocket],
])('people reach the bot through %s', (_, start) => {
  test('a conversation: words, a button, a form that grows, an error, a submission', async () => {
    const fake = await start()
    const driver = slackConversation(fake, { paula: 'U1' })
    await driver.say('paula', 'a threat, please')
    expect(await driver.sees('paula')).toContain('Threat T1 of a feature\n[Decide]')
    await driver.press('paula', 'Decide')
    await driver.press('paula', 'Record', { reason: 'none', note: 'typed before', decision: 'no' })
    expect(await driver.sees('paula')).toContain('Say more')
    expect(fake.view('U1')?.errors).toEqual({ reason: 'Say more' })
    await driver.press('paula', 'Record', { reason: 'too dear' })
    expect(fake.view('U1')).toBeUndefined()
    expect(await driver.sees('paula')).toContain('no/too dear/typed before')
    expect(fake.refused).toEqual([])
  })

  test('commands: by ack, by response URL, by modal', async () => {
    const fake = await start()
    const paula = fake.as('U1')
    await paula.slash('at once', 'C1')
    expect((await paula.slash('hello', 'C1')).status).toBe(200)
    await fake.quiet()
    expect(fake.ephemerals('C1', 'U1').map(({ text }) => text)).toEqual(['At once', 'You said hello'])
    await paula.slash('open')
    await fake.quiet()
    await expect(paula.submit()).rejects.toThrow('Decision')
    expect(fake.view('U1')).toMatchObject({ callback_id: 'form', private_metadata: 'kept' })
  })

  test('a mention in a channel is answered in its thread', async () => {
    const fake = await start()
    const { ts, status } = await fake.as('U1').say('C1', `<@${fake.bot.userId}> hello`)
    await fake.quiet()
    expect(status).toBe(200)
    expect(fake.messages('C1').filter(({ thread_ts }) => thread_ts === ts)).toHaveLength(1)
  })
})

test('a socket that has to come again is answered on the new one', async () => {
  const fake = await overSocket()
  fake.refreshSockets()
  for (let status = 0; status === 0; ) status = (await fake.as('U1').say('DM', 'still there?')).status
  await fake.quiet()
  expect(fake.messages('U1').filter(({ text }) => text === 'A threat')).toHaveLength(1)
}, 20_000)

test('Bolt refuses a signature that is wrong or old', async () => {
  const fake = await overHttp()
  const body = JSON.stringify({ type: 'event_callback', team_id: fake.team, event: { type: 'app_mention' } })
  const send = async (headers: Record<string, string>) =>
    (
      await fetch(fake.listensAt(), {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
    ).status
  const { signingSecret } = fake.bot
  expect(await send(signedHeaders('another secret', body))).toBe(401)
  expect(await send(signedHeaders(signingSecret, body, Date.now() - 6 * 60_000))).toBe(401)
  expect(await send(signedHeaders(signingSecret, body))).toBe(200)
})

describe('messages', () => {
  test('without text, with too many blocks, or with the same block id twice are refused', async () => {
    const fake = await startFake()
    const client = clientOf(fake)
    const post = (more: object) => client.chat.postMessage({ channel: 'U1', text: 'words', ...more } as never)
    await expect(post({ text: '', blocks: [section('a')] })).rejects.toThrow('no_text')
    await expect(post({ blocks: Array.from({ length: 51 }, () => section('a')) })).rejects.toThrow('invalid_blocks')
    const twice = { ...section('a'), block_id: 'x' }
    await expect(post({ blocks: [twice, twice] })).rejects.toThrow('invalid_blocks')
    expect(fake.refused).toHaveLength(3)
    expect(fake.messages('U1')).toEqual([])
  })

  test('go only where the bot is', async () => {
    const fake = await startFake()
    fake.addChannel('C2', { botIsMember: false })
    fake.addChannel('C3', { archived: true })
    fake.addChannel('C4', { private: true, botIsMember: false })
    const post = (channel: string) => clientOf(fake).chat.postMessage({ channel, text: 'words' })
    await expect(post('C2')).rejects.toThrow('not_in_channel')
    await expect(post('C3')).rejects.toThrow('is_archived')
    await expect(post('C4')).rejects.toThrow('channel_not_found')
    await expect(post('C9')).rejects.toThrow('channel_not_found')
    expect((await post('U1')).channel).toBe('DU1')
    expect(fake.refused).toEqual([])
  })

  test('keep their blocks when an update sends none, and are gone once deleted', async () => {
    const fake = await startFake()
    const { chat, conversations } = clientOf(fake)
    const metadata = { event_type: 'card', event_payload: { key: 'k1' } }
    const { ts = '' } = await chat.postMessage({ channel: 'C1', text: 'a', blocks: [section('a')], metadata })
    await chat.update({ channel: 'C1', ts, text: 'b' })
    expect(fake.messages('C1')).toMatchObject([{ text: 'b', blocks: [section('a')] }])
    const history = await conversations.history({ channel: 'C1', include_all_metadata: true })
    expect(history.messages).toMatchObject([{ ts, metadata, bot_id: fake.bot.botId }])
    await chat.delete({ channel: 'C1', ts })
    await expect(chat.update({ channel: 'C1', ts, text: 'c' })).rejects.toThrow('message_not_found')
    const { message_ts = '' } = await chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'psst' })
    await expect(chat.update({ channel: 'C1', ts: message_ts, text: 'c' })).rejects.toThrow('message_not_found')
  })
})

describe('triggers and views', () => {
  /** A command nobody answers, for the trigger it brings. */
  const triggers = async (fake: FakeSlack): Promise<string[]> => {
    const seen: string[] = []
    const receiver = new ExpressReceiver({ signingSecret: fake.bot.signingSecret, logger: silent })
    const server = receiver.app.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.on('listening', resolve))
    closing.push(() => new Promise((resolve) => server.close(resolve)))
    fake.botAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
    const bolt = new BoltApp({
      receiver,
      token: fake.bot.token,
      logger: silent,
      clientOptions: { slackApiUrl: fake.apiUrl },
    })
    bolt.command('/countersign', async ({ ack, command }) => {
      seen.push(command.trigger_id)
      await ack()
    })
    await fake.as('U1').slash('one')
    await fake.as('U1').slash('two')
    return seen
  }

  test('a trigger opens one modal, and that within three seconds', async () => {
    const fake = await startFake()
    const [one = '', two = ''] = await triggers(fake)
    const { views } = clientOf(fake)
    await views.open({ trigger_id: one, view: form() })
    await expect(views.open({ trigger_id: one, view: form() })).rejects.toThrow('trigger_exchanged')
    fake.skip(3001)
    await expect(views.open({ trigger_id: two, view: form() })).rejects.toThrow('expired_trigger_id')
    await expect(views.open({ trigger_id: 'made up', view: form() })).rejects.toThrow('invalid_trigger_id')
    expect(fake.refused).toEqual([])
  })

  test('an update keeps what was typed where the ids stay, and refuses an old hash', async () => {
    const fake = await startFake()
    const [trigger_id = '', another = ''] = await triggers(fake)
    const { views } = clientOf(fake)
    const { view } = await views.open({ trigger_id, view: form() })
    const { id: view_id = '', hash = '' } = view ?? {}
    fake.as('U1').fill({ note: 'typed', decision: 'no' })
    await views.update({ view_id, hash, view: form('no') })
    const state = fake.view('U1')?.state.values
    expect(state).toMatchObject({ note: { value: { value: 'typed' } }, reason: { value: { value: null } } })
    await expect(views.update({ view_id, hash, view: form() })).rejects.toThrow('hash_conflict')
    await views.push({ trigger_id: another, view: { ...form(), title: plain('On top') } })
    expect(fake.view('U1')).toMatchObject({ title: plain('On top'), previous_view_id: view_id, root_view_id: view_id })
    await fake.as('U1').closeView()
    expect(fake.view('U1')).toMatchObject({ title: plain('Decide'), state: { values: state } })
    await expect(views.open({ trigger_id, view: { ...form(), title: plain('x'.repeat(25)) } })).rejects.toThrow(
      'invalid_arguments',
    )
  })

  test('a response URL works five times', async () => {
    const fake = await overHttp()
    await fake.as('U1').slash('hello', 'C1')
    await fake.quiet()
    const answer = async () =>
      (
        await fetch(fake.responseUrls().at(-1) ?? '', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text: 'again' }),
        })
      ).status
    expect([await answer(), await answer(), await answer(), await answer(), await answer()]).toEqual([
      200, 200, 200, 200, 404,
    ])
    expect(fake.ephemerals('C1', 'U1')).toHaveLength(5)
  })
})

describe('failures', () => {
  test('WebClient waits as long as a 429 says, and tries again', async () => {
    const fake = await startFake()
    fake.failNext('chat.postMessage', { status429: 1 })
    await clientOf(fake).chat.postMessage({ channel: 'U1', text: 'words' })
    const [first, second] = fake.calls
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950)
    expect(fake.messages('U1')).toHaveLength(1)
  })

  test('a connection is cut before or after the call took effect', async () => {
    const fake = await startFake()
    const { chat } = clientOf(fake, { retryConfig: { retries: 0 } })
    fake.failNext('chat.postMessage', { cut: 'before' })
    fake.failNext('chat.postMessage', { cut: 'after' })
    await expect(chat.postMessage({ channel: 'U1', text: 'never' })).rejects.toThrow()
    await expect(chat.postMessage({ channel: 'U1', text: 'there' })).rejects.toThrow()
    expect(fake.messages('U1').map(({ text }) => text)).toEqual(['there'])
  })

  test('tokens and methods are checked', async () => {
    const fake = await startFake()
    await expect(clientOf(fake, {}, 'xoxb-wrong').auth.test()).rejects.toThrow('invalid_auth')
    await expect(clientOf(fake).apiCall('chat.shout')).rejects.toThrow('unknown_method')
    await clientOf(fake).auth.revoke()
    await expect(clientOf(fake).auth.test()).rejects.toThrow('token_revoked')
    const { clientId: client_id, clientSecret: client_secret } = fake.bot
    const code = fake.consent()
    expect(await clientOf(fake).oauth.v2.access({ client_id, client_secret, code })).toMatchObject({
      team: { id: fake.team },
    })
    expect(fake.refused.map(({ method }) => method)).toEqual(['chat.shout'])
  })

  test('a file is there once its upload is complete', async () => {
    const fake = await startFake()
    const client = clientOf(fake)
    const file = Buffer.from('a picture')
    await client.filesUploadV2({ file, filename: 'a.png', title: 'A', channel_id: 'C1' })
    const [[id, stored] = []] = fake.files
    expect(stored).toMatchObject({ bytes: file, title: 'A' })
    const picture = (of: string) => [{ type: 'image' as const, alt_text: 'a', slack_file: { id: of } }]
    await client.chat.postMessage({ channel: 'C1', text: 'a', blocks: picture(id ?? '') })
    await expect(client.chat.postMessage({ channel: 'C1', text: 'a', blocks: picture('F0') })).rejects.toThrow(
      'invalid_blocks',
    )
  })
})
