// The events of a review's stream, each a strict schema with its personal words marked.
import { z } from 'zod'
import { FactKey, factSchema } from './fact.ts'
import { QuestionKey } from './question.ts'
import { Rating } from './rating.ts'
import { Area, ThreatContent, ThreatId } from './threat.ts'
import { Day, PersonId, Treatment } from './treatment.ts'
import { personal } from './words.ts'

export const Place = z.strictObject({
  surface: z.enum(['slack', 'teams', 'web', 'cli']),
  /** The platform's own address of the conversation: a chat id, so personal. */
  address: personal(500),
})
export type Place = z.infer<typeof Place>

const Seq = z.int().positive()
const Count = z.int().nonnegative()
const Seconds = z.int().min(0).max(86_400)
const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const confirmedFacts = FactKey.options.map((key) => z.strictObject({ fact: z.literal(key), value: factSchema(key) }))
const ConfirmedFact = z.discriminatedUnion('fact', confirmedFacts as [(typeof confirmedFacts)[number]])
export const reopenCauses = [
  'new_model',
  'retrained',
  'new_tool',
  'new_data',
  'new_audience',
  'incident',
  'answer_changed',
  'acceptance_expired',
  'mitigation_overdue',
  'other',
] as const
const ReopenCause = z.enum(reopenCauses)

const onThreat = { threat: ThreatId }
const onRevision = { ...onThreat, revision: z.int().positive() }
/** What every decision keeps of the card it was made on. */
const shown = { fingerprint: Hash, seconds: Seconds.optional() }

export const reviewEvents = {
  'review.opened': z.strictObject({
    feature: z.string(),
    name: personal(120),
    iteration: z.int().positive(),
    place: Place,
    words: personal().optional(),
  }),
  'question.delegated': z.strictObject({ question: QuestionKey, to: PersonId, due: Day }),
  /** Words alone are only noted: the question stays open until its card is sent. */
  'question.answered': z.strictObject({ question: QuestionKey, words: personal().optional(), settled: z.boolean() }),
  'question.skipped': z.strictObject({ question: QuestionKey }),
  'fact.confirmed': z.strictObject({ question: QuestionKey, facts: z.array(ConfirmedFact).min(1) }),
  'interview.completed': z.strictObject({ unknown: z.array(FactKey) }),
  'draft.completed': z.strictObject({
    catalogue: z.string(),
    raised: Count,
    watched: Count,
    changed: Count,
    dismissed: Count,
    openQuestions: z.array(FactKey),
  }),
  'threat.raised': z.strictObject({
    ...onRevision,
    ...ThreatContent.shape,
    origin: z.enum(['floor', 'person']),
  }),
  'threat.watched': z.strictObject(onThreat),
  'threat.promoted': z.strictObject(onThreat),
  'threat.routed': z.strictObject({
    ...onThreat,
    owner: PersonId,
    by: z.enum(['area', 'default', 'lead']),
    area: Area,
  }),
  'threat.delegated': z.strictObject({ ...onThreat, to: PersonId }),
  'threat.confirmed': z.strictObject({ ...onRevision, rating: Rating, reason: personal().optional() }),
  'threat.corrected': z.strictObject({ ...onRevision, title: personal(120), statement: personal(1200) }),
  'threat.merged': z.strictObject({ ...onThreat, into: ThreatId, reason: personal() }),
  'threat.dismissed': z.strictObject({ ...onThreat, because: z.array(FactKey) }),
  'treatment.proposed': z.strictObject({ ...onRevision, ...shown, treatment: Treatment }),
  'treatment.approved': z.strictObject({
    ...onRevision,
    ...shown,
    proposal: Seq,
    /** Which of the required signatures this is, and whether it was the last one needed. */
    slot: Count,
    complete: z.boolean(),
    /** The acceptor ticked that they saw the unknowns this threat hangs on. */
    sawUnknowns: z.array(FactKey),
  }),
  'treatment.declined': z.strictObject({ ...onRevision, ...shown, proposal: Seq, reason: personal() }),
  'treatment.withdrawn': z.strictObject({ ...onThreat, proposal: Seq }),
  'mitigation.evidenced': z.strictObject({ ...onThreat, evidence: personal() }),
  'mitigation.verified': z.strictObject({ ...onThreat, effective: z.boolean(), note: personal() }),
  'acceptance.expired': z.strictObject({ ...onThreat, proposal: Seq }),
  'threat.reopened': z.strictObject({ ...onThreat, cause: ReopenCause }),
  'review.signed_off': z.strictObject({
    entries: Count,
    treated: Count,
    watched: Count,
    merged: Count,
    dismissed: Count,
    ownedUnknowns: Count,
    tooFast: Count,
    fingerprint: Hash,
  }),
  'review.reopened': z.strictObject({ cause: ReopenCause, note: personal().optional() }),
} as const

type Schemas = typeof reviewEvents
export type ReviewEventType = keyof Schemas
export type ReviewEventOf<T extends ReviewEventType> = { type: T; data: z.infer<Schemas[T]> }
export type ReviewEvent = { [T in ReviewEventType]: ReviewEventOf<T> }[ReviewEventType]
export type ReopenCause = z.infer<typeof ReopenCause>
export type ConfirmedFact = z.infer<typeof ConfirmedFact>
