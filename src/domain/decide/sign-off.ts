// Signing a review off, and opening it again.
import { type Capacity, capacities, outsider } from '../authority.ts'
import type { Acting } from '../entry.ts'
import type { ReopenCause } from '../event.ts'
import { reviewFingerprint, shortFingerprint } from '../fingerprint.ts'
import { openQuestions } from '../open-questions.ts'
import { tooFast } from '../pace.ts'
import { field, type Refusal, refuse } from '../refusal.ts'
import { listed, type Review, watched } from '../review.ts'
import { holders, type Workspace } from '../workspace.ts'
import { type Context, inTreatment, isRefused, type ReviewDecided, record, wordsProblem, working } from './context.ts'

export interface SignOff {
  fingerprint: string
  /** Ticked that the watched, merged and ruled-out threats were looked at; asked only where there are any. */
  sawSetAside: boolean
}

/** What still stands between a review and its sign-off. */
export function unfinished(review: Review): { open: number; unknowns: number } {
  return {
    open: listed(review).filter(({ status }) => status !== 'treated').length,
    unknowns: openQuestions(review).filter(({ owned }) => owned === null).length,
  }
}

/** Threats not in the list, by why they are not. */
export function setAside(review: Review) {
  const count = (status: string) => Object.values(review.threats).filter((threat) => threat.status === status).length
  return { watched: watched(review).length, merged: count('merged'), dismissed: count('dismissed') }
}

/** A security lead who is not the requester signs when every threat is treated or watched and every unknown is owned. */
export function signOff(context: Context, command: SignOff): ReviewDecided {
  const { review, workspace, acting } = context
  const outside = outsider(workspace, acting)
  if (outside) return refuse(outside)
  const stage = inTreatment(context)
  if (stage) return stage
  const capacity = signatory(review, workspace, acting)
  if (isRefused(capacity)) return capacity
  const rest = unfinished(review)
  if (rest.open + rest.unknowns > 0) return refuse({ code: 'not_ready', ...rest })
  const fingerprint = reviewFingerprint(review)
  if (command.fingerprint !== shortFingerprint(fingerprint)) {
    const last = Object.values(review.threats).sort((a, b) => b.lastSeq - a.lastSeq)[0]
    const { lastBy: by, lastAt: at } = last ?? { lastBy: review.requester, lastAt: review.openedAt }
    return refuse({ code: 'changed_since_shown', by, at })
  }
  const aside = setAside(review)
  if (aside.watched + aside.merged + aside.dismissed > 0 && !command.sawSetAside) {
    return refuse(field('sawSetAside', { code: 'tick_missing' }))
  }
  return record(context, capacity, 'review/sign-off', {
    type: 'review.signed_off',
    data: {
      entries: review.seq,
      treated: listed(review).length,
      ...aside,
      ownedUnknowns: openQuestions(review).length,
      tooFast: tooFast(review),
      fingerprint,
    },
  })
}

/** The security leads who may sign this review off. */
export function signatories(review: Review, workspace: Workspace): string[] {
  const owners = new Set(listed(review).map(({ owner }) => owner))
  return holders(workspace, 'security_lead').filter(
    (lead) => lead !== review.requester && !(workspace.policy.threePeople && owners.has(lead)),
  )
}

function signatory(review: Review, workspace: Workspace, acting: Acting): Capacity | { refusal: Refusal } {
  const next = signatories(review, workspace)
  const mine = capacities(workspace, acting).filter(({ role }) => role === 'security_lead')
  if (mine.length === 0) return refuse({ code: 'needs_role', roles: ['security_lead'] })
  if (acting.person === review.requester) return refuse({ code: 'own_request', next })
  const capacity = mine.find(({ principal }) => next.includes(principal))
  if (!capacity) return refuse({ code: workspace.policy.threePeople ? 'three_people' : 'own_request', next })
  const owners = listed(review).map(({ owner }) => owner)
  if (workspace.policy.threePeople && owners.includes(acting.person)) return refuse({ code: 'three_people', next })
  return capacity
}

export interface Reopen {
  cause: ReopenCause
  note: string
  /** Seq of the sign-off that was shown. */
  seen: number
}

/** Opens a signed-off review again because something changed; its decisions stand until what they rest on changes. */
export function reopen(context: Context, { cause, note, seen }: Reopen): ReviewDecided {
  const capacity = working(context)
  if (isRefused(capacity)) return capacity
  const { stage, signedOff } = context.review
  if (stage !== 'signed_off' || signedOff?.seq !== seen) return refuse({ code: 'wrong_stage', stage })
  const problem = wordsProblem('note', note)
  if (problem) return problem
  return record(context, capacity, 'review/reopen', { type: 'review.reopened', data: { cause, note } })
}
