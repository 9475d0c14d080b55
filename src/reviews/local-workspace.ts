// The workspace that ships with the local web chat, with five people who play the parts.
import { v4 as uuid, v7 } from 'uuid'
import { theClock } from '../domain/entry.ts'
import { standard } from '../domain/policy.ts'
import type { Role, WorkspaceEvent } from '../domain/workspace-event.ts'
import { workspaceStream } from '../store/folded.ts'
import { workspaceOf } from '../store/people.ts'
import { commandKey, transact } from '../store/transact.ts'
import type { App } from './app.ts'

const installation = 'web:local'

export interface LocalPerson {
  /** The last part of the identity `web:…`. */
  handle: string
  name: string
  /** What the person is in the company. */
  part: string
  roles: Role[]
}

export const localPeople: LocalPerson[] = [
  { handle: 'paula', name: 'Paula', part: 'product', roles: ['requester'] },
  { handle: 'milan', name: 'Milan', part: 'ML engineering', roles: ['contributor', 'requester'] },
  { handle: 'rosa', name: 'Rosa', part: 'risk', roles: ['risk_owner'] },
  { handle: 'sam', name: 'Sam', part: 'security lead', roles: ['security_lead'] },
  { handle: 'elena', name: 'Elena', part: 'executive', roles: ['executive'] },
]

/** The local workspace's id; made, with its people and the standard policy, the first time it is asked for. */
export async function localWorkspace(app: App): Promise<string> {
  const known = await workspaceOf(app.store.database, installation)
  if (known) return known
  const workspace = `countersign.local/${uuid().slice(0, 8)}`
  const at = app.now()
  const by = { actor: { person: theClock, role: 'system' as const, via: 'clock' as const } }
  try {
    await transact(app.store, {
      workspace,
      stream: workspaceStream,
      key: commandKey({ person: theClock, stream: workspaceStream, subject: installation, seen: 0, verb: 'create' }),
      intent: null,
      at,
      begins: true,
      decide: () => ({ events: founding().map((event) => ({ ...event, ...by })) }),
    })
    return workspace
  } catch (error) {
    // Two processes started in the same moment: the other's workspace is the one.
    const theirs = await workspaceOf(app.store.database, installation)
    if (theirs) return theirs
    throw error
  }
}

function founding(): WorkspaceEvent[] {
  const people = localPeople.map((one) => ({ ...one, person: `p-${v7()}` }))
  const owner = people.find(({ roles }) => roles.includes('risk_owner'))
  return [
    { type: 'workspace.created', data: { name: 'Local workspace', policy: standard } },
    { type: 'installation.linked', data: { installation } },
    ...people.flatMap(({ person, name, handle, roles }): WorkspaceEvent[] => [
      { type: 'identity.linked', data: { person, name, identity: `web:${handle}` } },
      ...roles.map((role): WorkspaceEvent => ({ type: 'role.granted', data: { person, role } })),
    ]),
    ...(owner
      ? [{ type: 'routing.changed', data: { area: 'default', owner: owner.person } } satisfies WorkspaceEvent]
      : []),
  ]
}
