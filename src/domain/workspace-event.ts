// The events of the workspace's own stream: who may do what, under which policy, and what was erased.
import { z } from 'zod'
import { Policy } from './policy.ts'
import { Area } from './threat.ts'
import { Day, PersonId } from './treatment.ts'
import { personal } from './words.ts'

export const roles = ['requester', 'contributor', 'risk_owner', 'security_lead', 'executive', 'auditor'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** What anyone has who comes in from a platform; whoever holds more than that is somebody already. */
export const newcomerRoles: Role[] = ['requester', 'contributor']

const Seq = z.int().positive()

export const workspaceEvents = {
  'workspace.created': z.strictObject({ name: personal(120), policy: Policy }),
  /** A Slack team or enterprise, an Entra tenant, or the local web chat: `slack:T…`, `entra:…`, `web:local`. */
  'installation.linked': z.strictObject({ installation: z.string().min(1).max(200) }),
  'identity.linked': z.strictObject({
    person: PersonId,
    name: personal(120),
    /** `slack:T…/U…`, `entra:tenant/oid` or `web:name` */
    identity: personal(300),
    /** How it was proved that both accounts are one person's: one was shown a code, the other typed it, the first confirmed. */
    proof: z.literal('code').optional(),
  }),
  'role.granted': z.strictObject({ person: PersonId, role: Role }),
  'role.revoked': z.strictObject({ person: PersonId, role: Role }),
  'delegation.granted': z.strictObject({ from: PersonId, to: PersonId, until: Day, reason: personal() }),
  'delegation.ended': z.strictObject({ delegation: Seq }),
  'routing.changed': z.strictObject({ area: z.union([Area, z.literal('default')]), owner: PersonId }),
  /** Loosening takes two security leads: the first entry proposes, the second (naming it) puts it in force. */
  'policy.changed': z.strictObject({
    policy: Policy,
    status: z.enum(['proposed', 'in_force']),
    confirms: Seq.optional(),
  }),
  'privacy.erased': z.strictObject({
    stream: z.string(),
    seqs: z.array(Seq),
    commitments: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
    basis: z.string().min(1).max(400),
  }),
} as const

type Schemas = typeof workspaceEvents
export type WorkspaceEventType = keyof Schemas
export type WorkspaceEventOf<T extends WorkspaceEventType> = { type: T; data: z.infer<Schemas[T]> }
export type WorkspaceEvent = { [T in WorkspaceEventType]: WorkspaceEventOf<T> }[WorkspaceEventType]
