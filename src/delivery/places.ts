// Where messages go: the places of reviews and people on the surfaces this process serves.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Review } from '../domain/review.ts'
import { plain } from '../domain/words.ts'
import type { App } from '../reviews/app.ts'
import { identitiesOf } from '../store/people.ts'
import type { Surface } from './surface.ts'

/** The surfaces this process serves. */
export type Surfaces = Partial<Record<string, Surface>>

export interface Address {
  surface: string
  address: string
}

/** Where a review takes place; undefined once its place was erased. */
export function placeOf({ place }: Review): Address | undefined {
  const address = plain(place.address)
  return address === undefined ? undefined : { surface: place.surface, address }
}

const platforms: Record<string, string> = { slack: 'slack', entra: 'teams', web: 'web' }

/** Where a person is reached: on every platform served here that they have an account on. */
export async function placesOfPerson(
  app: App,
  surfaces: Surfaces,
  workspace: string,
  person: string,
): Promise<Address[]> {
  const identities = await identitiesOf(app.store.database, workspace, person)
  return identities.flatMap((identity) => {
    const [kind, address] = split(identity)
    const surface = platforms[kind]
    return surface && surfaces[surface] ? [{ surface, address }] : []
  })
}

function split(identity: string): [string, string] {
  const colon = identity.indexOf(':')
  return [identity.slice(0, colon), identity.slice(colon + 1)]
}

/** What a card says, as one number to compare by. */
export function hashOf(card: unknown): string {
  return createHash('sha256')
    .update(canonicalize(card) ?? '')
    .digest('hex')
}
