// Erases personal words for good: from the log's private table, from what is derived, and from the messages that stand.
import type { Sql } from 'postgres'
import type { Recorded } from '../domain/entry.ts'
import type { WorkspaceEvent } from '../domain/workspace-event.ts'
import type { Connection } from './driver.ts'
import { workspaceStream } from './folded.ts'
import { refold } from './open-stream.ts'
import { writeReview, writeWorkspace } from './read-models.ts'
import { type Committed, commandKey, type Refused, type Store, transact } from './transact.ts'

export interface Erasure {
  workspace: string
  stream: string
  /** The entries whose words go. */
  seqs: number[]
  /** The legal basis, as it will stand in the log. */
  basis: string
  at: string
  by: Pick<Recorded<WorkspaceEvent>, 'actor' | 'authority'>
}

/**
 * Erases the words of entries and writes down that it was done, in one transaction. The entries themselves stay as they
 * are, and so do their hashes: the log still verifies. What is derived from the words is written anew without them.
 */
export async function eraseWords(store: Store, erasure: Erasure): Promise<Committed | Refused> {
  const { workspace, stream, seqs, basis, at, by } = erasure
  const held = await store.database.run(
    ({ sql }) => sql<{ commitment: string; value: string }[]>`
      select encode(commitment, 'hex') as commitment, value from declog.private
      where workspace = ${workspace} and stream = ${stream} and seq = any(${seqs}) and value is not null`,
  )
  const commitments = held.map(({ commitment }) => commitment)
  const event: WorkspaceEvent = { type: 'privacy.erased', data: { stream, seqs, commitments, basis } }
  return await transact(store, {
    workspace,
    stream: workspaceStream,
    key: commandKey({
      person: by.actor.person,
      stream: workspaceStream,
      subject: `${stream} ${seqs.join()}`,
      seen: 0,
      verb: 'erase',
    }),
    intent: { basis },
    at,
    decide: () => (held.length === 0 ? { refusal: { code: 'no_such_thing' } } : { events: [{ ...event, ...by }] }),
    alongside: {
      stream,
      async write(sql) {
        await forget(
          sql,
          workspace,
          commitments,
          held.map(({ value }) => value),
        )
        await rewrite(sql, workspace, stream)
      },
    },
  })
}

async function forget(sql: Connection, workspace: string, commitments: string[], values: string[]): Promise<void> {
  await sql`
    update declog.private set salt = null, value = null, erased_at = declog.now()
    where workspace = ${workspace} and encode(commitment, 'hex') = any(${commitments})`
  // The web chat keeps what was typed and answered beside the log: what repeats the words goes with them.
  await sql`
    delete from countersign.web_message m where m.workspace = ${workspace} and (
      m.key like 'reply/%' or exists (select from unnest(${values}::text[]) v where position(v in m.said) > 0))`
}

/** Read models and messages of the stream, folded again without the words. */
async function rewrite(sql: Connection, workspace: string, stream: string): Promise<void> {
  if (stream === workspaceStream) {
    const { workspace: state } = await refold(sql, { workspace, stream })
    await Promise.all(writeWorkspace(sql, workspace, state))
    await redeliver(sql, workspace, 'review/%')
    return
  }
  const { review } = await refold(sql, { workspace, stream })
  if (review) await Promise.all(writeReview(sql, workspace, undefined, review))
  await redeliver(sql, workspace, stream)
}

async function redeliver(sql: Connection | Sql, workspace: string, streams: string): Promise<void> {
  await sql`update declog.head set delivered_seq = 0 where workspace = ${workspace} and stream like ${streams}`
}
