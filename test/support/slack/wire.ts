// The shapes that travel between Slack and the bot, as far as the fake looks at them.
export type Json = Record<string, unknown>

interface SlackText {
  type: string
  text: string
}

export interface SlackOption {
  value: string
  text: SlackText
  description?: SlackText
}

export interface SlackElement {
  type: string
  action_id?: string
  value?: string
  text?: SlackText
  accessibility_label?: string
  options?: SlackOption[]
  option_groups?: { options: SlackOption[] }[]
  max_length?: number
  min_length?: number
}

export interface SlackBlock {
  type: string
  block_id?: string
  label?: SlackText
  optional?: boolean
  dispatch_action?: boolean
  element?: SlackElement
  elements?: unknown[]
  accessory?: SlackElement
}

/** What one input holds, as in `state.values`. */
export type StateValue = { type: string } & Json
export type State = Record<string, Record<string, StateValue>>

/** What a person fills in, by block id. */
export type Filled = Record<string, string | string[] | boolean>

export interface FakeMessage {
  channel: string
  ts: string
  thread_ts?: string
  user?: string
  bot_id?: string
  text: string
  blocks: SlackBlock[]
  metadata?: { event_type: string; event_payload: Json }
  files?: { id: string; title?: string }[]
  edited?: { user: string; ts: string }
  deleted?: boolean
  /** Only this person sees it. */
  ephemeralTo?: string
}

export interface FakeView {
  id: string
  type: 'modal' | 'home'
  /** Whose screen it is on. */
  user: string
  title?: SlackText
  submit?: SlackText
  close?: SlackText
  callback_id: string
  private_metadata: string
  external_id: string
  blocks: SlackBlock[]
  state: { values: State }
  hash: string
  root_view_id: string
  previous_view_id: string | null
  clear_on_close: boolean
  notify_on_close: boolean
  /** What the bot answered to the last submission, by block id. */
  errors?: Record<string, string>
}

export interface SlackUser {
  id: string
  team_id: string
  name: string
  real_name: string
  tz: string
  deleted: boolean
  is_admin: boolean
  is_owner: boolean
  is_bot: boolean
  is_restricted: boolean
  is_ultra_restricted: boolean
  is_stranger: boolean
}

export interface FakeChannel {
  id: string
  private: boolean
  archived: boolean
  botIsMember: boolean
  members: Set<string>
}

/** What the bot acked with; status 0 when it never did. */
export interface Answered {
  status: number
  body: unknown
  tookMs: number
}

export type Failure = { status429?: number } | { error: string } | { cut: 'before' | 'after' } | { delayMs: number }

/** A refusal of Slack's. With problems the call itself was wrong; without, only the moment was. */
export class Refusal extends Error {
  readonly error: string
  readonly problems: string[]
  constructor(error: string, problems: string[] = []) {
    super(error)
    this.error = error
    this.problems = problems
  }
}
