// How often a bot may send to one conversation: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
import { Refusal } from './wire.ts'
import type { World } from './world.ts'

const limits = [
  { sends: 7, ms: 1000 },
  { sends: 8, ms: 2000 },
  { sends: 60, ms: 30_000 },
]

/** Takes one send from a conversation's budget. */
export function spend(world: World, chat: string, now = Date.now()): void {
  if (!world.budgeted) return
  const before = world.sends.get(chat) ?? []
  for (const { sends, ms } of limits) {
    const within = before.filter((at) => now - at < ms)
    const first = within.at(-sends)
    if (first !== undefined)
      throw new Refusal(429, 'TooManyRequests', { retryAfter: Math.max(1, Math.ceil((first + ms - now) / 1000)) })
  }
  world.sends.set(chat, [...before, now])
}
