// Makes the messages that stand the ones that should: only the difference is posted, updated or removed.
import type { Card } from '../conversation/card.ts'
import { desiredMessages, type Message } from '../conversation/desired-messages.ts'
import type { Review } from '../domain/review.ts'
import type { App } from '../reviews/app.ts'
import {
  type Delivered,
  deliveredMessages,
  forgetDelivery,
  noteDelivered,
  noteDelivery,
  redeliverAll,
} from '../store/deliveries.ts'
import { type Folded, workspaceStream } from '../store/folded.ts'
import { readStream } from '../store/open-stream.ts'
import { type Address, hashOf, placeOf, placeOfPerson, type Surfaces } from './places.ts'
import { Gone, Unreachable } from './surface.ts'
import { tellLeads } from './tell-leads.ts'

/**
 * Brings every message of one stream up to its newest entry. Doing it twice does nothing the second time.
 * @param hurried leaves standing cards whose pictures are slow to change for a later call
 * @returns whether everything is up to date
 */
export async function deliver(
  app: App,
  surfaces: Surfaces,
  workspace: string,
  stream: string,
  hurried = false,
): Promise<boolean> {
  const { database } = app.store
  const folded = await readStream(app.store, { workspace, stream })
  if (stream === workspaceStream) {
    // Names, roles and policy stand on many cards: all of them are compared again.
    await redeliverAll(database, workspace)
    await noteDelivered(database, workspace, stream, folded.seq)
  }
  if (!folded.review) return true
  const stands = new Map((await deliveredMessages(database, workspace, stream)).map((one) => [one.key, one]))
  const desired = inOrder(desiredMessages(folded.review, folded.workspace), stands)
  let complete = true
  for (const message of desired) {
    const standing = stands.get(message.key)
    const contentHash = hashOf(message.card)
    const changes = standing?.ref && standing.contentHash !== contentHash
    if (hurried && changes && surfaces[standing.surface]?.slowPictures && hasPictures(message)) complete = false
    else await bring(app, surfaces, { workspace, stream }, folded as Known, { ...message, contentHash }, standing)
  }
  const wanted = new Set(desired.map(({ key }) => key))
  for (const gone of stands.values()) {
    if (wanted.has(gone.key)) continue
    if (gone.ref !== null) await surfaces[gone.surface]?.remove(workspace, gone.ref)
    await forgetDelivery(database, workspace, stream, gone.key)
  }
  if (complete) await noteDelivered(database, workspace, stream, folded.seq)
  return complete
}

const hasPictures = ({ card }: Message): boolean => card.blocks.some(({ kind }) => kind === 'picture')

/** Cards that stand and have no pictures come first: people who wait for buttons do not wait for drawings. */
function inOrder(desired: Message[], stands: Map<string, Delivered>): Message[] {
  const quick = (one: Message) => stands.has(one.key) && !hasPictures(one)
  return [...desired.filter(quick), ...desired.filter((one) => !quick(one))]
}

async function bring(
  app: App,
  surfaces: Surfaces,
  of: { workspace: string; stream: string },
  { review, workspace: state }: Known,
  { key, to, card, contentHash }: Message & { contentHash: string },
  stands: Delivered | undefined,
): Promise<void> {
  const standing = stands && (await located(app, surfaces, of, stands))
  if (standing?.contentHash === contentHash) return
  if (standing && (await updated(app, surfaces, of, standing, card))) {
    await noteDelivery(app.store.database, of.workspace, of.stream, { ...standing, contentHash })
    return
  }
  const place = to.kind === 'review' ? placeOf(review) : await placeOfPerson(app, surfaces, of.workspace, to.person)
  try {
    await post(app, surfaces, of, { key, card, contentHash }, place)
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    if (to.kind === 'person') {
      // One person who cannot be reached must not keep the others from their messages.
      app.log.warn('someone cannot be reached; their message is left out', { stream: of.stream, key, error })
      return
    }
    // Where the review was started nobody can be reached any more: it goes on with the person who started it.
    app.log.warn('a place cannot be reached; its messages go to the requester', { stream: of.stream, error })
    if (place) await tellLeads(app, surfaces, of.workspace, state, place)
    const requester = await placeOfPerson(app, surfaces, of.workspace, review.requester)
    await post(app, surfaces, of, { key, card, contentHash }, requester)
  }
}

/** A stream folded, of a review that was begun. */
type Known = Folded & { review: Review }

type Standing = Delivered & { ref: NonNullable<unknown> }

/** The message a row speaks of; one whose post was cut off half-way is looked for before it is posted again. */
async function located(
  app: App,
  surfaces: Surfaces,
  { workspace, stream }: { workspace: string; stream: string },
  row: Delivered,
): Promise<Standing | undefined> {
  if (row.ref !== null) return row as Standing
  const key = `${stream}/${row.key}`
  const found = await surfaces[row.surface]?.find?.(workspace, row.address, key).catch((error: unknown) => {
    if (!(error instanceof Unreachable)) throw error
  })
  if (!found) return undefined
  const standing = { ...row, ref: found }
  await noteDelivery(app.store.database, workspace, stream, standing)
  return standing
}

/** Whether the message could be changed; one that is gone or out of reach is posted anew. */
async function updated(
  app: App,
  surfaces: Surfaces,
  { workspace, stream }: { workspace: string; stream: string },
  { surface, ref, key }: Standing,
  card: Card,
): Promise<boolean> {
  try {
    await surfaces[surface]?.update(workspace, ref, card)
    return true
  } catch (error) {
    if (!(error instanceof Gone || error instanceof Unreachable)) throw error
    app.log.warn('a message is gone and is posted again', { stream, key, error })
    return false
  }
}

async function post(
  app: App,
  surfaces: Surfaces,
  { workspace, stream }: { workspace: string; stream: string },
  { key, card, contentHash }: { key: string; card: Card; contentHash: string },
  place: Address | undefined,
): Promise<void> {
  const surface = place && surfaces[place.surface]
  if (!place || !surface) return
  // Written down before the post: a crash in between leaves a trace, and the same key makes the second post the first.
  const row = { key, surface: place.surface, address: place.address, contentHash }
  await noteDelivery(app.store.database, workspace, stream, { ...row, ref: null })
  const ref = await surface.post(workspace, place.address, `${stream}/${key}`, card)
  await noteDelivery(app.store.database, workspace, stream, { ...row, ref })
}
