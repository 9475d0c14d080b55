// Reading a stream: what is new since it was folded, with or without the lock that a command needs.
import type { ISql, ReservedSql } from 'postgres'
import type { Entry } from '../domain/entry.ts'
import { noEntry } from '../log/hash.ts'
import { type Folded, fold, nothingFolded, type Row, workspaceStream } from './folded.ts'
import type { Store } from './transact.ts'

/** Anything that runs statements: the pool, a connection, a transaction. */
type Readable = ISql

export interface Place {
  workspace: string
  stream: string
}

/**
 * Entries newer than what is folded already, of the stream and of the workspace, with their words. Two arms rather than
 * an OR: a plan made while the log was small would go on reading all of the workspace's entries.
 */
function newRows(sql: Readable, { workspace, stream }: Place, from: Folded) {
  return sql<Row[]>`
    select e.stream, e.body, (
      select jsonb_object_agg(encode(p.commitment, 'hex'), p.value) from declog.private p
      where p.workspace = e.workspace and p.stream = e.stream and p.seq = e.seq and p.value is not null) as words
    from (
      select * from declog.entry where workspace = ${workspace} and stream = ${stream} and seq > ${from.seq}
      union all
      select * from declog.entry where workspace = ${workspace} and stream = ${workspaceStream}
        and seq > ${from.workspace.seq} and ${stream !== workspaceStream}) e
    order by e.stream = ${stream}, e.seq`
}

async function bringUpToDate(sql: Readable, place: Place, from: Folded, rows: Row[]): Promise<Folded> {
  const folded = fold(place.stream, from, rows)
  return folded ?? (await refold(sql, place))
}

/** A stream folded from its first entry. */
export async function refold(sql: Readable, place: Place): Promise<Folded> {
  return fold(place.stream, nothingFolded, await newRows(sql, place, nothingFolded)) as Folded
}

/** A stream and its workspace as they stand now, without a lock. */
export async function readStream(store: Store, place: Place): Promise<Folded> {
  const from = store.cache.get(place.workspace, place.stream)
  const folded = await store.database.run(async ({ sql }) =>
    bringUpToDate(sql, place, from, await newRows(sql, place, from)),
  )
  store.cache.put(place.workspace, place.stream, folded)
  return folded
}

export interface Opened {
  /** Leaf hash of the newest entry. */
  headHash: string
  folded: Folded
  /** The same command carried out before. */
  known: { entries: Pick<Entry, 'seq' | 'type' | 'receipt'>[]; sameIntent: boolean } | undefined
}

/**
 * Round trip one of a command: begin, lock the stream, look the command up, read what is new. The statements travel
 * together, each with a snapshot of its own, so what is read includes everything committed before the lock was given.
 * Undefined when there is no such stream.
 */
export async function lockStream(
  store: Store,
  sql: ReservedSql,
  place: Place,
  command: { key: string; intentHash: string; begins: boolean; lockFirst?: string | undefined },
): Promise<Opened | undefined> {
  const { workspace, stream } = place
  const from = store.cache.get(workspace, stream)
  const [, , , heads, , commands, rows] = await Promise.all([
    sql`begin`,
    command.lockFirst === undefined
      ? undefined
      : sql`select from declog.head where workspace = ${workspace} and stream = ${command.lockFirst} for update`,
    command.begins
      ? sql`insert into declog.head (workspace, stream, head_seq, head_hash)
            values (${workspace}, ${stream}, 0, decode(${noEntry}, 'hex')) on conflict do nothing`
      : undefined,
    sql<{ seq: string; hash: string }[]>`
      select head_seq as seq, encode(head_hash, 'hex') as hash from declog.head
      where workspace = ${workspace} and stream = ${stream} for update`,
    // A revocation and a decision cannot cross: the decision holds the workspace's head until it commits.
    stream === workspaceStream
      ? undefined
      : sql`select from declog.head where workspace = ${workspace} and stream = ${workspaceStream} for share`,
    sql<{ first: string; last: string; same: boolean }[]>`
      select first_seq as first, last_seq as last, intent_hash = decode(${command.intentHash}, 'hex') as same
      from declog.command where workspace = ${workspace} and key = decode(${command.key}, 'hex')`,
    newRows(sql, place, from),
  ])
  const head = heads[0]
  if (!head) return undefined
  const folded = await bringUpToDate(sql, place, from, rows)
  if (Number(head.seq) !== folded.seq) throw new Error(`${stream} ends at ${head.seq} but its entries at ${folded.seq}`)
  const before = commands[0]
  if (!before) return { headHash: head.hash, folded, known: undefined }
  const entries = before.same ? await entriesBetween(sql, place, before.first, before.last) : []
  return { headHash: head.hash, folded, known: { entries, sameIntent: before.same } }
}

async function entriesBetween(sql: ReservedSql, { workspace, stream }: Place, first: string, last: string) {
  const rows = await sql<{ seq: string; type: Entry['type']; receipt: string }[]>`
    select seq, type, encode(leaf_hash, 'hex') as receipt from declog.entry
    where workspace = ${workspace} and stream = ${stream} and seq between ${first} and ${last} order by seq`
  return rows.map(({ seq, type, receipt }) => ({ seq: Number(seq), type, receipt }))
}
