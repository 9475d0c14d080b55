// What the listeners of Teams share.
import { type Afterwards, afterwards } from '../afterwards.ts'
import type { App } from '../reviews/app.ts'
import { type HearOnce, hearingOnce } from '../reviews/hear-once.ts'
import type { Connector } from './adapter.ts'
import { answering, type Send } from './answers.ts'
import type { RoomFor } from './budget.ts'
import { type DrawPictures, drawPictures } from './pictures.ts'
import { type Reach, reaching } from './reach.ts'
import { type Served, type Whos, whosOnTeams } from './who.ts'

export interface Desk extends Afterwards {
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
}

export function openDesk(app: App, connector: Connector, served: Served, roomFor: RoomFor): Desk {
  return {
    ...{ app, connector, served },
    whos: whosOnTeams(app, connector, served),
    once: hearingOnce(app),
    pictures: drawPictures(app),
    reach: reaching(app.store.database, connector),
    send: answering(connector, roomFor),
    ...afterwards(app.log, 'something after an answer to Teams failed'),
  }
}
