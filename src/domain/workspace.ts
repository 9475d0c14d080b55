// The workspace as its stream tells it: people, roles, delegations, routing, policy in force, erasures.
import type { WorkspaceEntry } from './entry.ts'
import { type Policy, standard } from './policy.ts'
import type { Area } from './threat.ts'
import type { PersonId } from './treatment.ts'
import { plain, type Words } from './words.ts'
import type { Role } from './workspace-event.ts'

interface Member {
  id: PersonId
  name: Words
  identities: Words[]
  roles: Role[]
}

interface Delegation {
  seq: number
  from: PersonId
  to: PersonId
  until: string
}

export interface Workspace {
  name: Words
  seq: number
  installations: string[]
  members: Record<PersonId, Member>
  delegations: Delegation[]
  routing: Partial<Record<Area | 'default', PersonId>>
  policy: Policy
  /** A loosening that waits for a second security lead. */
  proposedPolicy?: { seq: number; by: PersonId; policy: Policy } | undefined
  /** By stream, the workspace seq of its newest erasure: a folded state older than that must be folded again. */
  erasures: Record<string, number>
}

export const noWorkspace: Workspace = {
  name: '',
  seq: 0,
  installations: [],
  members: {},
  delegations: [],
  routing: {},
  policy: standard,
  erasures: {},
}

/** The workspace after one more entry of its stream. */
export function evolveWorkspace(state: Workspace, entry: WorkspaceEntry): Workspace {
  return { ...apply(state, entry), seq: entry.seq }
}

function apply(state: Workspace, entry: WorkspaceEntry): Workspace {
  switch (entry.type) {
    case 'workspace.created':
      return { ...state, name: entry.data.name, policy: entry.data.policy }
    case 'installation.linked':
      return { ...state, installations: [...state.installations, entry.data.installation] }
    case 'identity.linked': {
      const { person, name, identity } = entry.data
      const others = without(state, identity)
      const known = others.members[person] ?? { id: person, name, identities: [], roles: [] }
      return withMember(others, { ...known, identities: [...known.identities, identity] })
    }
    case 'role.granted': {
      const known = member(state, entry.data.person)
      if (known.roles.includes(entry.data.role)) return state
      return withMember(state, { ...known, roles: [...known.roles, entry.data.role] })
    }
    case 'role.revoked': {
      const known = member(state, entry.data.person)
      return withMember(state, { ...known, roles: known.roles.filter((role) => role !== entry.data.role) })
    }
    case 'delegation.granted': {
      const { from, to, until } = entry.data
      return { ...state, delegations: [...state.delegations, { seq: entry.seq, from, to, until }] }
    }
    case 'delegation.ended':
      return { ...state, delegations: state.delegations.filter(({ seq }) => seq !== entry.data.delegation) }
    case 'routing.changed':
      return { ...state, routing: { ...state.routing, [entry.data.area]: entry.data.owner } }
    case 'policy.changed': {
      const { policy, status } = entry.data
      if (status === 'in_force') return { ...state, policy, proposedPolicy: undefined }
      return { ...state, proposedPolicy: { seq: entry.seq, by: entry.actor.person, policy } }
    }
    case 'privacy.erased':
      return { ...state, erasures: { ...state.erasures, [entry.data.stream]: entry.seq } }
  }
}

function member(state: Workspace, id: PersonId): Member {
  return state.members[id] ?? { id, name: id, identities: [], roles: [] }
}

/** An account belongs to one person: whoever it was linked to before has it no more. */
function without(state: Workspace, identity: Words): Workspace {
  const account = plain(identity)
  const holder = Object.values(state.members).find(({ identities }) => identities.some((one) => plain(one) === account))
  if (account === undefined || !holder) return state
  return withMember(state, { ...holder, identities: holder.identities.filter((one) => plain(one) !== account) })
}

function withMember(state: Workspace, changed: Member): Workspace {
  return { ...state, members: { ...state.members, [changed.id]: changed } }
}

/** The people who hold a role, in the order they came. */
export function holders(workspace: Workspace, role: Role): PersonId[] {
  return Object.values(workspace.members)
    .filter(({ roles }) => roles.includes(role))
    .map(({ id }) => id)
}

/** An auditor and nothing else: reads everything, decides nothing, and owes nobody an answer. */
export function onlyReads(workspace: Workspace, person: PersonId): boolean {
  const roles = workspace.members[person]?.roles ?? []
  return roles.length > 0 && roles.every((role) => role === 'auditor')
}

/** Whether someone can still come in: whoever gave their last account to another person cannot. */
export function isPresent({ members }: Workspace, person: PersonId): boolean {
  return (members[person]?.identities.length ?? 0) > 0
}

/** Everyone who can still come in, in the order they came. */
export function present(workspace: Workspace): Member[] {
  return Object.values(workspace.members).filter(({ id }) => isPresent(workspace, id))
}

export function holds(workspace: Workspace, person: PersonId, ...roles: Role[]): boolean {
  return roles.some((role) => workspace.members[person]?.roles.includes(role))
}
