// What the listeners of Slack share.
import type { webApi } from '@slack/bolt'
import { type Afterwards, afterwards } from '../afterwards.ts'
import type { App } from '../reviews/app.ts'
import { type HearOnce, hearingOnce } from '../reviews/hear-once.ts'
import { homeCards } from '../reviews/home.ts'
import { renderHome } from './blocks.ts'
import { type Caller, type Whos, whosOnSlack } from './who.ts'

export interface Desk extends Afterwards {
  app: App
  whos: Whos
  /** Acts on a typed message once. */
  once: HearOnce
  /** Draws the App Home someone just opened. */
  drawHome(client: webApi.WebClient, caller: Caller): Promise<void>
  /** Draws someone's Home anew soon, if they have opened it; calls in between join. */
  refreshHome(client: webApi.WebClient, caller: Caller): void
}

/** Nobody looks at Home in the second after a decision, and it costs as much as ten decisions. */
const homeMs = 1_000
/** Whoever is forgotten sees their Home as it is when they open it again. */
const mostHomes = 5_000

export function openDesk(app: App): Desk {
  const whos = whosOnSlack(app)
  const homes = new Set<string>()
  const due = new Map<string, { draw: () => Promise<void>; timer: NodeJS.Timeout }>()
  const { later, idle } = afterwards(app.log, 'something after an answer to Slack failed')
  const draw: Desk['drawHome'] = async (client, caller) => {
    const cards = await homeCards(app, await whos.visitor(client, caller))
    await client.views.publish({ user_id: caller.user, view: renderHome(cards) })
  }
  const drawNow = (key: string): void => {
    const one = due.get(key)
    if (!one) return
    clearTimeout(one.timer)
    due.delete(key)
    later(one.draw())
  }
  return {
    app,
    whos,
    once: hearingOnce(app),
    later,
    async drawHome(client, caller) {
      if (homes.size >= mostHomes) homes.clear()
      homes.add(`${caller.team}/${caller.user}`)
      await draw(client, caller)
    },
    refreshHome(client, caller) {
      const key = `${caller.team}/${caller.user}`
      if (!homes.has(key) || due.has(key)) return
      due.set(key, { draw: () => draw(client, caller), timer: setTimeout(() => drawNow(key), homeMs) })
    },
    /** What was to be done soon is done now. */
    async idle() {
      for (const key of due.keys()) drawNow(key)
      await idle()
    },
  }
}
