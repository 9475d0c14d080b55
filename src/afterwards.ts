// Slow work that follows an answer: nobody waits for it, and none of it is lost from sight.
import type { Log } from './log-lines.ts'

export interface Afterwards {
  /** Slow work that follows an answer; a failure is logged, and `idle` waits for it. */
  later(work: Promise<unknown>): void
  /** Resolves once everything is done. */
  idle(): Promise<void>
}

/** @param failed what the log says of work that fails */
export function afterwards(log: Log, failed: string): Afterwards {
  const running = new Set<Promise<unknown>>()
  return {
    later(work) {
      const tracked = work.catch((error: unknown) => log.warn(failed, { error })).finally(() => running.delete(tracked))
      running.add(tracked)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
