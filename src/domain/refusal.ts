// Why a command is refused, as data; the words people read are the conversation's.
import type { Signer } from './policy.ts'
import type { Severity } from './rating.ts'
import type { Stage, ThreatStatus } from './review.ts'
import type { PersonId } from './treatment.ts'
import type { Role } from './workspace-event.ts'

export type Refusal =
  | { code: 'not_a_member'; standing: 'guest' | 'outsider' | 'deactivated' }
  | { code: 'not_known' }
  | { code: 'needs_role'; roles: Role[] }
  | { code: 'not_working_on_it'; requester: PersonId }
  | { code: 'wrong_stage'; stage: Stage }
  | { code: 'no_such_thing' }
  | { code: 'already_decided'; by: PersonId; at: string; status: ThreatStatus }
  | { code: 'changed_since_shown'; by: PersonId; at: string }
  | { code: 'nothing_proposed' }
  | { code: 'own_proposal'; next: PersonId[] }
  | { code: 'own_request'; next: PersonId[] }
  | { code: 'already_signed'; next: PersonId[] }
  | { code: 'lacks_authority'; severity: Severity; signers: Signer[]; next: PersonId[] }
  | { code: 'three_people'; next: PersonId[] }
  | { code: 'only_lead_lowers'; next: PersonId[] }
  | { code: 'only_proposer_withdraws'; by: PersonId }
  | { code: 'own_evidence'; by: PersonId }
  | { code: 'nothing_to_verify' }
  | { code: 'merge_into_milder' }
  | { code: 'not_watched' }
  | { code: 'not_ready'; open: number; unknowns: number }
  | { code: 'nothing_said' }
  | { code: 'last_security_lead' }
  | { code: 'own_policy_proposal' }
  | { code: 'account_in_use'; by: PersonId }
  | { code: 'not_due' }
  | { code: 'different_intent' }
  | FieldRefusal

/** Something a person typed or left out; the form shows it under the field. */
export type FieldRefusal = { code: 'field'; field: string; problem: FieldProblem }
export type FieldProblem =
  | { code: 'reason_missing' }
  | { code: 'date_past' }
  | { code: 'date_too_far'; latest: string; severity: Severity }
  | { code: 'residual_below' }
  | { code: 'tick_missing' }
  | { code: 'needs_owner_role' }
  | { code: 'not_a_person' }
  | { code: 'only_reads' }
  | { code: 'missing' }
  | { code: 'not_a_choice' }
  | { code: 'too_long'; limit: number }
  | { code: 'not_storable' }
  | { code: 'no_quote' }

export const field = (name: string, problem: FieldProblem): FieldRefusal => ({ code: 'field', field: name, problem })

export type Decided<E> = { events: E[] } | { refusal: Refusal }

export const refuse = (refusal: Refusal): { refusal: Refusal } => ({ refusal })
