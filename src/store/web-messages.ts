// The conversations of the local web chat, and the word to its open pages that one changed.
import { and, asc, eq, sql as raw } from 'drizzle-orm'
import { webMessage } from '../../db/schema.ts'
import type { Database } from './database.ts'

export interface WebMessage {
  no: number
  person: string
  key: string
  said: string | null
  card: unknown
}
interface Address {
  workspace: string
  person: string
  key: string
}

export const webChannel = 'countersign_web'

/** Puts a message into a person's window, or changes the one that stands there under this key. */
export async function putWebMessage(
  database: Database,
  { workspace, person, key }: Address,
  content: { card?: unknown; said?: string },
): Promise<void> {
  const { card = null, said = null } = content
  await database.run(({ db }) =>
    db.transaction(async (tx) => {
      await tx
        .insert(webMessage)
        .values({ workspace, person, key, card, said })
        .onConflictDoUpdate({ target: [webMessage.workspace, webMessage.person, webMessage.key], set: { card } })
      await tx.execute(raw`select pg_notify(${webChannel}, ${JSON.stringify({ workspace, person, key })})`)
    }),
  )
}

export async function removeWebMessage(database: Database, { workspace, person, key }: Address): Promise<void> {
  await database.run(({ db }) =>
    db.transaction(async (tx) => {
      await tx.delete(webMessage).where(at({ workspace, person, key }))
      await tx.execute(raw`select pg_notify(${webChannel}, ${JSON.stringify({ workspace, person, key })})`)
    }),
  )
}

/** One message, or undefined once it was removed. */
export async function webMessageAt(database: Database, address: Address): Promise<WebMessage | undefined> {
  const [row] = await database.run(({ db }) => db.select(columns).from(webMessage).where(at(address)))
  return row
}

/** A person's window, oldest message first. */
export async function webMessagesOf(database: Database, workspace: string, person: string): Promise<WebMessage[]> {
  return await database.run(({ db }) =>
    db
      .select(columns)
      .from(webMessage)
      .where(and(eq(webMessage.workspace, workspace), eq(webMessage.person, person)))
      .orderBy(asc(webMessage.no)),
  )
}

const columns = {
  no: webMessage.no,
  person: webMessage.person,
  key: webMessage.key,
  said: webMessage.said,
  card: webMessage.card,
}

function at({ workspace, person, key }: Address) {
  return and(eq(webMessage.workspace, workspace), eq(webMessage.person, person), eq(webMessage.key, key))
}
