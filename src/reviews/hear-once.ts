// A typed message is acted on once, however often its platform delivers it.
import type { Reply } from '../conversation/reply.ts'
import { claimAnswer, wasAnswered } from '../store/answered.ts'
import type { App } from './app.ts'

/** Acts and gives the reply to a message; undefined for a delivery of one that is answered, or is being answered. */
export type HearOnce = (origin: string, act: () => Promise<Reply>) => Promise<Reply | undefined>

/**
 * What was answered was acted on: acted on again, the words that started a review would be taken for an answer to the
 * question that is open by now.
 */
export function hearingOnce(app: App): HearOnce {
  const { database } = app.store
  const underWay = new Map<string, Promise<Reply | undefined>>()
  const once = async (origin: string, act: () => Promise<Reply>): Promise<Reply | undefined> => {
    // Where the database does not even say whether it was answered, an answer too many is better than none.
    if (await wasAnswered(database, origin).catch(() => false)) return undefined
    const reply = await act()
    return (await claimAnswer(database, origin).catch(() => true)) ? reply : undefined
  }
  return async (origin, act) => {
    const other = underWay.get(origin)
    if (other) return await other.then(() => undefined)
    const work = once(origin, act).finally(() => underWay.delete(origin))
    underWay.set(origin, work)
    return await work
  }
}
