// Who may do what: roles held or delegated, and the signatures a severity needs.
import type { Acting, Actor, Authority } from './entry.ts'
import type { Signer } from './policy.ts'
import { compareSeverity, type Severity, severityOf } from './rating.ts'
import type { Refusal } from './refusal.ts'
import type { Review, ThreatState } from './review.ts'
import type { PersonId } from './treatment.ts'
import { holders, holds, isPresent, onlyReads, type Workspace } from './workspace.ts'
import type { Role } from './workspace-event.ts'

/** A role a person can act in: their own, or another's by a delegation in force. */
export interface Capacity {
  role: Role
  principal: PersonId
  delegation?: number
}

/** Every capacity of the acting person, own ones first; none for an auditor, whatever someone lent them. */
export function capacities(workspace: Workspace, { person, at }: Acting): Capacity[] {
  if (onlyReads(workspace, person)) return []
  const own = (workspace.members[person]?.roles ?? []).map((role): Capacity => ({ role, principal: person }))
  const lent = workspace.delegations
    .filter(({ to, until }) => to === person && until >= at.slice(0, 10))
    .flatMap(({ from, seq }) =>
      (workspace.members[from]?.roles ?? []).map((role): Capacity => ({ role, principal: from, delegation: seq })),
    )
  return [...own, ...lent]
}

/** Guests, outsiders of shared channels and deactivated accounts never act; nor does anyone the workspace does not know. */
export function outsider(workspace: Workspace, acting: Acting): Refusal | undefined {
  if (acting.standing !== 'member') return { code: 'not_a_member', standing: acting.standing }
  return isPresent(workspace, acting.person) ? undefined : { code: 'not_known' }
}

const working: Role[] = ['contributor', 'risk_owner', 'security_lead']

/** The capacity in which someone works on a review: its requester, someone it asked, or by a role; undefined for others. */
export function worksOn(review: Review, workspace: Workspace, acting: Acting): Capacity | undefined {
  if (onlyReads(workspace, acting.person)) return undefined
  if (acting.person === review.requester) return { role: 'requester', principal: acting.person }
  const asked = Object.values(review.questions).some(({ asked }) => asked?.person === acting.person)
  if (asked) return { role: 'contributor', principal: acting.person }
  return capacities(workspace, acting).find(({ role }) => working.includes(role))
}

/** What the envelope of an entry says of the one who acted. */
export function signed(
  acting: Acting,
  capacity: Capacity,
  workspace: Workspace,
  rule: string,
): { actor: Actor; authority: Authority } {
  const actor: Actor = { person: acting.person, role: capacity.role, via: acting.via }
  const authority: Authority = { rule, policy: workspace.seq }
  if (capacity.delegation === undefined) return { actor, authority }
  return { actor, authority: { ...authority, for: { person: capacity.principal, delegation: capacity.delegation } } }
}

/** The severity a decision on this threat needs authority for: the confirmed one, or a residual raised above it. */
export function decidingSeverity(threat: ThreatState): Severity {
  const confirmed = severityOf(threat.rating)
  const treatment = threat.proposal?.treatment
  if (treatment?.kind !== 'accept') return confirmed
  const residual = severityOf(treatment.residual)
  return compareSeverity(residual, confirmed) > 0 ? residual : confirmed
}

/** The signatures a standing proposal needs; a dispute that the threat applies at all is a security lead's to settle. */
function signaturesNeeded(threat: ThreatState, workspace: Workspace): Signer[][] {
  const { signatures } = workspace.policy.rules[decidingSeverity(threat)]
  if (threat.proposal?.treatment.kind !== 'not_applicable') return signatures
  return signatures.map((signers) => (signers.includes('security_lead') ? ['security_lead'] : signers))
}

const signerRoles: Record<Signer, Role[]> = {
  risk_owner: ['risk_owner', 'security_lead'],
  security_lead: ['security_lead'],
  executive: ['executive'],
}

/** The people who could fill a signature on this threat, by role alone. */
function candidates(signer: Signer, threat: ThreatState, workspace: Workspace): PersonId[] {
  if (signer === 'risk_owner') return holds(workspace, threat.owner, ...signerRoles.risk_owner) ? [threat.owner] : []
  return holders(workspace, signer)
}

export type Signing = { slot: number; capacity: Capacity; complete: boolean } | { refusal: Refusal }

/**
 * Whether the acting person may put the next signature under the standing proposal of a threat.
 * The proposer never may, neither in person nor through someone who stands in for them; nobody signs twice.
 */
export function signing(review: Review, threat: ThreatState, workspace: Workspace, acting: Acting): Signing {
  const proposal = threat.proposal
  if (!proposal) return { refusal: { code: 'nothing_proposed' } }
  const needed = signaturesNeeded(threat, workspace)
  const next = nextSigners(review, threat, workspace)
  if (proposal.by === acting.person) return { refusal: { code: 'own_proposal', next } }
  const taken = proposal.signatures.flatMap(({ by, for: principal }) => (principal ? [by, principal] : [by]))
  if (taken.includes(acting.person)) return { refusal: { code: 'already_signed', next } }
  const filled = proposal.signatures.map(({ slot }) => slot)
  const mine = capacities(workspace, acting).filter(
    ({ principal }) => principal !== proposal.by && !taken.includes(principal),
  )
  let apart = false
  for (const [slot, signers] of needed.entries()) {
    if (filled.includes(slot)) continue
    for (const signer of signers) {
      const capacity = mine.find((one) => fills(signer, one, threat))
      if (!capacity) continue
      if (workspace.policy.threePeople && !isThird(signer, [acting.person, capacity.principal], review, threat)) {
        apart = true
        continue
      }
      return { slot, capacity, complete: filled.length + 1 === needed.length }
    }
  }
  if (apart) return { refusal: { code: 'three_people', next } }
  const signers = [...new Set(needed.filter((_, slot) => !filled.includes(slot)).flat())]
  return { refusal: { code: 'lacks_authority', severity: decidingSeverity(threat), signers, next } }
}

function fills(signer: Signer, { role, principal }: Capacity, threat: ThreatState): boolean {
  return signerRoles[signer].includes(role) && (signer !== 'risk_owner' || principal === threat.owner)
}

/** Regulated: the requester signs nothing, and a threat's own risk owner does not sign as security lead. */
function isThird(signer: Signer, people: PersonId[], review: Review, threat: ThreatState): boolean {
  if (people.includes(review.requester)) return false
  return signer !== 'security_lead' || !people.includes(threat.owner)
}

/** The people whose signature a standing proposal waits for, the threat's own risk owner first. */
export function nextSigners(review: Review, threat: ThreatState, workspace: Workspace): PersonId[] {
  const proposal = threat.proposal
  if (!proposal) return []
  const { signatures } = proposal
  const open = signaturesNeeded(threat, workspace).filter((_, slot) => !signatures.some((one) => one.slot === slot))
  const people = open.flatMap((signers) =>
    signers.flatMap((signer) =>
      candidates(signer, threat, workspace).filter(
        (one) => !workspace.policy.threePeople || isThird(signer, [one], review, threat),
      ),
    ),
  )
  const out = new Set([proposal.by, ...signatures.flatMap(({ by, for: principal }) => [by, principal ?? by])])
  return [...new Set(people)].filter((person) => !out.has(person))
}
