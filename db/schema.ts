// The tables: the log itself (schema declog), and what is derived from it and can be built again (schema countersign).

import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'

/** 32 bytes in the table, 64 hex digits in the program. */
const hash = customType<{ data: string; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (hex) => Buffer.from(hex, 'hex'),
  fromDriver: (bytes) => bytes.toString('hex'),
})
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const seq = (name: string) => bigint(name, { mode: 'number' })
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })

export const declog = pgSchema('declog')

/** One event, once and for ever; `body` is the only truth, the other columns repeat it for indexes. */
export const entry = declog.table(
  'entry',
  {
    workspace: text().notNull(),
    id: uuid('entry_id').notNull(),
    stream: text().notNull(),
    seq: seq('seq').notNull(),
    type: text().notNull(),
    body: text().notNull(),
    leafHash: hash('leaf_hash').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.id] }),
    unique('entry_place').on(t.workspace, t.stream, t.seq),
    check('entry_body_size', sql`octet_length(${t.body}) <= 65535`),
  ],
)

/** Where a stream ends and how far its messages follow; locked by a command, rebuildable from the entries. */
export const head = declog.table(
  'head',
  {
    workspace: text().notNull(),
    stream: text().notNull(),
    headSeq: seq('head_seq').notNull(),
    headHash: hash('head_hash').notNull(),
    deliveredSeq: seq('delivered_seq').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.stream] }),
    index('head_undelivered').on(t.workspace, t.stream).where(sql`delivered_seq < head_seq`),
  ],
)

/** Every command that was carried out, so that the same one again gets the same receipt. */
export const command = declog.table(
  'command',
  {
    workspace: text().notNull(),
    key: hash('key').notNull(),
    intentHash: hash('intent_hash').notNull(),
    stream: text().notNull(),
    firstSeq: seq('first_seq').notNull(),
    lastSeq: seq('last_seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.key] })],
)

/** Entries the sealer has not taken yet, in the order they came; a work queue, not part of the log. */
export const pending = declog.table('pending', {
  no: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  workspace: text().notNull(),
  entryId: uuid('entry_id').notNull(),
})

/** Personal words under their commitment; the only thing of the log that can be erased. */
export const secret = declog.table(
  'private',
  {
    workspace: text().notNull(),
    commitment: hash('commitment').notNull(),
    stream: text().notNull(),
    seq: seq('seq').notNull(),
    salt: bytes(),
    value: text(),
    erasedAt: at('erased_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.commitment] }),
    index('private_place').on(t.workspace, t.stream, t.seq),
  ],
)

export const countersign = pgSchema('countersign')

export const person = countersign.table(
  'person',
  {
    workspace: text().notNull(),
    person: text().notNull(),
    name: text(),
    roles: text().array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.person] })],
)

/** The platform accounts of people; an identity belongs to one person. */
export const identity = countersign.table(
  'identity',
  { workspace: text().notNull(), identity: text().notNull(), person: text().notNull() },
  (t) => [primaryKey({ columns: [t.workspace, t.identity] }), index('identity_person').on(t.workspace, t.person)],
)

/** What a platform calls the organisation; belongs to one workspace. */
export const installation = countersign.table('installation', {
  installation: text().primaryKey(),
  workspace: text().notNull(),
})

/** The policy in force, a row per severity and signature. */
export const policyRule = countersign.table(
  'policy_rule',
  {
    workspace: text().notNull(),
    severity: text().notNull(),
    slot: smallint().notNull(),
    signers: text().array().notNull(),
    acceptDays: integer('accept_days').notNull(),
    threePeople: boolean('three_people').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.severity, t.slot] })],
)

export const review = countersign.table(
  'review',
  {
    workspace: text().notNull(),
    review: text().notNull(),
    feature: text().notNull(),
    name: text(),
    iteration: integer().notNull(),
    stage: text().notNull(),
    requester: text().notNull(),
    openedAt: at('opened_at').notNull(),
    signedOffAt: at('signed_off_at'),
    signedOffBy: text('signed_off_by'),
    seq: seq('seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.review] }), index('review_requester').on(t.workspace, t.requester)],
)

export const threat = countersign.table(
  'threat',
  {
    workspace: text().notNull(),
    review: text().notNull(),
    threat: text().notNull(),
    position: integer().notNull(),
    title: text(),
    area: text().notNull(),
    severity: text().notNull(),
    /** The severity a decision needs authority for. */
    decidingSeverity: text('deciding_severity').notNull(),
    status: text().notNull(),
    watched: boolean().notNull(),
    conditional: boolean().notNull(),
    owner: text().notNull(),
    treatment: text(),
    proposer: text(),
    signedSlots: smallint('signed_slots').array().notNull(),
    signedBy: text('signed_by').array().notNull(),
    waitingSince: at('waiting_since').notNull(),
    decidedAt: at('decided_at'),
    due: date({ mode: 'string' }),
    expires: date({ mode: 'string' }),
    doer: text(),
    evidencedBy: text('evidenced_by'),
    /** What someone else found; null while nobody looked. */
    verified: boolean(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.review, t.threat] }),
    index('threat_waiting').on(t.workspace, t.status, t.waitingSince),
    index('threat_expires').on(t.workspace, t.expires),
  ],
)

/** Unknowns that threats hang on, with who owes the answer. */
export const openQuestion = countersign.table(
  'open_question',
  {
    workspace: text().notNull(),
    review: text().notNull(),
    question: text().notNull(),
    threats: integer().notNull(),
    owner: text(),
    due: date({ mode: 'string' }),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.review, t.question] })],
)

/** Which message stands where: the other half of the comparison that delivery makes. */
export const delivery = countersign.table(
  'delivery',
  {
    workspace: text().notNull(),
    stream: text().notNull(),
    key: text().notNull(),
    surface: text().notNull(),
    address: text().notNull(),
    /** The platform's own reference; null while a post is under way or was lost half-way. */
    ref: jsonb(),
    contentHash: hash('content_hash').notNull(),
    /** When this was written: a post that was lost half-way is given time to show before it is repeated. */
    notedAt: at('noted_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.stream, t.key] }), index('delivery_address').on(t.surface, t.address)],
)

/** The conversations of the local web chat: what stands in each person's window. */
export const webMessage = countersign.table(
  'web_message',
  {
    no: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    workspace: text().notNull(),
    person: text().notNull(),
    key: text().notNull(),
    /** What the person typed; null where the bot speaks. */
    said: text(),
    card: jsonb(),
    postedAt: at('posted_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.person, t.key] })],
)

/** Slack's tokens, encrypted: what stands here is of no use without the program's secret key. */
export const slackInstallation = countersign.table('slack_installation', {
  /** The team's id (`T…`), or the organisation's (`E…`) where it was installed for all of its teams. */
  key: text().primaryKey(),
  sealed: bytes().notNull(),
  /** Which secret key it was encrypted with. */
  keyId: text('key_id').notNull(),
  updatedAt: at('updated_at').notNull().defaultNow(),
})

/** Pictures that were uploaded to Slack, by what they show: the same picture is uploaded once. */
export const slackFile = countersign.table(
  'slack_file',
  { team: text().notNull(), contentHash: hash('content_hash').notNull(), file: text().notNull() },
  (t) => [primaryKey({ columns: [t.team, t.contentHash] })],
)

/** Typed messages that were answered already; a platform sends one again when it is not sure that it arrived. */
export const answeredMessage = countersign.table(
  'answered_message',
  { key: text().primaryKey(), at: at('at').notNull().defaultNow() },
  (t) => [index('answered_message_at').on(t.at)],
)

/** Where someone, or a conversation, is reached in Teams: without what stands here the bot can write to nobody first. */
export const teamsPlace = countersign.table('teams_place', {
  /** `tenant/object id` of a person, or `tenant/conversation` of a group chat or a channel's thread. */
  address: text().primaryKey(),
  serviceUrl: text('service_url').notNull(),
  /** Null for someone who was met in a channel only. */
  conversation: text(),
  /** A person's account as Teams calls it towards this bot: `29:…`. */
  account: text(),
  /** The bot was removed there: nothing is sent until it is added again. */
  dead: boolean().notNull().default(false),
})

/** Forms that are open in Teams in the place of a card: the card is not changed under the hands of whoever fills one in. */
export const teamsForm = countersign.table(
  'teams_form',
  {
    address: text().notNull(),
    message: text().notNull(),
    person: text().notNull(),
    /** The key of the message that the form took the place of: `stream/key`. */
    key: text().notNull(),
    workspace: text().notNull(),
    /** The press that shows the form. */
    opener: jsonb().notNull(),
    /** The press that sends the form, which says what it was shown on. */
    submit: jsonb(),
    /** What was filled in on the card that it took the place of. */
    held: jsonb().notNull(),
    /** Why the last press was refused, until it is read. */
    refusal: text(),
    openedAt: at('opened_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.address, t.message, t.person] }), index('teams_form_opened').on(t.openedAt)],
)

/** A platform account on its way to the person it belongs to: the code was shown to the one, and typed by the other. */
export const identityCode = countersign.table('identity_code', {
  /** SHA-256 of the code. */
  codeHash: hash('code_hash').primaryKey(),
  workspace: text().notNull(),
  /** The person it was shown to. */
  person: text().notNull(),
  /** The account that typed it; null until then. */
  claimedBy: text('claimed_by'),
  claimant: text(),
  claimantName: text('claimant_name'),
  expiresAt: at('expires_at').notNull(),
})
