// Acceptances run out by themselves: the job is sent with the decision, and the clock acts when its day has come.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import postgres from 'postgres'
import { addDays, dayOf } from '../../src/domain/day.ts'
import { type Jobs, lapse, startJobs } from '../../src/jobs/lapses.ts'
import { appOn, type TestApp } from '../support/app.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { draftedReview, listedIds, onThreat, reviewNow, send } from '../support/drafted.ts'

let fresh: FreshDatabase
let t: TestApp
let jobs: Jobs
let ahead = 0
beforeAll(async () => {
  fresh = await freshDatabase()
  // The log's clock and the program's move together: only a test's database has a clock that can be moved.
  const sql = postgres(fresh.url, { max: 1, onnotice: () => {} })
  await sql.unsafe(`
    create table public.clock (days int); insert into public.clock values (0);
    create or replace function declog.now() returns timestamptz language sql volatile as
      'select clock_timestamp() + make_interval(days => (select days from public.clock))'`)
  await sql.end()
  t = await appOn(fresh.url)
  jobs = await startJobs(fresh.url, t.app.log)
  t.app.store.sendJobs = jobs.send
  t.app.now = () => new Date(Date.now() + ahead * 864e5).toISOString()
})
afterAll(async () => {
  await jobs.stop()
  await t.close()
  await fresh.drop()
})

async function pass(days: number): Promise<void> {
  ahead += days
  await t.app.store.database.run(({ sql }) => sql`update public.clock set days = ${ahead}`)
}

interface Sent {
  data: unknown
  start_after: Date
}
const sent = () =>
  t.app.store.database.run(
    ({ sql }) => sql<Sent[]>`select data, start_after from pgboss.job where name = 'lapse' order by created_on`,
  )

test('a signed acceptance sends its job in the same transaction; when it is due, its threat opens again', async () => {
  const [paula, sam] = [await t.as('paula'), await t.as('sam')]
  const review = await draftedReview(t.app, paula, 'lapse')
  const state = await reviewNow(t.app, t.workspace, review)
  const id = listedIds(state)[0] as string
  const rating = state.threats[id]?.rating ?? { likelihood: 1, impact: 1 }
  const expires = addDays(dayOf(t.app.now()), 20)
  const treatment = { kind: 'accept' as const, reason: 'Rare.', consequence: 'Little.', expires, residual: rating }
  await send(t.app, paula, review, { type: 'propose', ...onThreat(state, id), rating, treatment })
  expect(await sent()).toHaveLength(0)
  const proposed = await reviewNow(t.app, t.workspace, review)
  await send(t.app, sam, review, { type: 'approve', ...onThreat(proposed, id), sawUnknowns: true })
  const [job] = await sent()
  expect(job).toMatchObject({ data: { review, threat: id, proposal: proposed.threats[id]?.proposal?.seq } })
  expect(new Date(job?.start_after as never).toISOString()).toBe(`${expires}T00:00:00.000Z`)

  await lapse(t.app, job?.data)
  expect((await reviewNow(t.app, t.workspace, review)).threats[id]?.status).toBe('treated')
  await pass(21)
  await lapse(t.app, job?.data)
  await lapse(t.app, job?.data)
  const after = await reviewNow(t.app, t.workspace, review)
  expect(after.threats[id]).toMatchObject({ status: 'open', reopened: 'acceptance_expired' })
  const expired = await t.app.store.database.run(
    ({ sql }) => sql`select from declog.entry where type = 'acceptance.expired'`,
  )
  expect(expired).toHaveLength(1)
})

test('a job that is due is worked on', async () => {
  const boss = await startJobs(fresh.url, t.app.log)
  const [paula, sam] = [await t.as('paula'), await t.as('sam')]
  const review = await draftedReview(t.app, paula, 'due')
  const worked = new Promise<void>((resolve) => {
    const committed = (_: string, stream: string) => stream.endsWith(review) && resolve()
    void boss.work({ ...t.app, committed })
  })
  const state = await reviewNow(t.app, t.workspace, review)
  const id = listedIds(state)[0] as string
  const rating = state.threats[id]?.rating ?? { likelihood: 1, impact: 1 }
  const expires = addDays(dayOf(t.app.now()), 1)
  const treatment = { kind: 'accept' as const, reason: 'Rare.', consequence: 'Little.', expires, residual: rating }
  await send(t.app, paula, review, { type: 'propose', ...onThreat(state, id), rating, treatment })
  await send(t.app, sam, review, {
    type: 'approve',
    ...onThreat(await reviewNow(t.app, t.workspace, review), id),
    sawUnknowns: true,
  })
  await pass(2)
  await t.app.store.database.run(({ sql }) => sql`update pgboss.job set start_after = now() where state = 'created'`)
  await worked
  expect((await reviewNow(t.app, t.workspace, review)).threats[id]?.reopened).toBe('acceptance_expired')
  await boss.stop()
})
