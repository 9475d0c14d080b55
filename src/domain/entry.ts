// One event in the log, with who, when and by what authority.
import { z } from 'zod'
import type { ReviewEvent, ReviewEventOf, ReviewEventType } from './event.ts'
import { PersonId } from './treatment.ts'
import { Role, type WorkspaceEvent, type WorkspaceEventOf, type WorkspaceEventType } from './workspace-event.ts'

const Via = z.enum(['slack', 'teams', 'web', 'cli', 'clock'])
type Via = z.infer<typeof Via>

/** The person behind an entry, in the role they acted in. The clock acts under this id of its own. */
export const Actor = z.strictObject({
  person: PersonId,
  role: z.union([Role, z.literal('system')]),
  via: Via,
})
export type Actor = z.infer<typeof Actor>
export const theClock = 'system'

/** By what right: the rule, the policy entry in force, and for whom where a delegation carried it. */
export const Authority = z.strictObject({
  rule: z.string().max(80),
  /** Seq in the workspace's stream up to which policy, roles and delegations were read. */
  policy: z.int().nonnegative(),
  for: z.strictObject({ person: PersonId, delegation: z.int().positive() }).optional(),
})
export type Authority = z.infer<typeof Authority>

export type DomainEvent = ReviewEvent | WorkspaceEvent

interface Envelope {
  seq: number
  /** RFC 3339, UTC. */
  at: string
  actor: Actor
  authority?: Authority | undefined
  /** The leaf hash of the entry's bytes, hex: what a person can hold against the log later. */
  receipt: string
}

export type Entry<E extends { type: string } = DomainEvent> = E & Envelope
export type ReviewEntry<T extends ReviewEventType = ReviewEventType> = {
  [K in T]: Entry<ReviewEventOf<K>>
}[T]
export type WorkspaceEntry<T extends WorkspaceEventType = WorkspaceEventType> = {
  [K in T]: Entry<WorkspaceEventOf<K>>
}[T]

/** An event as `decide` returns it, before the log gives it its place. */
export type Recorded<E extends DomainEvent = DomainEvent> = E & Pick<Envelope, 'actor' | 'authority'>

/** Who does something, when and through what; comes in with every command. */
export interface Acting {
  person: PersonId
  via: Via
  at: string
  /** What the platform says of the account; anything but a member decides nothing. */
  standing: 'member' | 'guest' | 'outsider' | 'deactivated'
}
