// Founding a workspace for an installation, and meeting the people who come in from its platform.
import { v4 as uuid, v7 } from 'uuid'
import { theClock } from '../domain/entry.ts'
import { standard } from '../domain/policy.ts'
import { holders } from '../domain/workspace.ts'
import type { Role, WorkspaceEvent } from '../domain/workspace-event.ts'
import { workspaceStream } from '../store/folded.ts'
import { personOf, workspaceOf } from '../store/people.ts'
import { commandKey, transact } from '../store/transact.ts'
import type { App } from './app.ts'
import { readWorkspace } from './command.ts'

export interface Newcomer {
  /** Stable: `slack:T…/U…`, `entra:tenant/oid` or `web:name`. */
  identity: string
  name: string
  roles: Role[]
}

export interface Founding {
  /** `slack:T…`, `entra:…` or `web:local`. */
  installation: string
  name: string
  /** Leads the workspace's id, and with it the log's origin. */
  origin: string
  people: Newcomer[]
}

const byTheClock = { actor: { person: theClock, role: 'system' as const, via: 'clock' as const } }

/** The workspace of an installation; made, under the standard policy, the first time it is asked for. */
export async function foundWorkspace(app: App, founding: Founding): Promise<string> {
  const { installation, origin } = founding
  const known = await workspaceOf(app.store.database, installation)
  if (known) return known
  const workspace = `${origin}/${uuid().slice(0, 8)}`
  try {
    await transact(app.store, {
      workspace,
      stream: workspaceStream,
      key: commandKey({ person: theClock, stream: workspaceStream, subject: installation, seen: 0, verb: 'create' }),
      intent: null,
      at: app.now(),
      begins: true,
      decide: () => ({ events: foundingEvents(founding).map((event) => ({ ...event, ...byTheClock })) }),
    })
    return workspace
  } catch (error) {
    // Two processes started in the same moment: the other's workspace is the one.
    const theirs = await workspaceOf(app.store.database, installation)
    if (theirs) return theirs
    throw error
  }
}

function foundingEvents({ installation, name, people }: Founding): WorkspaceEvent[] {
  const members = people.map((one) => ({ ...one, person: `p-${v7()}` }))
  const owner = members.find(({ roles }) => roles.includes('risk_owner'))
  return [
    { type: 'workspace.created', data: { name, policy: standard } },
    { type: 'installation.linked', data: { installation } },
    ...members.flatMap(({ person, name, identity, roles }): WorkspaceEvent[] => [
      { type: 'identity.linked', data: { person, name, identity } },
      ...roles.map((role): WorkspaceEvent => ({ type: 'role.granted', data: { person, role } })),
    ]),
    ...(owner
      ? [{ type: 'routing.changed', data: { area: 'default', owner: owner.person } } satisfies WorkspaceEvent]
      : []),
  ]
}

/** The person behind a platform account of this workspace; linked, as someone who may start reviews, when new. */
export async function meet(app: App, workspace: string, { identity, name, roles }: Newcomer): Promise<string> {
  const known = await personOf(app.store.database, workspace, identity)
  if (known) return known
  const person = `p-${v7()}`
  await transact(app.store, {
    workspace,
    stream: workspaceStream,
    key: commandKey({ person: theClock, stream: workspaceStream, subject: identity, seen: 0, verb: 'meet' }),
    intent: identity,
    at: app.now(),
    decide: () => ({
      events: [
        { type: 'identity.linked' as const, data: { person, name, identity }, ...byTheClock },
        ...roles.map((role) => ({ type: 'role.granted' as const, data: { person, role }, ...byTheClock })),
      ],
    }),
  })
  app.committed(workspace, workspaceStream)
  const met = await personOf(app.store.database, workspace, identity)
  if (!met) throw new Error('an identity was linked and is not there')
  return met
}

/**
 * Makes someone the first security lead of a workspace that has none: whoever installed it, or the first administrator
 * of the platform who comes along. Gives whether they became it.
 */
export async function becomeFirstLead(app: App, workspace: string, person: string): Promise<boolean> {
  if (holders(await readWorkspace(app, workspace), 'security_lead').length > 0) return false
  const outcome = await transact(app.store, {
    workspace,
    stream: workspaceStream,
    key: commandKey({ person, stream: workspaceStream, subject: 'first lead', seen: 0, verb: 'lead' }),
    intent: null,
    at: app.now(),
    decide: ({ workspace: now }) =>
      holders(now, 'security_lead').length > 0
        ? { refusal: { code: 'needs_role', roles: ['security_lead'] } }
        : {
            events: (['security_lead', 'risk_owner'] as const).map((role) => ({
              type: 'role.granted' as const,
              data: { person, role },
              ...byTheClock,
            })),
          },
  })
  if (!('entries' in outcome)) return false
  app.committed(workspace, workspaceStream)
  return true
}
