// The fingerprint of what a person was shown when they decided.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { systemOf } from './component.ts'
import { openQuestions } from './open-questions.ts'
import { answersOf, type Review, type ThreatState } from './review.ts'

/**
 * SHA-256 (hex) over everything a threat's card shows: text, rating, controls, evidence, conditions, proposal.
 * Personal words enter as the seq of the entry that holds them, never as text: the log's own commitments pin them, and
 * erasing them leaves no hash to guess against.
 */
export function fingerprintOf(review: Review, threat: ThreatState): string {
  // States are never changed in place, so what was taken of them holds; a click asks several times.
  const known = taken.get(review) ?? new WeakMap<ThreatState, string>()
  taken.set(review, known)
  const before = known.get(threat)
  if (before !== undefined) return before
  const fingerprint = take(review, threat)
  known.set(threat, fingerprint)
  return fingerprint
}

const taken = new WeakMap<Review, WeakMap<ThreatState, string>>()

function take(review: Review, threat: ThreatState): string {
  const names = systemOf(review.facts, answersOf(review)).components.map(({ id, names }) => [
    id,
    names.map(({ question, start, end }) => [review.questions[question].answer ?? 0, start, end]),
  ])
  const { revision, component, text, rating, why, controls, evidence, conditionalOn, proposal, status, watched } =
    threat
  return hash({
    review: review.id,
    threat: threat.id,
    text: text.by === 'catalogue' ? text : { by: text.by, at: revision },
    proposal: proposal ? [proposal.seq, ...proposal.signatures.map(({ seq }) => seq)] : [],
    ...{ revision, component, rating, why, controls, evidence, conditionalOn, status, watched, names },
  })
}

/** The fingerprint of a whole review at sign-off: every threat at its last entry, every open question and its owner. */
export function reviewFingerprint(review: Review): string {
  const threats = Object.values(review.threats).map(({ id, lastSeq, status, watched }) => [
    id,
    lastSeq,
    status,
    watched,
  ])
  return hash({ review: review.id, threats, questions: openQuestions(review), reopened: review.reopened?.at ?? null })
}

/** Enough of a fingerprint to tell one card from another; short, because buttons carry it. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, 16)
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')
}
