// A click from the press to the commit, against the same work without a log worth trusting, and against a bare INSERT.
import { createHash } from 'node:crypto'
import postgres from 'postgres'
import { decide, type ReviewCommand } from '../../src/domain/decide.ts'
import type { Acting } from '../../src/domain/entry.ts'
import { actingNow, type Visitor } from '../../src/reviews/app.ts'
import { onOneConnection } from '../../src/store/database.ts'
import { type Connection, newPool } from '../../src/store/driver.ts'
import { type Folded, foldOwn, reviewStream, workspaceStream } from '../../src/store/folded.ts'
import { refold } from '../../src/store/open-stream.ts'
import { writeReview } from '../../src/store/read-models.ts'
import { verifyLog } from '../../src/store/verify-log.ts'
import { appOn, type TestApp } from '../support/app.ts'
import { countingProxy } from '../support/counting-proxy.ts'
import { avoiding, draftedReview, listedIds, onThreat, reviewNow, send } from '../support/drafted.ts'
import { heading, line, median, ms, ratio, takingTurns, timed } from './measure.ts'

const turns = 1000

/** @param newDatabase gives the address of a fresh, migrated database */
export async function benchClicks(newDatabase: (name: string) => Promise<string>): Promise<void> {
  const url = await newDatabase('guarded')
  const t = await appOn(url)
  const paula = await t.as('paula')
  const review = await draftedReview(t.app, paula)
  await t.delivery.stop()
  const plain = await plainReview(await newDatabase('plain'))
  const insert = await bareInsert(await newDatabase('bare'))
  const times = await takingTurns(turns, {
    click: (turn) => click(t, paula, review, turn),
    plain: () => plain.click(),
    insert: () => insert.row(),
  })
  heading('A click, from the press to the commit')
  line('with hashes, chain, commitments and triggers', ms(times.click))
  line('the same transaction without them', ms(times.plain), 'same statements, same decision, same read models')
  line('  ratio', ratio(times.plain, times.click), 'aim: 0.90')
  line('a bare INSERT of one row', ms(times.insert))
  line('  ratio', ratio(times.insert, times.click), 'no bar, but known')
  line('round trips', String(await roundTrips(url, paula, review)), 'at most 3')
  await benchVerify(t)
  await Promise.all([t.close(), plain.close(), insert.close()])
}

/** Proposes on even turns and takes it back on odd ones: every click is a decision that changes the review. */
function nextClick(state: Parameters<typeof listedIds>[0], turn: number): ReviewCommand {
  const id = listedIds(state)[0] as string
  return turn % 2 === 0 ? avoiding(state, id) : { type: 'withdraw', ...onThreat(state, id) }
}

async function click(t: TestApp, by: Visitor, review: string, turn: number): Promise<void> {
  const { review: state } = t.app.store.cache.get(t.workspace, reviewStream(review))
  if (!state) throw new Error('the review is not folded')
  const outcome = await send(t.app, by, review, nextClick(state, turn))
  if ('refusal' in outcome) throw new Error(outcome.refusal.code)
}

/** The same clicks without trust: entries are plain JSON, nothing is hashed, linked, committed to or checked. */
async function plainReview(url: string): Promise<{ click(): Promise<void>; close(): Promise<void> }> {
  const t = await appOn(url)
  const by = await t.as('paula')
  const review = await draftedReview(t.app, by)
  const stream = reviewStream(review)
  const place = { workspace: t.workspace, stream }
  await t.delivery.stop()
  const pool = newPool(url, 10, 10_000)
  let folded = await refold(pool.sql, place)
  for (const table of ['entry', 'command', 'private'])
    await pool.sql.unsafe(`alter table declog.${table} disable trigger all`)
  let turn = 0
  return {
    async click() {
      const acting = actingNow(t.app, by)
      const command = nextClick(folded.review as never, turn)
      turn += 1
      folded = await onOneConnection(pool, (sql) => plainCommit(sql, place, folded, acting, command))
    },
    async close() {
      await pool.sql.end()
      await t.close()
    },
  }
}

async function plainCommit(
  sql: Connection,
  { workspace, stream }: { workspace: string; stream: string },
  before: Folded,
  acting: Acting,
  command: ReviewCommand,
): Promise<Folded> {
  const key = crypto.randomUUID()
  await Promise.all([
    sql`begin`,
    sql`select head_seq from declog.head where workspace = ${workspace} and stream = ${stream} for update`,
    sql`select from declog.head where workspace = ${workspace} and stream = ${workspaceStream} for share`,
    sql`select first_seq from declog.command where workspace = ${workspace} and key = ${Buffer.from(key)}`,
    sql`select stream, body from declog.entry where workspace = ${workspace} and (
      (stream = ${stream} and seq > ${before.seq}) or (stream = ${workspaceStream} and seq > ${before.workspace.seq}))`,
  ])
  const decided = decide({ review: before.review as never, workspace: before.workspace, acting }, command)
  if ('refusal' in decided) throw new Error(decided.refusal.code)
  let folded = before
  const rows = decided.events.map((event) => {
    const entry = { ...event, seq: folded.seq + 1, at: acting.at, receipt: '' } as never
    folded = foldOwn(stream, folded, entry)
    return { id: crypto.randomUUID(), seq: folded.seq, type: event.type, body: JSON.stringify(entry) }
  })
  await Promise.all([
    sql`
      insert into declog.entry (workspace, entry_id, stream, seq, type, body, leaf_hash, recorded_at)
      select ${workspace}, r.id, ${stream}, r.seq, r.type, r.body, r.id::text::bytea, now()
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id uuid, seq bigint, type text, body text)`,
    sql`update declog.head set head_seq = ${folded.seq} where workspace = ${workspace} and stream = ${stream}`,
    sql`
      insert into declog.command (workspace, key, intent_hash, stream, first_seq, last_seq)
      values (${workspace}, ${Buffer.from(key)}, ${Buffer.from(key)}, ${stream}, ${before.seq + 1}, ${folded.seq})`,
    ...writeReview(sql, workspace, before.review, folded.review as never),
  ])
  await sql`commit`
  return folded
}

async function bareInsert(url: string): Promise<{ row(): Promise<void>; close(): Promise<void> }> {
  const sql = postgres(url, { max: 1 })
  await sql`create table public.bare (no bigserial primary key, body text not null)`
  const body = 'x'.repeat(1000)
  return {
    async row() {
      await sql`insert into public.bare (body) values (${body})`
    },
    close: () => sql.end(),
  }
}

async function roundTrips(url: string, by: Visitor, review: string): Promise<number> {
  const proxy = await countingProxy(url)
  const far = await appOn(proxy.url, {}, 1)
  await far.delivery.stop()
  await reviewNow(far.app, far.workspace, review)
  // The first clicks prepare their statements, once for each connection.
  const counts: number[] = []
  for (let turn = 0; turn < 60; turn += 1) {
    proxy.roundTrips()
    await click(far, by, review, turn)
    counts.push(proxy.roundTrips())
  }
  await far.close()
  await proxy.close()
  return median(counts.slice(30))
}

async function benchVerify(t: TestApp): Promise<void> {
  const bodies = await t.app.store.database.run(({ sql }) => sql<{ body: string }[]>`select body from declog.entry`)
  const verify: number[] = []
  const sha: number[] = []
  for (let turn = 0; turn < 5; turn += 1) {
    verify.push(await timed(() => verifyLog(t.url, { replay: false, progress: () => {} })))
    sha.push(await timed(() => bodies.map(({ body }) => createHash('sha256').update(body).digest('hex'))))
  }
  heading(`Verifying ${bodies.length} entries`)
  line('read, parse, hash, chain, commitments', ms(median(verify)))
  line('SHA-256 of their bytes alone', ms(median(sha)))
  line('  ratio', ratio(median(sha), median(verify)), 'no bar, but known')
}
