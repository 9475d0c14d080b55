// Signing a proposal, or sending it back with a reason.
import { outsider, signing } from '../authority.ts'
import type { ReviewEvent } from '../event.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { field, type Refusal, refuse } from '../refusal.ts'
import type { Proposal, ThreatState } from '../review.ts'
import {
  asShown,
  type Context,
  inTreatment,
  isRefused,
  type OnThreat,
  type ReviewDecided,
  record,
  wordsProblem,
} from './context.ts'

export interface Approve extends OnThreat {
  /** The acceptor ticked that they saw what is unknown. */
  sawUnknowns: boolean
}

/** One signature under the standing proposal of one threat; there is no way to sign several at once. */
export function approve(context: Context, command: Approve): ReviewDecided {
  const standing = proposed(context, command)
  if (isRefused(standing)) return standing
  const { threat, proposal } = standing
  const { review, workspace, acting } = context
  const sign = signing(review, threat, workspace, acting)
  if (isRefused(sign)) return sign
  const unknown = threat.conditionalOn.filter((fact) => review.facts[fact] === 'unknown')
  const mustSee = proposal.treatment.kind === 'accept' && unknown.length > 0
  if (mustSee && !command.sawUnknowns) return refuse(field('sawUnknowns', { code: 'tick_missing' }))
  const [fingerprint, seconds] = [fingerprintOf(review, threat), command.shown.seconds]
  const { slot, complete, capacity } = sign
  const event: ReviewEvent = {
    type: 'treatment.approved',
    data: {
      threat: threat.id,
      revision: threat.revision,
      proposal: proposal.seq,
      ...{ slot, complete, fingerprint, seconds },
      sawUnknowns: mustSee ? unknown : [],
    },
  }
  return record(context, capacity, `treatment/approve/${workspace.policy.preset}`, event)
}

export interface Decline extends OnThreat {
  reason: string
}

/** Sends a proposal back; it takes the same authority as signing it. */
export function decline(context: Context, command: Decline): ReviewDecided {
  const standing = proposed(context, command)
  if (isRefused(standing)) return standing
  const { threat, proposal } = standing
  const { review, workspace, acting } = context
  const sign = signing(review, threat, workspace, acting)
  if (isRefused(sign)) return sign
  const problem = wordsProblem('reason', command.reason)
  if (problem) return problem
  const [fingerprint, seconds] = [fingerprintOf(review, threat), command.shown.seconds]
  const { id, revision } = threat
  const data = { threat: id, revision, proposal: proposal.seq, fingerprint, seconds, reason: command.reason }
  return record(context, sign.capacity, 'treatment/decline', { type: 'treatment.declined', data })
}

function proposed(
  context: Context,
  command: OnThreat,
): { threat: ThreatState; proposal: Proposal } | { refusal: Refusal } {
  const outside = outsider(context.workspace, context.acting)
  if (outside) return refuse(outside)
  const stage = inTreatment(context)
  if (stage) return stage
  const threat = asShown(context, command)
  if (isRefused(threat)) return threat
  const { proposal, status, lastBy: by, lastAt: at } = threat
  if (status === 'treated') return refuse({ code: 'already_decided', by, at, status })
  return proposal ? { threat, proposal } : refuse({ code: 'nothing_proposed' })
}
