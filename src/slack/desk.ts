// What the listeners of Slack share.
import type { webApi } from '@slack/bolt'
import type { App } from '../reviews/app.ts'
import { homeCards } from '../reviews/home.ts'
import { renderHome } from './blocks.ts'
import { type Caller, type Whos, whosOnSlack } from './who.ts'

export interface Desk {
  app: App
  whos: Whos
  /** Slow work that follows an ack; a failure is logged, and `idle` waits for it. */
  later(work: Promise<unknown>): void
  /** Draws someone's App Home anew. */
  refreshHome(client: webApi.WebClient, caller: Caller): Promise<void>
  idle(): Promise<void>
}

export function openDesk(app: App): Desk {
  const running = new Set<Promise<unknown>>()
  const whos = whosOnSlack(app)
  return {
    app,
    whos,
    later(work) {
      const tracked = work
        .catch((error: unknown) => app.log.warn('something after an answer to Slack failed', { error }))
        .finally(() => running.delete(tracked))
      running.add(tracked)
    },
    async refreshHome(client, caller) {
      const cards = await homeCards(app, await whos.visitor(client, caller))
      await client.views.publish({ user_id: caller.user, view: renderHome(cards) })
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
