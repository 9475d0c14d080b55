// The application connected to the Slack of `emulate`. That one keeps messages, files and views as the Web API leaves
// them, but has no people: who writes and clicks here is a bridge that signs their requests as Slack would.
import { createEmulator } from 'emulate'
import type { Values } from '../../../src/conversation/card.ts'
import { scopes } from '../../../src/slack/scopes.ts'
import type { Driver } from '../driver.ts'
import { findButton, reads } from './chat-methods.ts'
import { type Beside, type Connected, connectTo } from './connected.ts'
import { httpOutlet } from './deliver.ts'
import { type Refused, type Screen, startRelay } from './emulated-relay.ts'
import type { FakeSlack } from './fake-slack.ts'
import { emptyRequired, fillIn, findInput, stateOf } from './inputs.ts'
import { readText } from './read-text.ts'
import type { Json, SlackBlock } from './wire.ts'
import { appId, bot } from './world.ts'

/** The emulator's only team. */
const team = 'T000000001'

interface Message {
  ts: string
  user: string
  text: string
  blocks?: SlackBlock[]
}

export interface Emulated extends Driver {
  on: Connected
  openHome(handle: string): Promise<void>
  /** The conversation with the bot as the emulator keeps it, oldest first. */
  messages(handle: string): Promise<Message[]>
  home(handle: string): Screen | undefined
  /** Any method of the emulator's Web API, as the bot. */
  call(method: string, body: Json): Promise<Json>
  /** What the emulator refused of the bot. */
  refused: Refused[]
  close(): Promise<void>
}

/**
 * @param people their names, by handle; an administrator becomes the first security lead
 * @param beside another platform that the same process serves
 */
export async function emulatedSlack(
  people: Record<string, { name: string; is_admin?: boolean }>,
  beside?: Beside,
): Promise<Emulated> {
  const users = Object.entries(people).map(([name, { name: real_name, ...more }]) => ({ name, real_name, ...more }))
  const app = { app_id: appId, client_id: bot.clientId, client_secret: bot.clientSecret, name: 'Countersign' }
  const asBot = { user_id: bot.userId, bot_id: bot.botId, bot_user_id: bot.userId, app_id: appId, scopes }
  const seed = {
    users,
    // The bot may do what it asks for when it is installed, and no more.
    strict_scopes: true,
    oauth_apps: [{ ...app, redirect_uris: [], bot_id: bot.botId, bot_user_id: bot.userId, bot_name: 'countersign' }],
    tokens: [
      { token: bot.token, type: 'bot', ...asBot },
      ...users.map(({ name }) => ({ token: `xoxp-${name}`, user: name, app_id: appId, type: 'user' })),
    ],
  }
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seed } })
  const relay = await startRelay(emulator.url.replace('localhost', '127.0.0.1'))
  const call = async (method: string, body: Json, token: string = bot.token): Promise<Json> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(`${relay.url}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const answer = (await response.json()) as Json
    if (answer.ok !== true) throw new Error(`the emulator refuses ${method}: ${answer.error}`)
    return answer
  }
  let address = ''
  const deliver = httpOutlet(() => address)
  const botAt = (url: string) => {
    address = url
  }
  const on = await connectTo({ apiUrl: `${relay.url}/api/`, team, bot, botAt } as FakeSlack, 'http', undefined, beside)
  const { members } = (await call('users.list', {})) as { members: { id: string; name: string }[] }
  const userOf = (handle: string): string => members.find(({ name }) => name === handle)?.id ?? ''
  const dmOf = async (user: string): Promise<string> => {
    return ((await call('conversations.open', { users: user })).channel as { id: string }).id
  }

  const sendEvent = async (event: Json): Promise<void> => {
    const envelope = {
      type: 'event_callback',
      team_id: team,
      api_app_id: appId,
      event_id: `Ev${event.event_ts}`,
      event,
    }
    const { status } = await deliver('events_api', { ...envelope, event_time: Math.floor(Date.now() / 1000) })
    if (status !== 200) throw new Error(`the bot did not take the event: ${status}`)
    await on.settled()
  }
  /** Sends a click or a form, with a trigger that opens a modal for this person. */
  const interact = async (user: string, payload: Json, view_id?: string): Promise<Json> => {
    const trigger = (await call('views.generateTriggerId', { user_id: user, view_id })).trigger_id as string
    relay.triggers.set(trigger, user)
    const who = { user: { id: user, team_id: team }, team: { id: team }, api_app_id: appId, trigger_id: trigger }
    const { status, body } = await deliver('interactive', { ...who, ...payload })
    if (status !== 200) throw new Error(`the bot did not take the ${payload.type}: ${status}`)
    await on.settled()
    return (body || {}) as Json
  }
  const act = (user: string, action: Json, place: Json, view?: Screen): Promise<Json> =>
    interact(user, { type: 'block_actions', actions: [action], ...place }, view?.id)

  const screenOf = (user: string): Screen | undefined => relay.screens.get(user)?.at(-1)

  /** Fills in a modal; a choice that other fields depend on is told to the bot at once. */
  const fill = async (user: string, values: Values): Promise<Screen> => {
    for (const [name, value] of Object.entries(values)) {
      const view = screenOf(user) as Screen
      view.state.values = fillIn(view.blocks, view.state.values, { [name]: value })
      const { block, element } = findInput(view.blocks, name)
      const held = view.state.values[block.block_id]?.[element.action_id]
      const action = { block_id: block.block_id, action_id: element.action_id, ...held }
      if (block.dispatch_action) await act(user, action, { view }, view)
    }
    return screenOf(user) as Screen
  }
  const submit = async (user: string, view: Screen): Promise<void> => {
    const empty = emptyRequired(view.blocks, view.state.values)
    if (empty.length > 0) throw new Error(`these are to be filled in first: ${empty.join(', ')}`)
    const answer = await interact(user, { type: 'view_submission', view }, view.id)
    // What Slack does with the answer to a form, the emulator does when asked to.
    if (answer.response_action === 'update') await call('views.update', { view_id: view.id, view: answer.view })
    else if (answer.response_action === 'clear') relay.screens.set(user, [])
    else throw new Error(`the bot did not take the form: ${JSON.stringify(answer)}`)
  }
  const messages = async (handle: string): Promise<Message[]> => {
    const channel = await dmOf(userOf(handle))
    return ((await call('conversations.history', { channel, limit: 100 })).messages as Message[]).reverse()
  }

  return {
    ...{ on, messages, refused: relay.refused, call },
    home: (handle) => relay.homes.get(userOf(handle)),
    leave: async (handle) => void relay.screens.delete(userOf(handle)),
    openHome: async (handle) => {
      const user = userOf(handle)
      const event_ts = String(Date.now() / 1000)
      await sendEvent({ type: 'app_home_opened', user, channel: await dmOf(user), tab: 'home', event_ts })
    },
    async say(handle, text) {
      const user = userOf(handle)
      const channel = await dmOf(user)
      const { ts } = await call('chat.postMessage', { channel, text }, `xoxp-${handle}`)
      await sendEvent({ type: 'message', channel_type: 'im', channel, user, text, ts, event_ts: ts })
    },
    async press(handle, label, values = {}) {
      const user = userOf(handle)
      const open = screenOf(user)
      if (open?.submit && reads(open.submit.text, label)) return await submit(user, await fill(user, values))
      const message = (await messages(handle)).findLast(({ blocks = [] }) => findButton(blocks, label))
      const { blocks = [], ts } = message ?? {}
      const found = findButton(blocks, label)
      if (!found) throw new Error(`${handle} sees no button ${label}`)
      const channel = await dmOf(user)
      const place = {
        container: { type: 'message', message_ts: ts, channel_id: channel },
        channel: { id: channel },
        message: { type: 'message', ...message },
        state: { values: fillIn(blocks, stateOf(blocks), values) },
      }
      await act(user, { ...found.element, block_id: found.block.block_id }, place)
    },
    async sees(handle) {
      const screen = screenOf(userOf(handle))
      const said = (await messages(handle)).map(({ blocks = [], text }) => readText(blocks.length > 0 ? blocks : text))
      return [...said, readText([screen?.title, screen?.blocks])].join('\n\n')
    },
    async close() {
      await on.close()
      await relay.close()
      await emulator.close()
    },
  }
}
