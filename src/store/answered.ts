// Which typed messages were answered already.
import type { Database } from './database.ts'

/** Whether an incoming message was answered within a day. */
export async function wasAnswered(database: Database, key: string): Promise<boolean> {
  const rows = await database.run(({ sql }) => sql`select 1 from countersign.answered_message where key = ${key}`)
  return rows.length > 0
}

/**
 * Claims the answer to an incoming message, for this process and against all others: true for the first caller of a
 * key, false for every other within a day. A platform stops sending a message again long before a claim is forgotten.
 */
export async function claimAnswer(database: Database, key: string): Promise<boolean> {
  // Claims that are forgotten at the same time pass each other by: none waits for another.
  const claimed = await database.run(
    ({ sql }) => sql`
      with forgotten as (
        delete from countersign.answered_message where key in (
          select key from countersign.answered_message where at < now() - interval '1 day' limit 100 for update skip locked
        )
      )
      insert into countersign.answered_message (key) values (${key}) on conflict (key) do nothing returning key`,
  )
  return claimed.length === 1
}
