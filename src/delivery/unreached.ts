// People who cannot be reached anywhere: the person who started the review is told, once, and what to do about it.

import { nameOfPerson } from '../conversation/people.ts'
import { unreachedCard } from '../conversation/texts.ts'
import type { App } from '../reviews/app.ts'
import { type Addressed, forPerson, type Known } from './addressed.ts'
import type { Surfaces } from './places.ts'

/** The notices that should stand with the requester, one for each person who is reached nowhere. */
export async function noticesOf(
  app: App,
  surfaces: Surfaces,
  workspace: string,
  { review, workspace: state }: Known,
  nowhere: string[],
): Promise<Addressed[]> {
  const others = nowhere.filter((person) => person !== review.requester)
  const notices = others.map((person) => {
    const card = unreachedCard(nameOfPerson(state, person))
    return forPerson(app, surfaces, workspace, { key: `unreached/${person}`, card, person: review.requester })
  })
  return (await Promise.all(notices)).flat()
}
