// What every decision on a review is made from, and the checks most of them share.
import { type Capacity, outsider, signed, worksOn } from '../authority.ts'
import type { Acting, Recorded } from '../entry.ts'
import type { ReviewEvent } from '../event.ts'
import { fingerprintOf, shortFingerprint } from '../fingerprint.ts'
import { type Decided, type FieldProblem, field, type Refusal } from '../refusal.ts'
import type { Review, ThreatState } from '../review.ts'
import { storable, type Words } from '../words.ts'
import type { Workspace } from '../workspace.ts'

export interface Context {
  review: Review
  workspace: Workspace
  acting: Acting
}
export type ReviewDecided = Decided<Recorded<ReviewEvent>>

/** What a card showed when its button was pressed: the threat's last entry and the short fingerprint of the rest. */
interface Shown {
  seen: number
  fingerprint: string
  /** How long the form was open, in seconds. */
  seconds?: number
}

export interface OnThreat {
  threat: string
  shown: Shown
}

/** Records events as done by the acting person in one capacity, under one rule. */
export function record({ acting, workspace }: Context, capacity: Capacity, rule: string, ...events: ReviewEvent[]) {
  const by = signed(acting, capacity, workspace, rule)
  return { events: events.map((event): Recorded<ReviewEvent> => ({ ...event, ...by })) }
}

/** The capacity of someone who works on the review, or why they do not. */
export function working({ review, workspace, acting }: Context): Capacity | { refusal: Refusal } {
  const outside = outsider(workspace, acting)
  if (outside) return { refusal: outside }
  return worksOn(review, workspace, acting) ?? { refusal: { code: 'not_working_on_it', requester: review.requester } }
}

/**
 * The threat as the person saw it, or why their click no longer fits: decided meanwhile, or changed in what it shows.
 */
export function asShown({ review }: Context, { threat: id, shown }: OnThreat): ThreatState | { refusal: Refusal } {
  const threat = review.threats[id]
  if (!threat) return { refusal: { code: 'no_such_thing' } }
  const { lastBy: by, lastAt: at, status } = threat
  if (status === 'merged' || status === 'dismissed') return { refusal: { code: 'already_decided', by, at, status } }
  if (shown.seen !== threat.lastSeq) {
    const decided = status !== 'open' || threat.declined?.seq === threat.lastSeq
    return { refusal: decided ? { code: 'already_decided', by, at, status } : { code: 'changed_since_shown', by, at } }
  }
  if (shown.fingerprint !== shortFingerprint(fingerprintOf(review, threat)))
    return { refusal: { code: 'changed_since_shown', by, at } }
  return threat
}

export function inTreatment({ review }: Context): { refusal: Refusal } | undefined {
  return review.stage === 'treatment' ? undefined : { refusal: { code: 'wrong_stage', stage: review.stage } }
}

/** The first problem with words a person typed into a field, if there is one. */
export function wordsProblem(name: string, words: Words, limit = 4000): { refusal: Refusal } | undefined {
  const problem = checkWords(words, limit)
  return problem && { refusal: field(name, problem) }
}

function checkWords(words: Words, limit: number): FieldProblem | undefined {
  if (typeof words !== 'string' || words.trim() === '') return { code: 'reason_missing' }
  if (words.length > limit) return { code: 'too_long', limit }
  return storable(words) ? undefined : { code: 'not_storable' }
}

export function isRefused(value: object): value is { refusal: Refusal } {
  return 'refusal' in value
}
