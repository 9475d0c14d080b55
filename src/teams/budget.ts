// Keeps sends to a conversation within what Teams allows.
import { setTimeout as pause } from 'node:timers/promises'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { TryLater } from '../delivery/surface.ts'
import type { Budget } from './limits.ts'

/** A wait, with up to half as much again: many that wait should not come back at once. */
export function withJitter(wait: number): number {
  return wait * (1 + Math.random() / 2)
}

/** A wait this short is waited for; longer ones are delivery's business. */
const shortMs = 2_500

/** @returns counts one send to a conversation, when there is room for it; it throws TryLater when that takes long */
export function sendBudget(budgets: readonly Budget[]): (conversation: string) => Promise<void> {
  const limiters = budgets.map(
    ({ sends, seconds }) => new RateLimiterMemory({ keyPrefix: `${seconds}`, points: sends, duration: seconds }),
  )
  const take = async (limiter: RateLimiterMemory, conversation: string): Promise<void> => {
    const full = await limiter.consume(conversation).then(
      () => undefined,
      (refused: unknown) => refused,
    )
    if (full === undefined) return
    if (!(full instanceof RateLimiterRes)) throw full
    const { msBeforeNext } = full
    if (msBeforeNext > shortMs) throw new TryLater(withJitter(msBeforeNext / 1000))
    await pause(withJitter(msBeforeNext))
    await take(limiter, conversation)
  }
  return async (conversation) => {
    for (const limiter of limiters) await take(limiter, conversation)
  }
}
