// Messages that answer someone, beside those that are kept up to date: sent once, within the budget, with patience.
import { setTimeout as pause } from 'node:timers/promises'
import { said } from '../conversation/texts.ts'
import { TryLater, Uncertain, Unreachable } from '../delivery/surface.ts'
import type { Connector, Conversation } from './adapter.ts'
import type { RoomFor } from './budget.ts'
import type { Desk } from './desk.ts'
import { creating } from './failures.ts'
import { wordsMessage } from './messages.ts'
import { isShared, personalAddress } from './place.ts'
import type { Caller } from './who.ts'

/** How often a message is tried that Teams did not want yet, and how long it is waited for at most. */
const tries = 5
const longest = 20

export type Send = (to: Conversation, activity: object) => Promise<void>

/** What certainly was not taken is sent again; what may have been, never: the person asks again where it was not. */
export function answering(connector: Connector, roomFor: RoomFor): Send {
  const once = async (to: Conversation, activity: object): Promise<void> => {
    await roomFor(to.conversation)
    await creating(
      () => connector.send(to, activity),
      async () => {},
    )
  }
  return async (to, activity) => {
    for (let left = tries - 1; ; left -= 1) {
      try {
        return await once(to, activity)
      } catch (error) {
        const refused = error instanceof TryLater && !(error instanceof Uncertain)
        if (!refused || left === 0 || error.seconds > longest) throw error
        await pause(error.seconds * 1000)
      }
    }
  }
}

/**
 * Tells one person something: in their own chat where others look on. Teams has no dependable way to show one person
 * something in a shared place.
 */
export async function tellOne({ app, served, reach, send }: Desk, caller: Caller, activity: object): Promise<void> {
  if (!isShared(caller.place)) return await send(caller.at, activity)
  const told = async (): Promise<boolean> => {
    try {
      await send(await reach(personalAddress(served.tenant, caller.objectId ?? '')), activity)
      return true
    } catch (error) {
      app.log.warn('an answer did not reach someone’s own chat', { error })
      // What may have arrived is not denied.
      return !(error instanceof Unreachable)
    }
  }
  await send(caller.at, wordsMessage((await told()) ? said.answeredPersonally : said.addMeFirst))
}
