// The rows derived from a stream, as a pure function of its state: what status is counted from.
import { decidingSeverity } from './authority.ts'
import { openQuestions } from './open-questions.ts'
import { severities, severityOf } from './rating.ts'
import type { Review, ThreatState } from './review.ts'
import { plain } from './words.ts'
import type { Workspace } from './workspace.ts'

/** Rows by the names of their columns; null where words were erased. */
export interface ReviewRows {
  review: ReturnType<typeof reviewRow>
  threats: ReturnType<typeof threatRow>[]
  questions: {
    workspace: string
    review: string
    question: string
    threats: number
    owner: string | null
    due: string | null
  }[]
}

export function reviewRows(workspace: string, review: Review): ReviewRows {
  return {
    review: reviewRow(workspace, review),
    threats: Object.values(review.threats).map((threat) => threatRow(workspace, review, threat)),
    questions: openQuestions(review).map(({ question, threats, owned }) => ({
      ...{ workspace, review: review.id, question, threats },
      owner: owned?.person ?? null,
      due: owned?.due ?? null,
    })),
  }
}

function reviewRow(workspace: string, { id, feature, iteration, stage, requester, openedAt, signedOff, seq }: Review) {
  return {
    workspace,
    review: id,
    feature: feature.id,
    name: plain(feature.name) ?? null,
    iteration,
    stage,
    requester,
    opened_at: openedAt,
    signed_off_at: signedOff?.at ?? null,
    signed_off_by: signedOff?.by ?? null,
    seq,
  }
}

export function threatRow(workspace: string, review: Review, threat: ThreatState) {
  const { proposal, status } = threat
  const treatment = proposal?.treatment
  return {
    workspace,
    review: review.id,
    threat: threat.id,
    position: Object.keys(review.threats).indexOf(threat.id),
    title: plain(threat.text.title) ?? null,
    area: threat.area,
    severity: severityOf(threat.rating),
    deciding_severity: decidingSeverity(threat),
    status,
    watched: threat.watched,
    conditional: threat.conditionalOn.length > 0,
    owner: threat.owner,
    treatment: treatment?.kind ?? null,
    proposer: proposal?.by ?? null,
    signed_slots: proposal?.signatures.map(({ slot }) => slot) ?? [],
    signed_by: proposal?.signatures.flatMap(({ by, for: principal }) => (principal ? [by, principal] : [by])) ?? [],
    waiting_since: threat.waitingSince,
    decided_at: status === 'treated' ? (proposal?.signatures.at(-1)?.at ?? null) : null,
    due: treatment?.kind === 'mitigate' ? treatment.due : null,
    expires: treatment?.kind === 'accept' && status === 'treated' ? treatment.expires : null,
    doer: treatment?.kind === 'mitigate' ? treatment.doer : (proposal?.by ?? null),
    evidenced_by: threat.evidenced?.by ?? null,
    verified: threat.verified?.effective ?? null,
  }
}

export type WorkspaceRows = ReturnType<typeof workspaceRows>

export function workspaceRows(workspace: string, state: Workspace) {
  const members = Object.values(state.members)
  return {
    people: members.map(({ id, name, roles }) => ({ workspace, person: id, name: plain(name) ?? null, roles })),
    installations: state.installations.map((installation) => ({ installation, workspace })),
    identities: members.flatMap(({ id, identities }) =>
      identities.flatMap((words) => {
        const identity = plain(words)
        return identity === undefined ? [] : [{ workspace, identity, person: id }]
      }),
    ),
    rules: severities.flatMap((severity) => {
      const { signatures, acceptDays } = state.policy.rules[severity]
      return signatures.map((signers, slot) => ({
        ...{ workspace, severity, slot, signers },
        accept_days: acceptDays,
        three_people: state.policy.threePeople,
      }))
    }),
  }
}
