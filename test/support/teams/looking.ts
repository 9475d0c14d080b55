// What people see of single messages in the fake Teams, and waiting for what comes by itself.
import { setTimeout as wait } from 'node:timers/promises'
import type { Connected } from './connected.ts'
import type { Seen } from './fake-teams.ts'
import { readSeen } from './read-card.ts'

/** The newest message in a conversation whose summary reads so, as a person sees it. */
export function message({ fake }: Connected, handle: string, summary: RegExp, chat = 'personal'): Seen['message'] {
  const found = fake
    .as(handle)
    .sees(chat)
    .findLast((one) => summary.test(String(one.message.activity.summary)))
  if (!found) throw new Error(`${handle} has no message ${summary}`)
  return found.message
}

/** What a person reads of one message. */
export function reads({ fake }: Connected, handle: string, { id }: { id: string }, chat = 'personal'): string {
  const found = fake
    .as(handle)
    .sees(chat)
    .find((one) => one.message.id === id)
  return found ? readSeen(found) : ''
}

/** Everything a person reads of a conversation. */
export function readsAll({ fake }: Connected, handle: string, chat = 'personal'): string {
  return fake.as(handle).sees(chat).map(readSeen).join('\n\n')
}

/** Waits until something has come about by itself, whatever else goes on. */
export async function comes(come: () => boolean | Promise<boolean>, within = 15_000): Promise<void> {
  const end = Date.now() + within
  while (!(await come())) {
    if (Date.now() > end) throw new Error(`it did not come about: ${come}`)
    await wait(25)
  }
}

/** The same, and until nothing goes on any more. */
export async function until(on: Connected, come: () => boolean | Promise<boolean>, within?: number): Promise<void> {
  await comes(come, within)
  await on.settled()
}
