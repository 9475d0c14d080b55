// Proposing a treatment, for one threat or one mitigation for many, and taking a proposal back.
import { addDays, dayOf } from '../day.ts'
import type { ReviewEvent } from '../event.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { compareSeverity, isLower, type Rating, severityOf } from '../rating.ts'
import { field, type Refusal, refuse } from '../refusal.ts'
import type { ThreatState } from '../review.ts'
import type { Treatment } from '../treatment.ts'
import { plain, type Words } from '../words.ts'
import { holders, holds, onlyReads } from '../workspace.ts'
import {
  asShown,
  type Context,
  inTreatment,
  isRefused,
  type OnThreat,
  type ReviewDecided,
  record,
  wordsProblem,
  working,
} from './context.ts'

export interface Propose extends OnThreat {
  /** The rating the person confirms; the floor's own unless they say otherwise. */
  rating: Rating
  ratingReason?: string | undefined
  treatment: Treatment
}

/** Confirms a threat's rating and proposes what to do about it. */
export function propose(context: Context, command: Propose): ReviewDecided {
  const capacity = working(context)
  if (isRefused(capacity)) return capacity
  const threat = openForProposal(context, command)
  if (isRefused(threat)) return threat
  const confirming = confirm(context, threat, command.rating, command.ratingReason)
  if (isRefused(confirming)) return confirming
  const rated = { ...threat, rating: command.rating }
  const problem = treatmentProblem(context, rated, command.treatment)
  if (problem) return problem
  return record(
    context,
    capacity,
    'treatment/propose',
    ...confirming,
    proposing(context, threat, command, command.treatment),
  )
}

export interface MitigateMany {
  threats: OnThreat[]
  treatment: Extract<Treatment, { kind: 'mitigate' }>
}

/** One mitigation and date for several threats. Only mitigations: nothing is accepted in bulk. */
export function mitigateMany(context: Context, { threats, treatment }: MitigateMany): ReviewDecided {
  const capacity = working(context)
  if (isRefused(capacity)) return capacity
  if (threats.length === 0) return refuse(field('threats', { code: 'missing' }))
  const events: ReviewEvent[] = []
  for (const one of threats) {
    const threat = openForProposal(context, one)
    if (isRefused(threat)) return threat
    const problem = treatmentProblem(context, threat, treatment)
    if (problem) return problem
    const controls = treatment.controls.filter((id) => threat.controls.some((control) => control.id === id))
    events.push(...confirmed(threat, threat.rating), proposing(context, threat, one, { ...treatment, controls }))
  }
  return record(context, capacity, 'treatment/propose', ...events)
}

/** Takes back one's own proposal before it is settled. */
export function withdraw(context: Context, command: OnThreat): ReviewDecided {
  const capacity = working(context)
  if (isRefused(capacity)) return capacity
  const threat = asShown(context, command)
  if (isRefused(threat)) return threat
  if (threat.status !== 'proposed' || !threat.proposal) return refuse({ code: 'nothing_proposed' })
  const { by, seq } = threat.proposal
  if (by !== context.acting.person) return refuse({ code: 'only_proposer_withdraws', by })
  const event: ReviewEvent = { type: 'treatment.withdrawn', data: { threat: threat.id, proposal: seq } }
  return record(context, capacity, 'treatment/withdraw', event)
}

function openForProposal(context: Context, command: OnThreat): ThreatState | { refusal: Refusal } {
  const stage = inTreatment(context)
  if (stage) return stage
  const threat = asShown(context, command)
  if (isRefused(threat)) return threat
  if (threat.watched) return refuse({ code: 'not_watched' })
  if (threat.status === 'open') return threat
  return refuse({ code: 'already_decided', by: threat.lastBy, at: threat.lastAt, status: threat.status })
}

function proposing({ review }: Context, threat: ThreatState, { shown }: OnThreat, treatment: Treatment): ReviewEvent {
  const [fingerprint, seconds] = [fingerprintOf(review, threat), shown.seconds]
  const data = { threat: threat.id, revision: threat.revision, fingerprint, seconds, treatment }
  return { type: 'treatment.proposed', data }
}

/** The confirmation a rating needs: none if a person already stands behind it at this revision. */
export function confirm(
  context: Context,
  threat: ThreatState,
  rating: Rating,
  reason: string | undefined,
): ReviewEvent[] | { refusal: Refusal } {
  if (stands(threat, rating) && !reason) return []
  const { workspace, acting } = context
  const leads = holders(workspace, 'security_lead')
  const below = isLower(rating, threat.floor)
  if (below && !holds(workspace, acting.person, 'security_lead')) {
    return refuse({ code: 'only_lead_lowers', next: leads })
  }
  const problem = below || reason ? wordsProblem('ratingReason', reason ?? '') : undefined
  return problem ?? confirmed(threat, rating, reason)
}

function confirmed(threat: ThreatState, rating: Rating, reason?: string): ReviewEvent[] {
  if (stands(threat, rating) && !reason) return []
  return [{ type: 'threat.confirmed', data: { threat: threat.id, revision: threat.revision, rating, reason } }]
}

/** Whether someone already confirmed this very rating at this revision. */
function stands({ rating: held, confirmed: by, revision }: ThreatState, rating: Rating): boolean {
  return by?.revision === revision && rating.likelihood === held.likelihood && rating.impact === held.impact
}

type Checks = {
  [K in Treatment['kind']]: (treatment: Extract<Treatment, { kind: K }>) => { refusal: Refusal } | undefined
}

/** What is wrong with a proposed treatment, under the field that has to say it better. */
function treatmentProblem(
  context: Context,
  threat: ThreatState,
  treatment: Treatment,
): { refusal: Refusal } | undefined {
  const { workspace, acting } = context
  const today = dayOf(acting.at)
  const said = (name: string, words: Words, limit?: number) => wordsProblem(name, words, limit)
  const checks: Checks = {
    mitigate: ({ plan, due, doer }) => {
      if (due < today) return refuse(field('due', { code: 'date_past' }))
      if (!workspace.members[doer]) return refuse(field('doer', { code: 'not_a_person' }))
      if (onlyReads(workspace, doer)) return refuse(field('doer', { code: 'only_reads' }))
      return said('plan', plan)
    },
    in_place: ({ claim, quote }) => {
      const words = context.review.answers[quote.answer]?.words
      const exists = words !== undefined && quote.end > quote.start && quote.end <= (plain(words)?.length ?? 0)
      return said('claim', claim) ?? (exists ? undefined : refuse(field('quote', { code: 'no_quote' })))
    },
    accept: ({ reason, consequence, expires, residual }) =>
      said('reason', reason) ??
      said('consequence', consequence) ??
      expiryProblem(context, threat, residual, expires) ??
      (isLower(residual, threat.rating) && !threat.verified?.effective
        ? refuse(field('residual', { code: 'residual_below' }))
        : undefined),
    transfer: ({ reason, to }) => said('reason', reason) ?? said('to', to, 200),
    avoid: ({ reason }) => said('reason', reason),
    not_applicable: ({ reason }) => said('reason', reason),
  }
  return (checks[treatment.kind] as (one: Treatment) => { refusal: Refusal } | undefined)(treatment)
}

function expiryProblem({ workspace, acting }: Context, threat: ThreatState, residual: Rating, expires: string) {
  const today = dayOf(acting.at)
  if (expires <= today) return refuse(field('expires', { code: 'date_past' }))
  const [confirmedAs, left] = [severityOf(threat.rating), severityOf(residual)]
  const severity = compareSeverity(left, confirmedAs) > 0 ? left : confirmedAs
  const latest = addDays(today, workspace.policy.rules[severity].acceptDays)
  return expires > latest ? refuse(field('expires', { code: 'date_too_far', latest, severity })) : undefined
}
