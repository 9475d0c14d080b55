// Which messages should stand where, as a pure function of a review: the difference is delivery's business.

import { waves } from '../domain/question.ts'
import type { Review } from '../domain/review.ts'
import type { PersonId } from '../domain/treatment.ts'
import type { Workspace } from '../domain/workspace.ts'
import type { Card } from './card.ts'
import { askedCard, askedPeople, currentWave, waveCard } from './interview-cards.ts'
import { reviewCard } from './review-card.ts'
import { signOffCard, signOffPeople } from './sign-off-card.ts'
import { peopleAtWork, workListCard } from './work-list.ts'

export interface Message {
  /** Stable: the same message keeps its key through every update. */
  key: string
  /** Where the review takes place, with those who are expected to act there; or to one person. */
  to: { kind: 'review'; actors: PersonId[] } | { kind: 'person'; person: PersonId }
  card: Card
}

/** Every message that should stand for a review as it is now. */
export function desiredMessages(review: Review, workspace: Workspace): Message[] {
  const here = { kind: 'review', actors: expectedHere(review, workspace) } as const
  const shownWaves = Math.min(currentWave(review) + 1, waves.length)
  const interview = Array.from({ length: shownWaves }, (_, wave): Message => {
    return { key: `wave/${wave}`, to: here, card: waveCard(review, workspace, wave) }
  })
  const asked = askedPeople(review).map((person): Message => {
    return { key: `asked/${person}`, to: { kind: 'person', person }, card: askedCard(review, workspace, person) }
  })
  if (!review.drafted) return [...interview, ...asked]
  const work = peopleAtWork(review, workspace).map((person): Message => {
    return { key: `work/${person}`, to: { kind: 'person', person }, card: workListCard(review, workspace, person) }
  })
  const signing = signOffPeople(review, workspace).map((person): Message => {
    return { key: `sign-off/${person}`, to: { kind: 'person', person }, card: signOffCard(review, workspace) }
  })
  return [...interview, ...asked, { key: 'review', to: here, card: reviewCard(review, workspace) }, ...work, ...signing]
}

/** Those who are expected to act where a review takes place: its requester, whoever was asked, whoever has work in it. */
function expectedHere(review: Review, workspace: Workspace): PersonId[] {
  const working = review.drafted ? peopleAtWork(review, workspace) : []
  return [...new Set([review.requester, ...askedPeople(review), ...working])]
}
