// A drafted review in a real database, and what its cards would send.

import { answers as waveValues } from '../../src/cli/demo/answers.ts'
import { readAnswers } from '../../src/conversation/answer-inputs.ts'
import { lastSeqOf } from '../../src/domain/decide/interview.ts'
import type { ReviewCommand } from '../../src/domain/decide.ts'
import { fingerprintOf, shortFingerprint } from '../../src/domain/fingerprint.ts'
import { waves } from '../../src/domain/question.ts'
import { listed, type Review } from '../../src/domain/review.ts'
import { type App, actingNow, type Visitor } from '../../src/reviews/app.ts'
import { command, readReview } from '../../src/reviews/command.ts'
import { openReview } from '../../src/reviews/open-review.ts'
import type { Committed, Refused } from '../../src/store/transact.ts'

/** Opens and answers a review as this person; gives its id. */
export async function draftedReview(app: App, visitor: Visitor, origin = 'origin'): Promise<string> {
  const { review } = await openReview(app, visitor, { name: `Copilot ${origin}`, origin })
  for (const [wave, values] of waveValues.entries()) {
    const state = await reviewNow(app, visitor.workspace, review)
    const answers = readAnswers(waves[wave] ?? [], values)
    if ('refusal' in answers) throw new Error('the fixture’s answers do not read')
    const outcome = await send(app, visitor, review, {
      type: 'answer',
      answers,
      seen: lastSeqOf(state, waves[wave] ?? []),
    })
    if ('refusal' in outcome) throw new Error(`the fixture was refused: ${outcome.refusal.code}`)
  }
  return review
}

export async function reviewNow(app: App, workspace: string, review: string): Promise<Review> {
  const found = await readReview(app, workspace, review)
  if (!found) throw new Error(`there is no review ${review}`)
  return found.review
}

export async function send(
  app: App,
  visitor: Visitor,
  review: string,
  what: ReviewCommand,
): Promise<Committed | Refused> {
  return await command(app, visitor.workspace, review, actingNow(app, visitor), what)
}

/** What a card of this threat sends as the review stands. */
export function onThreat(review: Review, id: string) {
  const threat = review.threats[id]
  if (!threat) throw new Error(`there is no threat ${id}`)
  return { threat: id, shown: { seen: threat.lastSeq, fingerprint: shortFingerprint(fingerprintOf(review, threat)) } }
}

/** Proposes to avoid a threat, as its card would. */
export function avoiding(review: Review, id: string): ReviewCommand {
  const rating = review.threats[id]?.rating ?? { likelihood: 1, impact: 1 }
  return { type: 'propose', ...onThreat(review, id), rating, treatment: { kind: 'avoid', reason: 'Left out.' } }
}

export const listedIds = (review: Review): string[] => listed(review).map(({ id }) => id)
