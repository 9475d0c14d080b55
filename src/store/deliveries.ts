// What stands where, and which streams have messages that lag behind.
import type { Database } from './database.ts'

export interface Delivered {
  key: string
  surface: string
  address: string
  /** The platform's reference; null while a post is under way or was lost half-way. */
  ref: unknown
  contentHash: string
  /** RFC 3339: when this was written down. */
  notedAt: string
}

export async function deliveredMessages(database: Database, workspace: string, stream: string): Promise<Delivered[]> {
  return await database.run(
    ({ sql }) => sql<Delivered[]>`
      select key, surface, address, ref, encode(content_hash, 'hex') as "contentHash",
        to_char(noted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "notedAt"
      from countersign.delivery where workspace = ${workspace} and stream = ${stream}`,
  )
}

/** Writes down where a message stands; before a post with `ref` null, so that a crash half-way is seen. */
export async function noteDelivery(
  database: Database,
  workspace: string,
  stream: string,
  one: Omit<Delivered, 'notedAt'>,
): Promise<void> {
  const { key, surface, address, ref, contentHash } = one
  await database.run(
    ({ sql }) => sql`
      insert into countersign.delivery (workspace, stream, key, surface, address, ref, content_hash)
      values (${workspace}, ${stream}, ${key}, ${surface}, ${address}, ${JSON.stringify(ref)}::text::jsonb, decode(${contentHash}, 'hex'))
      on conflict (workspace, stream, key) do update set
        (surface, address, ref, content_hash, noted_at) =
        (excluded.surface, excluded.address, excluded.ref, excluded.content_hash, excluded.noted_at)`,
  )
}

export async function forgetDelivery(
  database: Database,
  workspace: string,
  stream: string,
  key: string,
): Promise<void> {
  await database.run(
    ({ sql }) => sql`
      delete from countersign.delivery where workspace = ${workspace} and stream = ${stream} and key = ${key}`,
  )
}

/** Says that the messages of a stream follow it up to an entry. Never goes back. */
export async function noteDelivered(database: Database, workspace: string, stream: string, seq: number): Promise<void> {
  await database.run(
    ({ sql }) => sql`
      update declog.head set delivered_seq = ${seq}
      where workspace = ${workspace} and stream = ${stream} and delivered_seq < ${seq}`,
  )
}

/** Streams whose messages lag behind, at most `limit`; in no order, so that some that always fail cannot hide the rest. */
export async function undelivered(database: Database, limit: number): Promise<{ workspace: string; stream: string }[]> {
  return await database.run(
    ({ sql }) => sql<{ workspace: string; stream: string }[]>`
      select workspace, stream from declog.head
      where delivered_seq < head_seq order by random() limit ${limit}`,
  )
}

/** Has every message of the workspace's open reviews compared again: names, roles or policy changed, or words were erased. */
export async function redeliverAll(database: Database, workspace: string): Promise<void> {
  await database.run(
    ({ sql }) => sql`
      update declog.head set delivered_seq = 0 where workspace = ${workspace} and stream like 'review/%' and delivered_seq > 0`,
  )
}

/** Has the messages of one stream compared again. */
export async function redeliver(database: Database, workspace: string, stream: string): Promise<void> {
  await database.run(
    ({ sql }) => sql`
      update declog.head set delivered_seq = 0 where workspace = ${workspace} and stream = ${stream} and delivered_seq > 0`,
  )
}

/** Whether any message of a review stands at this place. */
export async function standsAt(database: Database, surface: string, address: string): Promise<boolean> {
  const rows = await database.run(
    ({ sql }) => sql`select from countersign.delivery where surface = ${surface} and address = ${address} limit 1`,
  )
  return rows.length > 0
}
