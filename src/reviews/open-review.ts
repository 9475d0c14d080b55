// Starting a review.
import { createHash } from 'node:crypto'
import { open } from '../domain/decide/interview.ts'
import { reviewStream } from '../store/folded.ts'
import { type Committed, commandKey, type Refused, transact } from '../store/transact.ts'
import { type App, actingNow, type Visitor } from './app.ts'

export interface Opening {
  name: string
  words?: string | undefined
  /** What started it: a message's or form's own id, so that the same start twice opens one review. */
  origin: string
}

/** Opens a review where the visitor is; its id follows from where it came from. */
export async function openReview(
  app: App,
  visitor: Visitor,
  { name, words, origin }: Opening,
): Promise<{ review: string; outcome: Committed | Refused }> {
  const { workspace, person, place } = visitor
  const review = createHash('sha256')
    .update(JSON.stringify([workspace, person, origin]))
    .digest('hex')
    .slice(0, 16)
  const acting = actingNow(app, visitor)
  const stream = reviewStream(review)
  const outcome = await transact(app.store, {
    workspace,
    stream,
    key: commandKey({ person, stream, subject: 'review', seen: 0, verb: 'open' }),
    intent: { name, words: words ?? null },
    at: acting.at,
    begins: true,
    decide: (folded) => open({ feature: review, name, words, place }, folded.workspace, acting),
  })
  if ('entries' in outcome) app.committed(workspace, stream)
  return { review, outcome }
}
