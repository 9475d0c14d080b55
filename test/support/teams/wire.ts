// The shapes that travel between Teams and the bot, as far as the fake looks at them.
export type Json = Record<string, unknown>

/** An Adaptive Card, or a piece of one. */
export type Card = { type?: string } & Json

interface Attachment {
  contentType: string
  content?: Card
  contentUrl?: string
  name?: string
}

/** An activity, from either side. */
export type Activity = Json & {
  type: string
  id?: string
  text?: string
  textFormat?: string
  summary?: string
  attachments?: Attachment[]
  entities?: Json[]
}

export interface FakePerson {
  handle: string
  /** The Entra object id. */
  oid: string
  /** How Teams names the person to bots: `29:…`. */
  mri: string
  name: string
  upn: string
  userRole: 'user' | 'guest' | 'anonymous'
  /** Another one for people of other organisations. */
  tenantId: string
  /** Closed accounts are nobody's any more. */
  left: boolean
  locale: string
  timezone: string
  /** The conversations this person has before their eyes; empty until they do something. */
  looking: Set<string>
  /** What a client says in passing: the words of an invoke's answer, or that it failed. */
  notice: string
}

export interface FakeChat {
  id: string
  kind: 'personal' | 'groupChat' | 'channel'
  name: string
  /** The team of a channel. */
  team?: string
  /** Handles. */
  members: Set<string>
  /** Whether the app is installed here. */
  botIn: boolean
}

export interface FakeMessage {
  id: string
  chat: string
  /** In a channel: the message that began the thread. */
  thread?: string
  /** “bot”, or a person's handle. */
  from: string
  /** RFC 3339. */
  at: string
  activity: Activity
  edited?: boolean
  deleted?: boolean
}

/** A message as one person sees it: the card shown to them alone where there is one. */
export interface Seen {
  message: FakeMessage
  card?: Card
  text?: string
}

/** What the bot answered an activity with; status 0 when it never did. */
export interface Answered {
  status: number
  body: unknown
  tookMs: number
}

/** An answered press; with `blocked`, the ids of the inputs for which the client did not let it leave. */
export interface Pressed extends Answered {
  blocked?: string[]
}

export type Values = Record<string, string | string[] | boolean>

export type Kind = 'create' | 'update' | 'delete' | 'conversation' | 'member'

/** How a call fails. With `after`, it takes effect all the same. */
export type Failure =
  | { status: 429; retryAfter?: number }
  | { status: 412 | 500 | 502 | 503 | 504; after?: boolean }
  | { cut: 'before' | 'after' }
  | { delayMs: number }

export interface Call {
  kind: Kind | 'unknown'
  method: string
  path: string
  /** What it was answered with; 0 when it was not. */
  status: number
  /** As the bot named it, with the thread. */
  conversation?: string
  body: Json
  at: number
}

/** A refusal of Teams'. With problems the call itself was wrong; without, only the moment was. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly problems: string[]
  readonly retryAfter: number | undefined
  constructor(status: number, code: string, more: { problems?: string[]; retryAfter?: number } = {}) {
    super(code)
    this.status = status
    this.code = code
    this.problems = more.problems ?? []
    this.retryAfter = more.retryAfter
  }
}
