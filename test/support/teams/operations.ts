// The Bot Connector's calls: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
import { spend } from './budget.ts'
import { activityProblems } from './check-message.ts'
import type { Activity, FakeChat, FakeMessage, FakePerson, Json, Kind } from './wire.ts'
import { Refusal } from './wire.ts'
import { appId, bot, forgetViews, personBehind, personOf, reachChat, tenant, type World } from './world.ts'

export interface Asked {
  conversation: string
  /** The activity or member that is named in the path. */
  id: string
  /** “members”, “pagedmembers” or “activities”. */
  about: string
  body: Json
  bytes: number
}

export interface Answer {
  status: number
  body?: unknown
  /** For the Retry-After header, in seconds. */
  retryAfter?: number | undefined
  /** A message that now stands there for people to see. */
  shown?: FakeMessage
}

const byteLimit = 100_000

export const operations: Record<Kind, (world: World, asked: Asked) => Answer> = {
  conversation(world, { body }) {
    const { members, isGroup, bot: as, tenantId, channelData } = body
    const inData = ((channelData as Json | undefined)?.tenant as Json | undefined)?.id
    const problems = [
      ...(isGroup ? ['/isGroup: bots begin conversations with one person'] : []),
      ...(as === undefined || [bot.id, appId].includes((as as Json).id as string) ? [] : ['/bot: another bot']),
      ...[tenantId ?? tenant, inData ?? tenant].flatMap((id) => (id === tenant ? [] : [`tenant: ${id}`])),
      ...(tenantId || inData ? [] : ['/tenantId: missing']),
      ...(Array.isArray(members) && members.length === 1 ? [] : ['/members: not one']),
    ]
    if (problems.length > 0) throw new Refusal(400, 'BadSyntax', { problems })
    const [{ id }] = members as [{ id: string }]
    const person = personBehind(world, id)
    if (!person) throw id.startsWith('29:') ? new Refusal(400, 'BadArgument') : new Refusal(404, 'NotFound')
    const { chat } = reachChat(world, `a:${person.handle}`)
    return { status: 200, body: { id: chat.id } }
  },
  create(world, { conversation, id: replyTo, body, bytes }) {
    const { chat, thread } = reachChat(world, conversation)
    const activity = checked(body, bytes)
    if (replyTo && !world.delivered.has(replyTo) && !world.messages.some(({ id }) => id === replyTo))
      throw new Refusal(404, 'ActivityNotFoundInConversation')
    if (thread && !world.messages.some((one) => one.id === thread && one.chat === chat.id))
      throw new Refusal(404, 'ConversationNotFound')
    spend(world, chat.id)
    const id = world.id()
    if (activity.type === 'typing') return { status: 201, body: { id } }
    const inThread = chat.kind === 'channel' ? { thread: thread ?? id } : {}
    const at = new Date().toISOString()
    const message: FakeMessage = { id, at, chat: chat.id, ...inThread, from: 'bot', activity }
    world.messages.push(message)
    return { status: 201, body: { id }, shown: message }
  },
  update(world, { conversation, id, body, bytes }) {
    const message = ownMessage(world, conversation, id)
    const activity = checked(body, bytes)
    spend(world, message.chat)
    message.activity = activity
    message.edited = true
    forgetViews(world, id)
    return { status: 200, body: { id }, shown: message }
  },
  delete(world, { conversation, id }) {
    const message = ownMessage(world, conversation, id)
    message.deleted = true
    forgetViews(world, id)
    return { status: 200 }
  },
  member(world, { conversation, id, about }) {
    const { chat } = reachChat(world, conversation)
    if (id) return { status: 200, body: account(member(world, chat, id)) }
    const members = [...chat.members].map((handle) => account(personOf(world, handle)))
    return { status: 200, body: about === 'pagedmembers' ? { members } : members }
  },
}

function checked(body: Json, bytes: number): Activity {
  const problem = `${bytes} bytes, ${byteLimit} are too many`
  if (bytes > byteLimit) throw new Refusal(413, 'MessageSizeTooBig', { problems: [problem] })
  const activity = body as Activity
  const problems = activityProblems(activity)
  if (problems.length > 0) throw new Refusal(400, 'BadSyntax', { problems })
  return activity
}

/** A message that stands and is the bot's own. */
function ownMessage(world: World, conversation: string, id: string): FakeMessage {
  const { chat, thread } = reachChat(world, conversation)
  const message = world.messages.find((one) => one.id === id && one.chat === chat.id && !one.deleted)
  if (!message || (thread && message.thread !== thread)) throw new Refusal(404, 'ActivityNotFoundInConversation')
  if (message.from !== 'bot') throw new Refusal(403, 'Forbidden', { problems: [`${id} is not the bot's message`] })
  return message
}

function member(world: World, chat: FakeChat, id: string): FakePerson {
  const person = personBehind(world, id)
  if (!person || !chat.members.has(person.handle)) throw new Refusal(404, 'MemberNotFoundInConversation')
  return person
}

function account({ mri, oid, name, upn, userRole, tenantId }: FakePerson): Json {
  const [givenName, ...rest] = name.split(' ')
  const names = { givenName, surname: rest.join(' ') }
  return {
    ...{ id: mri, name, aadObjectId: oid, objectId: oid, ...names },
    ...{ email: upn, userPrincipalName: upn, tenantId, userRole },
  }
}
