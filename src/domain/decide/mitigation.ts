// After sign-off and before: bringing evidence that a mitigation is in place, and someone else verifying it.

import { refuse } from '../refusal.ts'
import { needsEvidence } from '../treatment.ts'
import {
  asShown,
  type Context,
  isRefused,
  type OnThreat,
  type ReviewDecided,
  record,
  wordsProblem,
  working,
} from './context.ts'

export interface Evidence extends OnThreat {
  evidence: string
}

export function bringEvidence(context: Context, command: Evidence): ReviewDecided {
  const capacity = working(context)
  if (isRefused(capacity)) return capacity
  const threat = asShown(context, command)
  if (isRefused(threat)) return threat
  const { proposal } = threat
  if (threat.status !== 'treated' || !proposal || !needsEvidence(proposal.treatment.kind)) {
    return refuse({ code: 'nothing_to_verify' })
  }
  const problem = wordsProblem('evidence', command.evidence)
  if (problem) return problem
  const data = { threat: threat.id, evidence: command.evidence }
  return record(context, capacity, 'mitigation/evidence', { type: 'mitigation.evidenced', data })
}

export interface Verify extends OnThreat {
  effective: boolean
  note: string
}

/** Someone other than the one who brought the evidence says whether it holds. */
export function verifyMitigation(context: Context, command: Verify): ReviewDecided {
  const capacity = working(context)
  if (isRefused(capacity)) return capacity
  const threat = asShown(context, command)
  if (isRefused(threat)) return threat
  if (!threat.evidenced || threat.verified) return refuse({ code: 'nothing_to_verify' })
  if (threat.evidenced.by === context.acting.person) return refuse({ code: 'own_evidence', by: threat.evidenced.by })
  const problem = wordsProblem('note', command.note)
  if (problem) return problem
  const data = { threat: threat.id, effective: command.effective, note: command.note }
  return record(context, capacity, 'mitigation/verify', { type: 'mitigation.verified', data })
}
