// Writing a command's entries down, with everything that stands or falls with them.
import type { ReservedSql } from 'postgres'
import { v7 as uuid } from 'uuid'
import type { DomainEvent, Recorded } from '../domain/entry.ts'
import { type Encoded, encode } from '../log/codec.ts'
import { type Folded, foldOwn } from './folded.ts'
import type { Opened, Place } from './open-stream.ts'
import { writeReview, writeWorkspace } from './read-models.ts'

export interface Written {
  encoded: Encoded[]
  folded: Folded
}

export interface Stamp {
  at: string
  /** Key of the command. */
  command: string
  source: string
}

/** Encodes events one after another and folds each in, so that the next sees it. */
export function encodeAll(
  place: Place,
  { headHash, folded: from }: Pick<Opened, 'headHash' | 'folded'>,
  events: Recorded<DomainEvent>[],
  stamp: Stamp,
): Written {
  let prev = headHash
  let folded = from
  const encoded = events.map((event) => {
    const placed = { log: place.workspace, stream: place.stream, seq: folded.seq + 1, prev, id: uuid(), ...stamp }
    const one = encode(event, placed)
    prev = one.entry.receipt
    folded = foldOwn(place.stream, folded, one.entry)
    return one
  })
  return { encoded, folded }
}

/**
 * Round trip two of a command: the statements that append its entries, to be sent together. The table's trigger checks
 * every entry against the head of its stream once more and computes its hash itself.
 */
export function append(
  sql: ReservedSql,
  { workspace, stream }: Place,
  before: Folded,
  { encoded, folded }: Written,
  command: { key: string; intentHash: string },
): PromiseLike<unknown>[] {
  const first = before.seq + 1
  const rows = encoded.map(({ body, entry }) => ({ seq: entry.seq, body }))
  const secrets = encoded.flatMap(({ entry, secrets }) =>
    secrets.map(({ commitment, salt, value }) => ({ seq: entry.seq, commitment, salt: salt.toString('hex'), value })),
  )
  const statements: PromiseLike<unknown>[] = [
    sql`
      insert into declog.entry (workspace, entry_id, stream, seq, type, body, leaf_hash, recorded_at)
      select ${workspace}, (r.body::jsonb->>'id')::uuid, ${stream}, r.seq, r.body::jsonb->>'type', r.body, ''::bytea, now()
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(seq bigint, body text) order by r.seq`,
    sql`
      insert into declog.command (workspace, key, intent_hash, stream, first_seq, last_seq)
      values (${workspace}, decode(${command.key}, 'hex'), decode(${command.intentHash}, 'hex'), ${stream}, ${first}, ${folded.seq})`,
  ]
  if (secrets.length > 0) {
    statements.push(sql`
      insert into declog.private (workspace, commitment, stream, seq, salt, value)
      select ${workspace}, decode(r.commitment, 'hex'), ${stream}, r.seq, decode(r.salt, 'hex'), r.value
      from jsonb_to_recordset(${JSON.stringify(secrets)}::text::jsonb)
        as r(seq bigint, commitment text, salt text, value text)`)
  }
  const views = folded.review
    ? writeReview(sql, workspace, before.review, folded.review)
    : writeWorkspace(sql, workspace, folded.workspace)
  return [...statements, ...views]
}
