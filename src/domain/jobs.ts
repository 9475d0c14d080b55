// Which entries start a clock: the day an acceptance runs out, the day after a mitigation fell due.
import { addDays } from './day.ts'
import type { ReviewEntry } from './entry.ts'
import type { Review } from './review.ts'

/** A job holds ids only; what it is about is read from the log when its time has come. */
export interface LapseJob {
  queue: 'lapse'
  review: string
  threat: string
  proposal: number
  /** RFC 3339, UTC: when to look. */
  at: string
}

/** The jobs that newly appended entries ask for. `review` is the state after them. */
export function jobsFor(review: Review, entries: ReviewEntry[]): LapseJob[] {
  return entries.flatMap((entry): LapseJob[] => {
    if (entry.type !== 'treatment.approved' || !entry.data.complete) return []
    const { threat, proposal } = entry.data
    const treatment = review.threats[threat]?.proposal?.treatment
    const day =
      treatment?.kind === 'accept'
        ? treatment.expires
        : treatment?.kind === 'mitigate'
          ? addDays(treatment.due, 1)
          : undefined
    return day ? [{ queue: 'lapse', review: review.id, threat, proposal, at: `${day}T00:00:00.000Z` }] : []
  })
}
