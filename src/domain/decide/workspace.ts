// Deciding about the workspace itself: people, roles, delegations, routing, policy.
import canonicalize from 'canonicalize'
import { outsider, signed } from '../authority.ts'
import { dayOf } from '../day.ts'
import type { Acting, Recorded } from '../entry.ts'
import { loosens, type Policy } from '../policy.ts'
import { type Decided, field, refuse } from '../refusal.ts'
import type { Area } from '../threat.ts'
import type { PersonId } from '../treatment.ts'
import { holders, holds, onlyReads, type Workspace } from '../workspace.ts'
import { newcomerRoles, type Role, type WorkspaceEvent } from '../workspace-event.ts'
import { wordsProblem } from './context.ts'

export type WorkspaceCommand =
  | { type: 'grant'; person: PersonId; role: Role }
  | { type: 'revoke'; person: PersonId; role: Role }
  | { type: 'delegate'; to: PersonId; until: string; reason: string }
  | { type: 'end_delegation'; delegation: number }
  | { type: 'route'; area: Area | 'default'; owner: PersonId }
  | { type: 'set_policy'; policy: Policy }
  /** One's own account on another platform, which `claimant` came in by so far; `unused` when they did nothing yet. */
  | { type: 'link'; identity: string; name: string; claimant: PersonId; unused: boolean }

/** Delegating one's own roles and linking one's own accounts is everyone's own; the rest is for security leads. Loosening the policy takes two of them. */
export function decideWorkspace(
  workspace: Workspace,
  command: WorkspaceCommand,
  acting: Acting,
): Decided<Recorded<WorkspaceEvent>> {
  const outside = outsider(workspace, acting)
  if (outside) return refuse(outside)
  const lead = holds(workspace, acting.person, 'security_lead')
  const done = (role: Role, ...events: WorkspaceEvent[]) => ({
    events: events.map((event) => ({
      ...event,
      ...signed(acting, { role, principal: acting.person }, workspace, `workspace/${command.type}`),
    })),
  })
  if (command.type === 'delegate') return delegating(workspace, command, acting, done)
  if (command.type === 'link') return linking(workspace, command, acting, done)
  if (command.type === 'end_delegation') {
    const standing = workspace.delegations.find(({ seq }) => seq === command.delegation)
    if (!standing) return refuse({ code: 'no_such_thing' })
    if (standing.from !== acting.person && !lead) return refuse({ code: 'needs_role', roles: ['security_lead'] })
    const role = lead ? 'security_lead' : (workspace.members[acting.person]?.roles[0] ?? 'requester')
    return done(role, { type: 'delegation.ended', data: { delegation: command.delegation } })
  }
  if (!lead) return refuse({ code: 'needs_role', roles: ['security_lead'] })
  switch (command.type) {
    case 'grant':
    case 'revoke': {
      const { person, role } = command
      if (!workspace.members[person]) return refuse(field('person', { code: 'not_a_person' }))
      const last = role === 'security_lead' && holders(workspace, role).length === 1
      if (command.type === 'revoke' && last && holds(workspace, person, role))
        return refuse({ code: 'last_security_lead' })
      const type = command.type === 'grant' ? 'role.granted' : 'role.revoked'
      return done('security_lead', { type, data: { person, role } })
    }
    case 'route': {
      const { area, owner } = command
      if (!holds(workspace, owner, 'risk_owner', 'security_lead'))
        return refuse(field('owner', { code: 'needs_owner_role' }))
      return done('security_lead', { type: 'routing.changed', data: { area, owner } })
    }
    case 'set_policy':
      return settingPolicy(workspace, command.policy, acting, done)
  }
}

/**
 * Makes another account the acting person's. It must not have been used as somebody's own yet: two people whose decisions
 * stand in the log never become one, and nobody gains a role by it.
 */
function linking(
  workspace: Workspace,
  { identity, name, claimant, unused }: Extract<WorkspaceCommand, { type: 'link' }>,
  acting: Acting,
  done: Done,
): Decided<Recorded<WorkspaceEvent>> {
  const person = acting.person
  const held = workspace.members[claimant]?.roles ?? []
  const routed = Object.values(workspace.routing).includes(claimant)
  const standsIn = workspace.delegations.some(({ from, to }) => from === claimant || to === claimant)
  const fresh = held.every((role) => newcomerRoles.includes(role)) && !routed && !standsIn && unused
  if (claimant === person || !fresh) return refuse({ code: 'account_in_use', by: claimant })
  return done(
    workspace.members[person]?.roles[0] ?? 'requester',
    { type: 'identity.linked', data: { person, name, identity, proof: 'code' } },
    ...held.map((role) => ({ type: 'role.revoked' as const, data: { person: claimant, role } })),
  )
}

type Done = (role: Role, ...events: WorkspaceEvent[]) => { events: Recorded<WorkspaceEvent>[] }

function delegating(
  workspace: Workspace,
  { to, until, reason }: Extract<WorkspaceCommand, { type: 'delegate' }>,
  acting: Acting,
  done: Done,
): Decided<Recorded<WorkspaceEvent>> {
  const from = acting.person
  if (!workspace.members[to] || to === from) return refuse(field('to', { code: 'not_a_person' }))
  if (onlyReads(workspace, to)) return refuse(field('to', { code: 'only_reads' }))
  if (until < dayOf(acting.at)) return refuse(field('until', { code: 'date_past' }))
  const problem = wordsProblem('reason', reason)
  if (problem) return problem
  const role = workspace.members[from]?.roles[0]
  if (!role) return refuse({ code: 'needs_role', roles: ['risk_owner', 'security_lead', 'executive'] })
  return done(role, { type: 'delegation.granted', data: { from, to, until, reason } })
}

function settingPolicy(
  workspace: Workspace,
  policy: Policy,
  acting: Acting,
  done: Done,
): Decided<Recorded<WorkspaceEvent>> {
  if (!loosens(workspace.policy, policy)) {
    return done('security_lead', { type: 'policy.changed', data: { policy, status: 'in_force' } })
  }
  const pending = workspace.proposedPolicy
  if (!pending || canonicalize(pending.policy) !== canonicalize(policy)) {
    return done('security_lead', { type: 'policy.changed', data: { policy, status: 'proposed' } })
  }
  if (pending.by === acting.person) return refuse({ code: 'own_policy_proposal' })
  const data = { policy, status: 'in_force' as const, confirms: pending.seq }
  return done('security_lead', { type: 'policy.changed', data })
}
