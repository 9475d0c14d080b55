// Makes the messages that stand the ones that should: only the difference is posted, updated or removed.
import { stillApplies } from '../conversation/open-form.ts'
import type { Press } from '../conversation/press.ts'
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
import { type Addressed, addressed, type Known } from './addressed.ts'
import { bringByPlace, type Patience } from './in-places.ts'
import { type Address, hashOf, placesOfPerson, type Surfaces } from './places.ts'
import { BeingFilledIn, Gone, type Posting, TryLater, Uncertain, Unreachable } from './surface.ts'
import { tellLeads } from './tell-leads.ts'
import { noticesOf } from './unreached.ts'

/** What the steps of one delivery work with. */
interface Run {
  app: App
  surfaces: Surfaces
  workspace: string
  stream: string
  known: Known
  stands: Map<string, Delivered>
}

/**
 * Brings every message of one stream up to its newest entry. Doing it twice does nothing the second time.
 * @param how `hurried` leaves standing cards whose pictures are slow to change for a later call; `patience` is what
 *   places asked for before, and is added to
 * @returns whether everything is up to date
 * @throws TryLater when a place asks for patience, and whatever else goes wrong at one; messages to other places were
 *   delivered all the same
 */
export async function deliver(
  app: App,
  surfaces: Surfaces,
  workspace: string,
  stream: string,
  { hurried = false, patience = new Map() }: { hurried?: boolean; patience?: Patience } = {},
): Promise<boolean> {
  const { database } = app.store
  const folded = await readStream(app.store, { workspace, stream })
  if (stream === workspaceStream) {
    // Names, roles and policy stand on many cards: all of them are compared again.
    await redeliverAll(database, workspace)
    await noteDelivered(database, workspace, stream, folded.seq)
  }
  const { review } = folded
  if (!review) return true
  const known = { ...folded, review }
  const stands = new Map((await deliveredMessages(database, workspace, stream)).map((one) => [one.key, one]))
  const run: Run = { app, surfaces, workspace, stream, known, stands }
  const desired = inOrder(await addressed(app, surfaces, workspace, known), stands)
  const slow = (one: Addressed) => hurried && isSlowToChange(run, one)
  const bringAll = async (messages: Addressed[]) =>
    await bringByPlace(messages, patience, {
      bring: (message) => bring(run, message),
      stands: ({ key }) => (stands.get(key)?.ref ?? null) !== null,
    })
  const brought = await bringAll(desired.filter((one) => !slow(one)))
  const notices = await noticesOf(app, surfaces, workspace, known, brought.nowhere)
  const told = await bringAll(notices)
  const wanted = new Set([...desired, ...notices].map(({ key }) => key))
  const left = [...stands.values()].filter(({ key }) => !wanted.has(key))
  const taken = await bringByPlace(left.map(whereItStands), patience, {
    bring: ({ message }) => takeAway(run, message),
    stands: () => true,
  })
  const troubles = [brought, told, taken].flatMap(({ trouble }) => trouble)
  if (troubles.length > 0) throw worst(troubles)
  const complete = !desired.some(slow)
  if (complete) await noteDelivered(database, workspace, stream, folded.seq)
  return complete
}

const whereItStands = (message: Delivered) => ({ message, place: message, person: undefined })

/** A fault before a wait, and the shortest wait. */
function worst(troubles: unknown[]): unknown {
  const waits = troubles.filter((one) => one instanceof TryLater)
  return troubles.find((one) => !(one instanceof TryLater)) ?? waits.sort((a, b) => a.seconds - b.seconds)[0]
}

function isSlowToChange({ surfaces, stands }: Run, { key, card }: Addressed): boolean {
  const standing = stands.get(key)
  if (!standing?.ref || standing.contentHash === hashOf(card)) return false
  return surfaces[standing.surface]?.slowPictures === true && hasPictures(card)
}

const hasPictures = ({ blocks }: Addressed['card']): boolean => blocks.some(({ kind }) => kind === 'picture')

/** Cards that stand and have no pictures come first: people who wait for buttons do not wait for drawings. */
function inOrder(desired: Addressed[], stands: Map<string, Delivered>): Addressed[] {
  const quick = (one: Addressed) => stands.has(one.key) && !hasPictures(one.card)
  return [...desired.filter(quick), ...desired.filter((one) => !quick(one))]
}

/** Posts or changes one message if it differs; false for someone who cannot be reached at that place. */
async function bring(run: Run, message: Addressed): Promise<boolean> {
  const { app, surfaces, workspace, stream, known } = run
  const { key, card, place, actors } = message
  const applies = (press: Press) => stillApplies(known.review, press)
  const posting: Posting = { key: `${stream}/${key}`, card, actors, applies }
  const contentHash = hashOf(card)
  const row = run.stands.get(key)
  const standing = row && (await located(run, row))
  if (standing?.contentHash === contentHash) return true
  const change = standing && (await changed(run, standing, posting))
  if (standing && change === 'done') {
    await noteDelivery(app.store.database, workspace, stream, { ...standing, contentHash })
  }
  if (change === 'done' || change === 'left') return true
  try {
    await post(run, posting, { key, contentHash }, place)
    return true
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    // One person who cannot be reached must not keep the others from their messages.
    app.log.warn('someone or some place cannot be reached', { stream, key, error })
    if (message.person) return false
  }
  // Where the review was started nobody can be reached any more: it goes on with the person who started it.
  if (place) await tellLeads(app, surfaces, workspace, known.workspace, place)
  for (const instead of await placesOfPerson(app, surfaces, workspace, known.review.requester)) {
    try {
      await post(run, posting, { key, contentHash }, instead)
      break
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
    }
  }
  return true
}

type Standing = Delivered & { ref: NonNullable<unknown> }

/** The message a row speaks of; one whose post was cut off half-way is looked for before it is posted again. */
async function located({ app, surfaces, workspace, stream }: Run, row: Delivered): Promise<Standing | undefined> {
  if (row.ref !== null) return row as Standing
  const { key, surface, address, notedAt } = row
  const found = await surfaces[surface]
    ?.find?.(workspace, address, `${stream}/${key}`, notedAt)
    .catch((error: unknown) => {
      if (!(error instanceof Unreachable)) throw error
    })
  if (!found) return undefined
  const standing = { ...row, ref: found }
  await noteDelivery(app.store.database, workspace, stream, standing)
  return standing
}

/** What became of a change: it may be left for later, and what is gone or out of reach is posted anew. */
async function changed(
  { app, surfaces, workspace, stream }: Run,
  { surface, ref, key }: Standing,
  posting: Posting,
): Promise<'done' | 'left' | 'gone'> {
  try {
    await surfaces[surface]?.update(workspace, ref, posting)
    return 'done'
  } catch (error) {
    if (error instanceof BeingFilledIn) return 'left'
    if (!(error instanceof Gone || error instanceof Unreachable)) throw error
    app.log.warn('a message is gone and is posted again', { stream, key, error })
    return 'gone'
  }
}

async function post(
  { app, surfaces, workspace, stream }: Run,
  posting: Posting,
  { key, contentHash }: { key: string; contentHash: string },
  place: Address | undefined,
): Promise<void> {
  const surface = place && surfaces[place.surface]
  if (!place || !surface) return
  // Written down before the post: a crash in between leaves a trace, and the same key makes the second post the first.
  const row = { key, surface: place.surface, address: place.address, contentHash }
  await noteDelivery(app.store.database, workspace, stream, { ...row, ref: null })
  const ref = await surface.post(workspace, place.address, posting).catch(async (error: unknown) => {
    const refused = error instanceof Unreachable || (error instanceof TryLater && !(error instanceof Uncertain))
    // What was certainly not posted need not be looked for.
    if (refused) await forgetDelivery(app.store.database, workspace, stream, key)
    throw error
  })
  await noteDelivery(app.store.database, workspace, stream, { ...row, ref })
}

/** Takes a message away that should stand no more; one in whose place someone still reads or writes goes later. */
async function takeAway({ app, surfaces, workspace, stream }: Run, { key, surface, ref }: Delivered): Promise<true> {
  try {
    if (ref !== null) await surfaces[surface]?.remove(workspace, ref)
  } catch (error) {
    if (error instanceof BeingFilledIn) return true
    if (!(error instanceof Unreachable)) throw error
  }
  await forgetDelivery(app.store.database, workspace, stream, key)
  return true
}
