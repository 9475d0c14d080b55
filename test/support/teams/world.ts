// What the fake Teams knows: people, chats, messages, and what each person sees of them.
import { createHash } from 'node:crypto'
import type { Call, Card, Failure, FakeChat, FakeMessage, FakePerson, Kind, Seen } from './wire.ts'
import { Refusal } from './wire.ts'

export const tenant = '7e4a0000-0000-4000-8000-00000000c0de'
export const appId = 'a9900000-0000-4000-8000-0000000000b0'
export const bot = { id: `28:${appId}`, name: 'Countersign', token: 'fake-connector-token' }

export const cardType = 'application/vnd.microsoft.card.adaptive'

export function createWorld() {
  let last = 0
  return {
    url: '',
    /** By handle. */
    people: new Map<string, FakePerson>(),
    /** By id; everyone has a personal one. */
    chats: new Map<string, FakeChat>(),
    messages: [] as FakeMessage[],
    /** Cards shown to one person instead of the message's own, by `viewKey`. */
    views: new Map<string, Card>(),
    /** Automatic refreshes that were asked for and are not asked for again, by `viewKey`. */
    refreshed: new Set<string>(),
    refreshes: true,
    /** Ids of what people did, for the bot to reply to. */
    delivered: new Set<string>(),
    calls: [] as Call[],
    refused: [] as { where: string; problems: string[] }[],
    failures: new Map<Kind, { how: Failure; conversation: string | undefined }[]>(),
    /** When the bot sent to each conversation, while a budget is kept. */
    sends: new Map<string, number[]>(),
    budgeted: false,
    inFlight: 0,
    lastActivity: 0,
    /** An id as Teams gives them: the time in milliseconds, never twice the same. */
    id(): string {
      last = Math.max(Date.now(), last + 1)
      return String(last)
    },
    /** Counts something as going on until it ends. */
    async track<T>(going: Promise<T>): Promise<T> {
      this.inFlight += 1
      this.lastActivity = Date.now()
      try {
        return await going
      } finally {
        this.inFlight -= 1
        this.lastActivity = Date.now()
      }
    },
  }
}
export type World = ReturnType<typeof createWorld>

/** The Entra object id of a handle: always the same GUID. */
export function oidOf(handle: string): string {
  const hex = createHash('sha256').update(handle).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const mriOf = (handle: string): string => `29:${oidOf(handle)}`

export function personOf(world: World, handle: string): FakePerson {
  const person = world.people.get(handle)
  if (!person) throw new Error(`nobody is called ${handle}; add them first`)
  return person
}

/** The person behind an MRI or an Entra object id. */
export function personBehind(world: World, id: string): FakePerson | undefined {
  return [...world.people.values()].find(({ mri, oid, left }) => !left && (mri === id || oid === id))
}

/** A conversation as people name it: its id, “personal”, or a handle for that person's own. */
export function chatNamed(world: World, name: string, handle: string): FakeChat {
  const chat = world.chats.get(name === 'personal' ? `a:${handle}` : name) ?? world.chats.get(`a:${name}`)
  if (!chat) throw new Error(`there is no conversation ${name}; add it first`)
  return chat
}

/** A conversation as the bot names it, with the thread where it names one. */
export function reachChat(world: World, conversation: string): { chat: FakeChat; thread?: string } {
  const [id = '', thread] = conversation.split(';messageid=')
  const chat = world.chats.get(id)
  if (!chat || (thread && chat.kind !== 'channel')) throw new Refusal(404, 'ConversationNotFound')
  if (!chat.botIn) throw new Refusal(403, 'BotNotInConversationRoster')
  return thread ? { chat, thread } : { chat }
}

export function standing(world: World, chat: string): FakeMessage[] {
  return world.messages.filter((one) => one.chat === chat && !one.deleted)
}

export const viewKey = (message: string, handle: string): string => `${message}/${handle}`

/** Forgets what was shown to single people of a message. */
export function forgetViews(world: World, message: string): void {
  for (const handle of world.people.keys()) {
    world.views.delete(viewKey(message, handle))
    world.refreshed.delete(viewKey(message, handle))
  }
}

/** The card that everybody is shown. */
export function baseCard({ activity: { attachments = [] } }: FakeMessage): Card | undefined {
  return attachments.find(({ contentType }) => contentType === cardType)?.content
}

/** What a person sees of a message. */
export function seenBy(world: World, handle: string, message: FakeMessage): Seen {
  const card = world.views.get(viewKey(message.id, handle)) ?? baseCard(message)
  const { text, attachments = [] } = message.activity
  const pictures = attachments
    .filter((one) => one.contentType.startsWith('image/'))
    .map(({ name }) => `(${name ?? ''})`)
  const words = [text ?? '', ...pictures].filter((one) => one !== '').join('\n')
  return structuredClone({ message, ...(card ? { card } : {}), ...(words ? { text: words } : {}) })
}
