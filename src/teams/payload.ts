// What arrives from Teams, as far as it is used. The token proves it came through Teams, not that it is well formed.
import { z } from 'zod'
import { Press, showing } from '../conversation/press.ts'

const Id = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[^\s/]+$/)
/** Entra's object ids are GUIDs; the local client has ids of its own making. */
export const ObjectId = z
  .string()
  .max(64)
  .regex(/^[\w-]+$/)
  .toLowerCase()
const Tenant = z.object({ id: ObjectId })

/** https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability */
export const Incoming = z.object({
  type: z.string().max(60),
  id: z.string().max(300).optional(),
  channelId: z.literal('msteams'),
  serviceUrl: z.url().max(300),
  from: z.object({ id: Id, name: z.string().max(500).optional(), aadObjectId: ObjectId.optional() }),
  recipient: z.object({ id: Id }),
  conversation: z.object({
    id: Id,
    conversationType: z.enum(['personal', 'groupChat', 'channel']).default('personal'),
    tenantId: ObjectId.optional(),
  }),
  channelData: z.object({ tenant: Tenant.nullish() }).nullish(),
  replyToId: Id.optional(),
  name: z.string().max(100).optional(),
  action: z.string().max(60).optional(),
  text: z.string().max(100_000).nullish(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
  value: z.unknown().optional(),
})
export type Incoming = z.infer<typeof Incoming>

/** Carried out whenever a card is drawn anew, so it must not change anything. */
const Shower = Press.transform(showing)

/** What a button of ours carries beside what was filled in. */
export const Carried = z.strictObject({
  /** Send a press; draw the form anew with a choice made; go back to the card; show the card as it is now. */
  do: z.enum(['press', 'choose', 'back', 'refresh']),
  press: z.unknown().optional(),
  /** The press that drew what the button stands on, where that is not the message's own card. */
  by: Shower.optional(),
  /** Choices made by buttons. */
  set: z.record(z.string().max(80), z.string().max(400)).optional(),
  /** The message it stands on: `stream/key`. */
  key: z.string().max(300).optional(),
  /** The press that draws the message's own card, where it is no message that is kept up to date. */
  base: Shower.optional(),
})
export type Carried = z.infer<typeof Carried>

/** A press of a button: https://adaptivecards.io/explorer/Action.Execute.html; an older client sends the data alone. */
export const CardAction = z.object({
  action: z.object({ verb: z.string().max(100).optional(), data: z.looseObject({ cs: Carried }) }),
  trigger: z.enum(['manual', 'automatic']).default('manual'),
})
export const SubmittedCard = z.looseObject({ cs: Carried })

/** https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module */
export const MessageAction = z.object({
  commandId: z.string().max(64),
  messagePayload: z
    .object({
      id: z.string().max(100),
      body: z.object({ contentType: z.string().max(20).default('html'), content: z.string().max(200_000) }).nullish(),
    })
    .nullish(),
})
