// The messages that should stand, each with the place where it should: a person's on every platform they have.
import type { Card } from '../conversation/card.ts'
import { desiredMessages } from '../conversation/desired-messages.ts'
import type { Review } from '../domain/review.ts'
import type { PersonId } from '../domain/treatment.ts'
import type { App } from '../reviews/app.ts'
import type { Folded } from '../store/folded.ts'
import { type Address, placeOf, placesOfPerson, type Surfaces } from './places.ts'

/** A stream folded, of a review that was begun. */
export type Known = Folded & { review: Review }

export interface Addressed {
  key: string
  card: Card
  /** Undefined where the place was erased, or nobody is served on its platform. */
  place: Address | undefined
  actors: PersonId[]
  /** Whom it is for; without one it is for everyone where the review takes place. */
  person?: PersonId
}

/** Every message of a review with its place. */
export async function addressed(
  app: App,
  surfaces: Surfaces,
  workspace: string,
  { review, workspace: state }: Known,
): Promise<Addressed[]> {
  const all = desiredMessages(review, state).map(async ({ key, to, card }): Promise<Addressed[]> => {
    if (to.kind === 'review') return [{ key, card, place: placeOf(review), actors: to.actors }]
    return await forPerson(app, surfaces, workspace, { key, card, person: to.person })
  })
  return (await Promise.all(all)).flat()
}

/** A person's message under a key per platform. */
export async function forPerson(
  app: App,
  surfaces: Surfaces,
  workspace: string,
  { key, card, person }: { key: string; card: Card; person: PersonId },
): Promise<Addressed[]> {
  const places = await placesOfPerson(app, surfaces, workspace, person)
  return places.map((place) => ({ key: `${key}@${place.surface}`, card, place, actors: [person], person }))
}
