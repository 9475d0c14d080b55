// What the listeners of Teams share.
import type { App } from '../reviews/app.ts'
import { type HearOnce, hearingOnce } from '../reviews/hear-once.ts'
import type { Connector } from './adapter.ts'
import { answering, type Send } from './answers.ts'
import type { RoomFor } from './budget.ts'
import { type DrawPictures, drawPictures } from './pictures.ts'
import { type Reach, reaching } from './reach.ts'
import { type Served, type Whos, whosOnTeams } from './who.ts'

export interface Desk {
  app: App
  connector: Connector
  served: Served
  whos: Whos
  pictures: DrawPictures
  reach: Reach
  /** Sends a message that answers someone. */
  send: Send
  /** Acts on a typed message once. */
  once: HearOnce
  /** Slow work that follows an answer; a failure is logged, and `idle` waits for it. */
  later(work: Promise<unknown>): void
  /** Resolves once everything is done. */
  idle(): Promise<void>
}

export function openDesk(app: App, connector: Connector, served: Served, roomFor: RoomFor): Desk {
  const running = new Set<Promise<unknown>>()
  return {
    ...{ app, connector, served },
    whos: whosOnTeams(app, connector, served),
    once: hearingOnce(app),
    pictures: drawPictures(app),
    reach: reaching(app.store.database, connector),
    send: answering(connector, roomFor),
    later(work) {
      const tracked = work
        .catch((error: unknown) => app.log.warn('something after an answer to Teams failed', { error }))
        .finally(() => running.delete(tracked))
      running.add(tracked)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
