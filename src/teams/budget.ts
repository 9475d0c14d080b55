// Keeps sends to a conversation within what Teams allows.
import { setTimeout as pause } from 'node:timers/promises'
import { TryLater } from '../delivery/surface.ts'
import type { Budget } from './limits.ts'

/** A wait, with up to half as much again: many that wait should not come back at once. */
export function withJitter(wait: number): number {
  return wait * (1 + Math.random() / 2)
}

/** A wait this short is waited for; longer ones are delivery's business. */
const shortMs = 2_500
/** Sends do not arrive as evenly as they leave. */
const marginMs = 150
const mostKept = 5_000

/** Counts one send to a conversation, once there is room for it. @throws TryLater when that takes long */
export type RoomFor = (conversation: string) => Promise<void>

/** The threads of a channel are one conversation: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export function sendBudget(budgets: readonly Budget[]): RoomFor {
  const longestMs = Math.max(0, ...budgets.map(({ seconds }) => seconds * 1000))
  /** When sends left or are going to, oldest first: each takes its place in the line at once. */
  const sends = new Map<string, number[]>()
  return async (conversation) => {
    const [id = ''] = conversation.split(';')
    const now = Date.now()
    const before = (sends.get(id) ?? []).filter((at) => at > now - longestMs)
    const free = budgets.map(({ sends, seconds }) => (before.at(-sends) ?? Number.NEGATIVE_INFINITY) + seconds * 1000)
    const at = Math.max(now, ...free.map((one) => one + marginMs))
    if (at - now > shortMs) throw new TryLater(withJitter((at - now) / 1000))
    if (sends.size >= mostKept)
      for (const [old, all] of sends) if ((all.at(-1) ?? 0) < now - longestMs) sends.delete(old)
    sends.set(id, [...before, at])
    if (at > now) await pause(at - now)
  }
}
