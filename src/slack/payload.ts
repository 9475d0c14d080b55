// What arrives from Slack, as far as it is used. The signature proves it came through Slack, not that it is well formed.
import { z } from 'zod'

const Id = z.string().regex(/^[A-Z0-9]{2,40}$/)
const Ts = z.string().regex(/^\d{1,15}\.\d{1,10}$/)
const Enterprise = z.object({ id: Id }).nullish()
const Option = z.looseObject({ value: z.string().optional() })
const FilledIn = z.looseObject({
  type: z.string(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_user: Id.nullish(),
})
const State = z.object({ values: z.record(z.string(), z.record(z.string(), FilledIn)) })
const View = z.object({
  id: z.string().min(1).max(100),
  hash: z.string().max(200).optional(),
  type: z.enum(['modal', 'home']),
  private_metadata: z.string().max(3000).default(''),
  blocks: z.array(z.looseObject({ block_id: z.string().optional() })).default([]),
  state: State.optional(),
})
export type View = z.infer<typeof View>

/** A button, or a choice that other fields depend on: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const Click = z.object({
  user: z.object({ id: Id, team_id: Id.optional() }),
  team: z.object({ id: Id }).nullish(),
  enterprise: Enterprise,
  channel: z.object({ id: Id }).nullish(),
  message: z.object({ ts: Ts, thread_ts: Ts.optional() }).nullish(),
  view: View.nullish(),
  state: State.nullish(),
  trigger_id: z.string().max(200),
  response_url: z.url().optional(),
  actions: z
    .array(z.object({ action_id: z.string(), value: z.string().max(2000).optional(), type: z.string() }))
    .min(1),
})
export type Click = z.infer<typeof Click>

/** A modal that was sent: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const Submission = z.object({
  user: z.object({ id: Id }),
  team: z.object({ id: Id }).nullish(),
  enterprise: Enterprise,
  view: View,
})

/** A slash command: https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export const Command = z.object({
  user_id: Id,
  team_id: Id,
  enterprise_id: Id.optional(),
  channel_id: Id,
  text: z.string().max(20_000).default(''),
  trigger_id: z.string().max(200),
  response_url: z.url(),
})

/** A global or message shortcut: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export const Shortcut = z.object({
  callback_id: z.string().max(255),
  user: z.object({ id: Id }),
  team: z.object({ id: Id }).nullish(),
  enterprise: Enterprise,
  trigger_id: z.string().max(200),
  channel: z.object({ id: Id }).nullish(),
  message: z.object({ ts: Ts, thread_ts: Ts.optional(), text: z.string().max(40_000).default('') }).nullish(),
  response_url: z.url().optional(),
})
export type Shortcut = z.infer<typeof Shortcut>

/** A message, or a mention: https://docs.slack.dev/reference/events/message */
export const Said = z.object({
  user: Id,
  channel: Id,
  channel_type: z.enum(['im', 'mpim', 'channel', 'group', 'app_home']).optional(),
  ts: Ts,
  thread_ts: Ts.optional(),
  text: z.string().max(40_000),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  /** The sender's own team, where it is another: Slack Connect. */
  user_team: Id.optional(),
})
export type Said = z.infer<typeof Said>

export const HomeOpened = z.object({ user: Id, channel: z.string(), tab: z.enum(['home', 'messages']) })

/** https://docs.slack.dev/reference/events/user_change */
export const UserChanged = z.object({ user: z.object({ id: Id }) })

/** https://docs.slack.dev/reference/events/tokens_revoked */
export const TokensRevoked = z.object({ tokens: z.object({ bot: z.array(z.string()).default([]) }) })
