// Sees to it that messages follow the log: at once after a commit, and for streams that a crash left behind.

import type { App } from '../reviews/app.ts'
import { undelivered } from '../store/deliveries.ts'
import { deliver } from './deliver.ts'
import type { Patience } from './in-places.ts'
import type { Surfaces } from './places.ts'
import { TryLater } from './surface.ts'

export interface Delivery {
  /** Brings a stream's messages up to date soon; calls for the same stream join. */
  soon(workspace: string, stream: string): void
  /** Resolves once nothing is under way. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** How often streams that lag behind are looked for: those of a process that died, or of a platform that was down. */
const sweepMs = 2_000
const atOnce = 50

interface Wait {
  until: number
  /** For how long a stream is left that failed once more. */
  ms: number
  /** What some places asked for; for the others it goes on. Undefined when the stream failed as a whole. */
  patience: Patience | undefined
}

/**
 * Starts delivering for this process. A stream is delivered by one process at a time: an advisory lock, which dies with
 * its process, so that another takes over at once.
 */
export function startDelivery(app: App, surfaces: Surfaces): Delivery {
  const running = new Map<string, Promise<void>>()
  const again = new Set<string>()
  let stopped = false
  const waits = new Map<string, Wait>()
  /** Streams of which slow pictures were left for later: the next sweep, or whoever waits for everything. */
  const postponed = new Map<string, { workspace: string; stream: string }>()
  const one = async (workspace: string, stream: string, hurried: boolean): Promise<void> => {
    const key = `${workspace} ${stream}`
    do {
      again.delete(key)
      const release = await app.store.database.tryLock(key)
      // Whoever holds it delivers; if anything is left when they are done, a sweep finds it.
      if (!release) return
      const patience: Patience = waits.get(key)?.patience ?? new Map()
      try {
        const complete = await deliver(app, surfaces, workspace, stream, { hurried, patience })
        if (complete) postponed.delete(key)
        else postponed.set(key, { workspace, stream })
        waits.delete(key)
      } catch (error) {
        if (!(error instanceof TryLater)) throw error
        failed(workspace, stream, error, patience)
      } finally {
        await release()
      }
    } while (again.has(key) && !stopped)
  }
  const failed = (workspace: string, stream: string, error: unknown, patience?: Patience): void => {
    const key = `${workspace} ${stream}`
    const backOff = Math.min(60_000, 2 * (waits.get(key)?.ms ?? sweepMs))
    const ms = error instanceof TryLater ? error.seconds * 1000 : backOff
    waits.set(key, { until: Date.now() + ms, ms: patience ? sweepMs : backOff, patience })
    app.log.warn('a delivery failed and will be tried again', { stream, error })
  }
  const isWaiting = (key: string): boolean => (waits.get(key)?.until ?? 0) > Date.now()
  const soon = (workspace: string, stream: string, hurried = true): void => {
    const key = `${workspace} ${stream}`
    // A stream that failed is taken up by the sweep, when its time has come; one of which a place waits goes on.
    if (stopped || (isWaiting(key) && !waits.get(key)?.patience)) return
    if (running.has(key)) {
      again.add(key)
      return
    }
    const work = one(workspace, stream, hurried)
      .catch((error: unknown) => failed(workspace, stream, error))
      .finally(() => running.delete(key))
    running.set(key, work)
  }
  const idle = async (): Promise<void> => {
    while (running.size > 0 || postponed.size > 0) {
      await Promise.all(running.values())
      for (const [key, { workspace, stream }] of postponed) {
        postponed.delete(key)
        soon(workspace, stream, false)
      }
    }
  }
  let sweeping = false
  const sweep = async (): Promise<void> => {
    if (sweeping || stopped) return
    sweeping = true
    try {
      for (let full = true; full && !stopped; ) {
        const behind = await undelivered(app.store.database, atOnce)
        const due = behind.filter(({ workspace, stream }) => !isWaiting(`${workspace} ${stream}`))
        for (const { workspace, stream } of due) soon(workspace, stream, false)
        // A long backlog is worked off batch by batch, without waiting for the next look.
        full = behind.length === atOnce && due.length > 0
        if (full) await idle()
      }
    } finally {
      sweeping = false
    }
  }
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => app.log.warn('looking for late deliveries failed', { error }))
  }, sweepMs)
  return {
    soon,
    idle,
    async stop() {
      stopped = true
      clearInterval(timer)
      await idle()
    },
  }
}
