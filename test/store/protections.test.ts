// The log’s tables take only what follows, change nothing, and verify finds what a superuser does behind their back.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import postgres, { type Sql } from 'postgres'
import { exitCode } from '../../src/cli/verify.ts'
import { hear } from '../../src/reviews/hear.ts'
import { type Finding, type VerifyReport, verifyLog } from '../../src/store/verify-log.ts'
import { type TestApp, testApp } from '../support/app.ts'

let t: TestApp
let sql: Sql
beforeAll(async () => {
  t = await testApp()
  sql = postgres(t.url, { max: 1, onnotice: () => {} })
  await hear(t.app, await t.as('paula'), 'We are building a small support copilot', 'm1')
  await t.delivery.idle()
})
afterAll(async () => {
  await sql.end()
  await t.close()
})

const verify = (): Promise<VerifyReport> => verifyLog(t.url, { replay: true, progress: () => {} })

test('an untouched log verifies, and what is derived from it agrees', async () => {
  const report = await verify()
  expect(report.findings).toEqual([])
  expect(report).toMatchObject({ workspaces: 1, streams: 2, replayed: true, words: { erased: 0 } })
})

describe('refused, even to a superuser', () => {
  test.each([
    "update declog.entry set body = body || ' '",
    'delete from declog.entry',
    'truncate declog.entry',
    'truncate declog.entry cascade',
    "update declog.command set stream = 'x'",
    'delete from declog.command',
    'truncate declog.command',
    "update declog.private set value = 'something else'",
    'update declog.private set value = null',
    'delete from declog.private',
    'truncate declog.private',
    'set session_replication_role = replica; delete from declog.entry',
  ])('%s', async (statement) => {
    await expect(sql.unsafe(statement)).rejects.toThrow(/declog: /)
    await sql`set session_replication_role = origin`
  })
})

describe('an insert that does not follow is refused', () => {
  const insert = (
    change: (body: Record<string, unknown>) => Record<string, unknown>,
    columns: Record<string, unknown> = {},
  ) =>
    sql.begin(async (tx) => {
      const [last] = await tx`
        select e.body, encode(h.head_hash, 'hex') as prev from declog.entry e
        join declog.head h using (workspace, stream) where e.stream like 'review/%' order by e.seq desc limit 1`
      const before = JSON.parse(last?.body)
      const id = crypto.randomUUID()
      const body = change({ ...before, id, seq: before.seq + 1, prev: last?.prev, at: new Date().toISOString() })
      const row = {
        workspace: body.log,
        entry_id: body.id,
        stream: body.stream,
        seq: body.seq,
        type: body.type,
        ...columns,
      }
      await tx`
        insert into declog.entry (workspace, entry_id, stream, seq, type, body, leaf_hash, recorded_at)
        values (${row.workspace as string}, ${row.entry_id as string}, ${row.stream as string}, ${row.seq as number},
          ${row.type as string}, ${JSON.stringify(body)}, ''::bytea, now())`
      throw new Error('taken')
    })

  test.each([
    ['one that follows is taken', (b: object) => b, {}, 'taken'],
    ['a gap', (b: { seq: number }) => ({ ...b, seq: b.seq + 1 }), {}, 'does not follow'],
    ['another predecessor', (b: object) => ({ ...b, prev: '0'.repeat(64) }), {}, 'does not follow'],
    ['backdated', (b: object) => ({ ...b, at: '2020-01-01T00:00:00.000Z' }), {}, '300 s'],
    ['postdated', (b: object) => ({ ...b, at: '2099-01-01T00:00:00.000Z' }), {}, '300 s'],
    ['columns that say otherwise', (b: object) => b, { type: 'review.signed_off' }, 'say other'],
    ['a stream that does not exist', (b: object) => ({ ...b, stream: 'review/none' }), {}, 'does not follow'],
  ])('%s', async (_, change, columns, message) => {
    await expect(insert(change as never, columns)).rejects.toThrow(message)
  })
})

describe('what a superuser does with the guards switched off, verify finds', () => {
  const guards = {
    entry: ['take_entry', 'no_change', 'no_truncate'],
    command: ['no_change', 'no_truncate'],
    private: ['only_erase', 'no_delete', 'no_truncate'],
  }
  /** Tampers in a copy of the database, since the log itself cannot be put back; gives what verify finds there. */
  async function tampered(statement: string, leaveOff: string[] = []): Promise<VerifyReport['findings']> {
    await t.delivery.stop()
    const maintenance = postgres(process.env.TEST_DATABASE_URL as string, { max: 1, onnotice: () => {} })
    const original = new URL(t.url).pathname.slice(1)
    const name = `${original}_${Math.floor(Math.random() * 1e9)}`
    await maintenance`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = ${original} and pid <> pg_backend_pid()`
    await maintenance.unsafe(`create database ${name} template ${original}`)
    const url = t.url.replace(original, name)
    const copy = postgres(url, { max: 1, onnotice: () => {} })
    for (const table of Object.keys(guards)) await copy.unsafe(`alter table declog.${table} disable trigger all`)
    await copy.unsafe(statement)
    for (const [table, names] of Object.entries(guards)) {
      for (const guard of names.filter((one) => !leaveOff.includes(`${table}.${one}`))) {
        await copy.unsafe(`alter table declog.${table} enable always trigger ${guard}`)
      }
    }
    await copy.end()
    const { findings } = await verifyLog(url, { replay: true, progress: () => {} })
    await maintenance.unsafe(`drop database ${name} with (force)`)
    await maintenance.end()
    return findings
  }
  const review = "stream like 'review/%'"

  test.each([
    [
      'A1 one body edited',
      `update declog.entry set body = replace(body, '"iteration":1', '"iteration":2') where ${review} and seq = 1`,
      'changed after the fact',
    ],
    [
      'A2 body and stored hash edited',
      `update declog.entry set body = replace(body, '"iteration":1', '"iteration":2'),
        leaf_hash = sha256('\\x00'::bytea || convert_to(replace(body, '"iteration":1', '"iteration":2'), 'UTF8')) where ${review} and seq = 1`,
      'its head names',
    ],
    ['A6 an entry deleted', `delete from declog.entry where stream = 'workspace' and seq = 3`, 'entries are missing'],
    [
      'A6b deleted and renumbered',
      `delete from declog.entry where stream = 'workspace' and seq = 3; update declog.entry set seq = seq - 1 where stream = 'workspace' and seq > 3`,
      'say other than its body',
    ],
    [
      'A7 the tail cut',
      `delete from declog.entry where stream = 'workspace' and seq = (select max(seq) from declog.entry where stream = 'workspace')`,
      'missing at the end',
    ],
    ['everything of a stream gone', `delete from declog.entry where ${review}`, 'all its entries are missing'],
    [
      'A9 a column edited, not the body',
      `update declog.entry set type = 'review.signed_off' where ${review}`,
      'say other than its body',
    ],
    ['words changed', `update declog.private set value = value || '!' where ${review}`, 'words were changed'],
    ['words removed', `delete from declog.private where ${review}`, 'no erasure says so'],
    ['a derived table edited', `update countersign.review set stage = 'signed_off'`, 'says other than the log'],
    [
      'a role granted behind the log',
      `update countersign.person set roles = '{security_lead}'`,
      'says other than the log',
    ],
  ])('%s', async (_, statement, problem) => {
    const findings = await tampered(statement)
    expect(findings.map((one) => one.problem).join('\n')).toContain(problem)
  })

  test('A11 guards left off, and a replaced clock, are warnings of their own', async () => {
    const clock = "create or replace function declog.now() returns timestamptz language sql as 'select now()'"
    const findings = await tampered(clock, ['entry.no_change', 'private.only_erase'])
    expect(findings.map(({ kind, where }) => `${kind} ${where}`)).toEqual([
      'guard declog.entry.no_change',
      'guard declog.private.only_erase',
      'guard declog.now',
    ])
  })
})

test('exit codes: consistent 0, tampered 2, warnings only 5', () => {
  const report = (...kinds: Finding['kind'][]) =>
    ({ findings: kinds.map((kind) => ({ kind, where: '', problem: '' })) }) as VerifyReport
  expect([report(), report('guard'), report('guard', 'content'), report('view')].map(exitCode)).toEqual([0, 5, 2, 2])
})
