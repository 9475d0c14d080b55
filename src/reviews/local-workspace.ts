// The workspace that ships with the local web chat, with five people who play the parts.
import type { Role } from '../domain/workspace-event.ts'
import type { App } from './app.ts'
import { foundWorkspace } from './found-workspace.ts'

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
  return await foundWorkspace(app, {
    installation: 'web:local',
    name: 'Local workspace',
    origin: 'countersign.local',
    people: localPeople.map(({ handle, name, roles }) => ({ identity: `web:${handle}`, name, roles })),
  })
}
