// Makes the messages that stand the ones that should: only the difference is posted, updated or removed.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { desiredMessages, type Message } from '../conversation/desired-messages.ts'
import type { Review } from '../domain/review.ts'
import { plain } from '../domain/words.ts'
import type { App } from '../reviews/app.ts'
import {
  type Delivered,
  deliveredMessages,
  forgetDelivery,
  noteDelivered,
  noteDelivery,
  redeliverAll,
} from '../store/deliveries.ts'
import { workspaceStream } from '../store/folded.ts'
import { readStream } from '../store/open-stream.ts'
import { identitiesOf } from '../store/people.ts'
import type { Surface } from './surface.ts'

/** The surfaces this process serves. */
export type Surfaces = Partial<Record<string, Surface>>

/** Brings every message of one stream up to its newest entry. Doing it twice does nothing the second time. */
export async function deliver(app: App, surfaces: Surfaces, workspace: string, stream: string): Promise<void> {
  const { database } = app.store
  const folded = await readStream(app.store, { workspace, stream })
  if (stream === workspaceStream) {
    // Names, roles and policy stand on many cards: all of them are compared again.
    await redeliverAll(database, workspace)
    await noteDelivered(database, workspace, stream, folded.seq)
  }
  if (!folded.review) return
  const stands = new Map((await deliveredMessages(database, workspace, stream)).map((one) => [one.key, one]))
  const desired = desiredMessages(folded.review, folded.workspace)
  for (const message of desired) {
    await bring(app, surfaces, { workspace, stream }, folded.review, message, stands.get(message.key))
  }
  const wanted = new Set(desired.map(({ key }) => key))
  for (const gone of stands.values()) {
    if (wanted.has(gone.key)) continue
    if (gone.ref !== null) await surfaces[gone.surface]?.remove(workspace, gone.ref)
    await forgetDelivery(database, workspace, stream, gone.key)
  }
  await noteDelivered(database, workspace, stream, folded.seq)
}

async function bring(
  app: App,
  surfaces: Surfaces,
  { workspace, stream }: { workspace: string; stream: string },
  review: Review,
  { key, to, card }: Message,
  stands: Delivered | undefined,
): Promise<void> {
  const contentHash = hashOf(card)
  if (stands && stands.ref !== null) {
    if (stands.contentHash === contentHash) return
    await surfaces[stands.surface]?.update(workspace, stands.ref, card)
    await noteDelivery(app.store.database, workspace, stream, { ...stands, contentHash })
    return
  }
  const place = to.kind === 'review' ? placeOf(review) : await placeOfPerson(app, surfaces, workspace, to.person)
  const surface = place && surfaces[place.surface]
  if (!place || !surface) return
  // Written down before the post: a crash in between leaves a trace, and the same key makes the second post the first.
  const row = { key, surface: place.surface, address: place.address, contentHash }
  await noteDelivery(app.store.database, workspace, stream, { ...row, ref: null })
  const ref = await surface.post(workspace, place.address, `${stream}/${key}`, card)
  await noteDelivery(app.store.database, workspace, stream, { ...row, ref })
}

interface Address {
  surface: string
  address: string
}

function placeOf({ place }: Review): Address | undefined {
  const address = plain(place.address)
  return address === undefined ? undefined : { surface: place.surface, address }
}

/** Where a person is reached: the first of their identities whose platform is served here. */
async function placeOfPerson(
  app: App,
  surfaces: Surfaces,
  workspace: string,
  person: string,
): Promise<Address | undefined> {
  const platforms: Record<string, string> = { slack: 'slack', entra: 'teams', web: 'web' }
  for (const identity of await identitiesOf(app.store.database, workspace, person)) {
    const [kind = '', address = ''] = split(identity)
    const surface = platforms[kind]
    if (surface && surfaces[surface]) return { surface, address }
  }
  return undefined
}

function split(identity: string): [string, string] {
  const colon = identity.indexOf(':')
  return [identity.slice(0, colon), identity.slice(colon + 1)]
}

function hashOf(card: unknown): string {
  return createHash('sha256')
    .update(canonicalize(card) ?? '')
    .digest('hex')
}
