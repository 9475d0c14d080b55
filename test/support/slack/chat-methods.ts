// The Web API's chat methods.
import { contentProblems } from './check-blocks.ts'
import { elementsOf, withIds } from './inputs.ts'
import type { FakeMessage, Json, SlackBlock } from './wire.ts'
import { Refusal } from './wire.ts'
import { appId, bot, need, reachChannel, standing, team, type World } from './world.ts'

export type Method = (world: World, body: Json, token: string) => Json

export const chatMethods: Record<string, Method> = {
  'chat.postMessage'(world, body) {
    need(body, 'channel')
    checkMessage(world, body)
    const channel = reachChannel(world, body.channel, { userAllowed: true })
    if (body.thread_ts && !standing(world, channel).some(({ ts }) => ts === body.thread_ts))
      throw new Refusal('thread_not_found')
    const message = writeMessage(world, channel, body)
    world.messages.push(message)
    return { channel, ts: message.ts, message: wireMessage(message, true) }
  },
  'chat.update'(world, body) {
    need(body, 'channel', 'ts')
    checkMessage(world, body)
    const message = ownMessage(world, body, 'cant_update_message')
    changeMessage(world, message, body)
    return { channel: message.channel, ts: message.ts, text: message.text, message: wireMessage(message, true) }
  },
  'chat.delete'(world, body) {
    need(body, 'channel', 'ts')
    const message = ownMessage(world, body, 'cant_delete_message')
    message.deleted = true
    return { channel: message.channel, ts: message.ts }
  },
  'chat.postEphemeral'(world, body) {
    need(body, 'channel', 'user')
    checkMessage(world, body)
    const channel = reachChannel(world, body.channel)
    const user = String(body.user)
    const sees = channel === `D${user}` || world.channels.get(channel)?.members.has(user)
    if (!sees) throw new Refusal('user_not_in_channel')
    const message = { ...writeMessage(world, channel, body), ephemeralTo: user }
    world.ephemerals.push(message)
    return { message_ts: message.ts }
  },
  'chat.getPermalink'(world, body) {
    need(body, 'channel', 'message_ts')
    const channel = reachChannel(world, body.channel, { reading: true })
    if (!standing(world, channel).some(({ ts }) => ts === body.message_ts)) throw new Refusal('message_not_found')
    const permalink = `https://fake.slack.com/archives/${channel}/p${String(body.message_ts).replace('.', '')}`
    return { channel, permalink }
  },
}

/** Fails on everything Slack would refuse about a message's content, and on a message without its text. */
export function checkMessage(world: World, body: Json): void {
  const problems = [...contentProblems(world, body), ...metadataProblems(body.metadata)]
  if (problems.length === 0) return
  const text = typeof body.text === 'string' ? body.text.trim() : ''
  if (text === '') throw new Refusal('no_text', problems)
  if (problems.some((one) => /too_long/.test(one))) throw new Refusal('msg_blocks_too_long', problems)
  throw new Refusal(
    problems.some((one) => one.startsWith('metadata')) ? 'invalid_metadata_format' : 'invalid_blocks',
    problems,
  )
}

function metadataProblems(metadata: unknown): string[] {
  if (metadata === undefined) return []
  const { event_type, event_payload } = metadata as { event_type?: unknown; event_payload?: unknown }
  const valid = typeof event_type === 'string' && typeof event_payload === 'object'
  return valid ? [] : ['metadata needs event_type and event_payload']
}

export function writeMessage(world: World, channel: string, body: Json): FakeMessage {
  return {
    channel,
    ts: world.ts(),
    ...(body.thread_ts ? { thread_ts: String(body.thread_ts) } : {}),
    user: bot.userId,
    bot_id: bot.botId,
    text: String(body.text ?? ''),
    blocks: withIds((body.blocks ?? []) as SlackBlock[], () => world.id('b')),
    ...(body.metadata ? { metadata: body.metadata as FakeMessage['metadata'] } : {}),
  }
}

/** Blocks or metadata that are not sent stay as they were. */
export function changeMessage(world: World, message: FakeMessage, body: Json): void {
  message.text = String(body.text ?? '')
  if (body.blocks) message.blocks = withIds(body.blocks as SlackBlock[], () => world.id('b'))
  if (body.metadata) message.metadata = body.metadata as FakeMessage['metadata']
  message.edited = { user: bot.userId, ts: world.ts() }
}

/** A message that stands and is the bot's own; an ephemeral one is never found. */
function ownMessage(world: World, { channel: given, ts }: Json, notOwn: string): FakeMessage {
  const channel = reachChannel(world, given)
  const message = standing(world, channel).find((one) => one.ts === ts)
  if (!message) throw new Refusal('message_not_found')
  if (message.user !== bot.userId) throw new Refusal(notOwn)
  return message
}

/** A message as Slack shows it to the bot. */
export function wireMessage(message: FakeMessage, withMetadata: boolean): Json {
  const { channel: _, deleted: __, ephemeralTo: ___, metadata, ...rest } = structuredClone(message)
  const own = message.bot_id ? { app_id: appId } : {}
  return { type: 'message', team, ...own, ...rest, ...(withMetadata && metadata ? { metadata } : {}) }
}

/** The first button that reads so. */
export function findButton(blocks: SlackBlock[], label: string | RegExp) {
  return elementsOf(blocks).find(
    ({ element: { type, text, accessibility_label } }) =>
      type === 'button' && [text?.text, accessibility_label].some((one) => one !== undefined && reads(one, label)),
  )
}

export function reads(text: string, label: string | RegExp): boolean {
  return typeof label === 'string' ? text === label : label.test(text)
}
