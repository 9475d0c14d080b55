// Of many that claim the answer to a message one gets it, and claims do not pile up.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { claimAnswer } from '../../src/store/answered.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let fresh: FreshDatabase
let replicas: Database[]
beforeAll(async () => {
  fresh = await freshDatabase()
  replicas = [openDatabase(fresh.url), openDatabase(fresh.url)]
})
afterAll(async () => {
  for (const database of replicas) await database.close()
  await fresh.drop()
})

const on = (turn: number): Database => replicas[turn % replicas.length] as Database

test('of twenty at the same time, in two processes, one gets it', async () => {
  for (const key of ['C1/1', 'C1/2', 'C2/1']) {
    const claims = await Promise.all(Array.from({ length: 20 }, (_, turn) => claimAnswer(on(turn), key)))
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await claimAnswer(on(0), key)).toBe(false)
  }
})

test('claims older than a day are forgotten, younger ones are not, while others claim', async () => {
  const { run } = on(0)
  await run(
    ({ sql }) => sql`
      insert into countersign.answered_message (key, at)
      select 'old ' || n, now() - interval '25 hours' from generate_series(1, 150) n`,
  )
  await run(({ sql }) => sql`insert into countersign.answered_message values ('young', now() - interval '23 hours')`)
  const claims = await Promise.all(Array.from({ length: 20 }, (_, turn) => claimAnswer(on(turn), `new ${turn}`)))
  expect(claims).toEqual(Array(20).fill(true))
  expect(await claimAnswer(on(0), 'the next')).toBe(true)
  const left = await run(
    ({ sql }) => sql<{ key: string }[]>`select key from countersign.answered_message where key not like 'new%'`,
  )
  expect(left.map(({ key }) => key)).toContain('young')
  expect(left.filter(({ key }) => key.startsWith('old'))).toEqual([])
  expect(await claimAnswer(on(0), 'young')).toBe(false)
})
