// What time itself does: acceptances run out, mitigations fall due.
import { dayOf } from '../day.ts'
import { type Recorded, theClock } from '../entry.ts'
import type { ReviewEvent } from '../event.ts'
import { refuse } from '../refusal.ts'
import type { Context, ReviewDecided } from './context.ts'

export interface Lapse {
  threat: string
  /** The proposal whose day has come; a newer one is not touched. */
  proposal: number
}

/** Opens again the one threat whose acceptance expired or whose mitigation is overdue without verified evidence. */
export function lapse({ review, workspace, acting }: Context, { threat: id, proposal }: Lapse): ReviewDecided {
  const threat = review.threats[id]
  if (threat?.status !== 'treated' || threat.proposal?.seq !== proposal) return refuse({ code: 'not_due' })
  const { treatment } = threat.proposal
  const today = dayOf(acting.at)
  const by = {
    actor: { person: theClock, role: 'system' as const, via: 'clock' as const },
    authority: { rule: 'clock/lapse', policy: workspace.seq },
  }
  const events: ReviewEvent[] = []
  if (treatment.kind === 'accept' && treatment.expires <= today) {
    events.push({ type: 'acceptance.expired', data: { threat: id, proposal } })
    events.push({ type: 'threat.reopened', data: { threat: id, cause: 'acceptance_expired' } })
  } else if (treatment.kind === 'mitigate' && treatment.due < today && !threat.verified?.effective) {
    events.push({ type: 'threat.reopened', data: { threat: id, cause: 'mitigation_overdue' } })
  } else {
    return refuse({ code: 'not_due' })
  }
  if (review.stage === 'signed_off') {
    const cause = treatment.kind === 'accept' ? 'acceptance_expired' : 'mitigation_overdue'
    events.push({ type: 'review.reopened', data: { cause } })
  }
  return { events: events.map((event): Recorded<ReviewEvent> => ({ ...event, ...by })) }
}
