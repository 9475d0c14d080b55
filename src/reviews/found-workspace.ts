// Founding a workspace for an installation, and meeting the people who come in from its platform.
import { v4 as uuid, v7 } from 'uuid'
import { theClock } from '../domain/entry.ts'
import { standard } from '../domain/policy.ts'
import { holders, type Workspace } from '../domain/workspace.ts'
import { newcomerRoles, type Role, type WorkspaceEvent } from '../domain/workspace-event.ts'
import { workspaceStream } from '../store/folded.ts'
import { personOf, workspaceOf } from '../store/people.ts'
import { type Committed, commandKey, type Refused, transact } from '../store/transact.ts'
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

/**
 * Writes events of the workspace that no person decided: its founding, and who came along.
 * @param what `verb` and `subject` make the command's key, so that it is carried out once; `events` gives none to refuse
 */
async function asTheClock(
  app: App,
  workspace: string,
  what: {
    verb: string
    subject: string
    intent?: string
    begins?: boolean
    events: (now: Workspace) => WorkspaceEvent[] | undefined
  },
): Promise<Committed | Refused> {
  const { verb, subject, intent = null, begins = false } = what
  const by = { actor: { person: theClock, role: 'system' as const, via: 'clock' as const } }
  return await transact(app.store, {
    workspace,
    stream: workspaceStream,
    key: commandKey({ person: theClock, stream: workspaceStream, subject, seen: 0, verb }),
    intent,
    at: app.now(),
    begins,
    decide({ workspace: now }) {
      const events = what.events(now)
      if (!events) return { refusal: { code: 'needs_role', roles: ['security_lead'] } }
      return { events: events.map((event) => ({ ...event, ...by })) }
    },
  })
}

/** The workspace of an installation; made, under the standard policy, the first time it is asked for. */
export async function foundWorkspace(app: App, founding: Founding): Promise<string> {
  const { installation, origin } = founding
  const known = await workspaceOf(app.store.database, installation)
  if (known) return known
  const workspace = `${origin}/${uuid().slice(0, 8)}`
  try {
    const events = () => foundingEvents(founding)
    await asTheClock(app, workspace, { verb: 'create', subject: installation, begins: true, events })
    return workspace
  } catch (error) {
    // Two processes started in the same moment: the other's workspace is the one.
    const theirs = await workspaceOf(app.store.database, installation)
    if (theirs) return theirs
    throw error
  }
}

/** Has a workspace serve one more installation. */
export async function linkInstallation(app: App, workspace: string, installation: string): Promise<void> {
  const events = (): WorkspaceEvent[] => [{ type: 'installation.linked', data: { installation } }]
  await asTheClock(app, workspace, { verb: 'link installation', subject: installation, events })
  app.committed(workspace, workspaceStream)
}

function foundingEvents({ installation, name, people }: Founding): WorkspaceEvent[] {
  const members = people.map((one) => ({ ...one, person: `p-${v7()}` }))
  const owner = members.find(({ roles }) => roles.includes('risk_owner'))
  return [
    { type: 'workspace.created', data: { name, policy: standard } },
    { type: 'installation.linked', data: { installation } },
    ...members.flatMap(joining),
    ...(owner
      ? [{ type: 'routing.changed', data: { area: 'default', owner: owner.person } } satisfies WorkspaceEvent]
      : []),
  ]
}

function joining({ person, name, identity, roles }: Newcomer & { person: string }): WorkspaceEvent[] {
  return [{ type: 'identity.linked', data: { person, name, identity } }, ...granting(person, roles)]
}

function granting(person: string, roles: Role[]): WorkspaceEvent[] {
  return roles.map((role) => ({ type: 'role.granted', data: { person, role } }))
}

/** The person behind a platform account of this workspace; linked, as someone who may start reviews, when new. */
export async function meet(app: App, workspace: string, { identity, name }: Omit<Newcomer, 'roles'>): Promise<string> {
  const known = await personOf(app.store.database, workspace, identity)
  if (known) return known
  const person = `p-${v7()}`
  const events = () => joining({ identity, name, roles: newcomerRoles, person })
  await asTheClock(app, workspace, { verb: 'meet', subject: identity, intent: identity, events })
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
  const hasLead = (state: Workspace) => holders(state, 'security_lead').length > 0
  if (hasLead(await readWorkspace(app, workspace))) return false
  const events = (now: Workspace) => (hasLead(now) ? undefined : granting(person, ['security_lead', 'risk_owner']))
  const outcome = await asTheClock(app, workspace, { verb: 'lead', subject: `first lead ${person}`, events })
  if (!('entries' in outcome)) return false
  app.committed(workspace, workspaceStream)
  return true
}
