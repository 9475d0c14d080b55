// A review as its stream tells it.
import type { Place, ReopenCause } from './event.ts'
import type { FactKey, Facts } from './fact.ts'
import type { QuestionKey } from './question.ts'
import { gravity, type Rating } from './rating.ts'
import type { ThreatContent, ThreatText } from './threat.ts'
import type { AnswerQuote, PersonId, Treatment } from './treatment.ts'
import type { Words } from './words.ts'

export type Stage = 'interview' | 'treatment' | 'signed_off'

export interface QuestionState {
  status: 'open' | 'answered' | 'skipped' | 'delegated'
  /** Seq of the newest answer's entry, whose words stand in `answers`. */
  answer?: number | undefined
  by?: PersonId | undefined
  at?: string | undefined
  /** Who was asked instead, and by when they are to say. */
  asked?: { person: PersonId; due: string } | undefined
  /** Seq of the last entry about this question. */
  lastSeq: number
}

interface Signature {
  seq: number
  by: PersonId
  role: string
  for?: PersonId | undefined
  at: string
  slot: number
  receipt: string
}

export interface Proposal {
  seq: number
  by: PersonId
  at: string
  revision: number
  treatment: Treatment
  signatures: Signature[]
  complete: boolean
  seconds?: number | undefined
  receipt: string
}

export type ThreatStatus = 'open' | 'proposed' | 'treated' | 'merged' | 'dismissed'

export interface ThreatState extends Omit<ThreatContent, 'text'> {
  id: string
  revision: number
  origin: 'floor' | 'person'
  text: ThreatText
  status: ThreatStatus
  watched: boolean
  /** What the drafter rated; a person's confirmation may stand beside it. */
  floor: Rating
  confirmed?: { by: PersonId; at: string; revision: number } | undefined
  owner: PersonId
  proposal?: Proposal | undefined
  declined?: { by: PersonId; at: string; reason: Words; seq: number } | undefined
  evidenced?: { by: PersonId; at: string; words: Words } | undefined
  verified?: { by: PersonId; at: string; effective: boolean } | undefined
  mergedInto?: string | undefined
  reopened?: ReopenCause | undefined
  waitingSince: string
  lastSeq: number
  lastBy: PersonId
  lastAt: string
}

export interface Review {
  id: string
  feature: { id: string; name: Words }
  iteration: number
  requester: PersonId
  place: Place
  stage: Stage
  openedAt: string
  questions: Record<QuestionKey, QuestionState>
  facts: Facts
  /** Every answer's words by the seq of its entry, so that older quotes still resolve. */
  answers: Record<number, { question: QuestionKey; words: Words }>
  firstWords?: Words | undefined
  drafted?: { at: string; catalogue: string; openQuestions: FactKey[] } | undefined
  threats: Record<string, ThreatState>
  signedOff?: { by: PersonId; at: string; seq: number; receipt: string; tooFast: number } | undefined
  reopened?: { cause: ReopenCause; by: PersonId; at: string } | undefined
  seq: number
}

/** The words a quote points at; `undefined` where they were erased. */
export function quoted(review: Review, quote: AnswerQuote): string | undefined {
  const words = review.answers[quote.answer]?.words
  return typeof words === 'string' ? words.slice(quote.start, quote.end) : undefined
}

/** The newest words per question, without the erased ones. */
export function answersOf(review: Review): Partial<Record<QuestionKey, string>> {
  const current = Object.entries(review.questions).flatMap(([key, { answer }]) => {
    const words = answer === undefined ? undefined : review.answers[answer]?.words
    return typeof words === 'string' ? [[key, words] as const] : []
  })
  return Object.fromEntries(current)
}

/** The threats that need a decision, gravest first: not watched, merged away or ruled out by the facts. */
export function listed(review: Review): ThreatState[] {
  return Object.values(review.threats)
    .filter((threat) => !threat.watched && !isGone(threat))
    .sort((a, b) => gravity(b.rating) - gravity(a.rating))
}

export function watched(review: Review): ThreatState[] {
  return Object.values(review.threats).filter((threat) => threat.watched && !isGone(threat))
}

function isGone({ status }: ThreatState): boolean {
  return status === 'merged' || status === 'dismissed'
}

/** The facts that are unknown, by the question they belong to, and whether someone owes the answer by a date. */
export function unknowns(review: Review): FactKey[] {
  return (Object.keys(review.facts) as FactKey[]).filter((key) => review.facts[key] === 'unknown')
}
