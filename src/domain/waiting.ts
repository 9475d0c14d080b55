// What each threat waits for, and on whom.
import { nextSigners } from './authority.ts'
import { listed, type Review, type ThreatState } from './review.ts'
import { needsEvidence, type PersonId } from './treatment.ts'
import { holders, onlyReads, type Workspace } from './workspace.ts'

export type WaitsFor = 'proposal' | 'signature' | 'evidence' | 'verification'

export interface Waiting {
  threat: ThreatState
  waitsFor: WaitsFor
  people: PersonId[]
}

/** What a listed threat waits for; undefined once nothing is left to do about it. */
export function waitingFor(review: Review, threat: ThreatState, workspace: Workspace): Waiting | undefined {
  const { proposal, status, evidenced, verified } = threat
  if (status === 'open') return { threat, waitsFor: 'proposal', people: [review.requester] }
  if (status === 'proposed') return { threat, waitsFor: 'signature', people: nextSigners(review, threat, workspace) }
  if (status !== 'treated' || !proposal || !needsEvidence(proposal.treatment.kind) || verified) return undefined
  if (!evidenced) {
    const { treatment } = proposal
    return { threat, waitsFor: 'evidence', people: [treatment.kind === 'mitigate' ? treatment.doer : proposal.by] }
  }
  const verifiers = [threat.owner, ...holders(workspace, 'security_lead')].filter((person) => person !== evidenced.by)
  return { threat, waitsFor: 'verification', people: [...new Set(verifiers)] }
}

/** The people something waits on, each followed by whoever stood in for them when the wait began. */
export function withStandIns({ threat, waitsFor, people }: Waiting, workspace: Workspace): PersonId[] {
  if (waitsFor !== 'signature') return people
  const since = threat.waitingSince.slice(0, 10)
  const out = [threat.proposal?.by, ...(threat.proposal?.signatures.map(({ by }) => by) ?? [])]
  const all = people.flatMap((person) => [
    person,
    ...workspace.delegations.filter(({ from, until }) => from === person && until >= since).map(({ to }) => to),
  ])
  return [...new Set(all)].filter((person) => !out.includes(person) && !onlyReads(workspace, person))
}

/** Everything in a review that waits, in the order of its threats. */
export function allWaiting(review: Review, workspace: Workspace): Waiting[] {
  return listed(review).flatMap((threat) => waitingFor(review, threat, workspace) ?? [])
}
