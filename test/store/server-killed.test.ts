// The database server is killed under sixteen writers: what was acknowledged stands exactly once, and nothing hangs.

import { execFileSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Card } from '../../src/conversation/card.ts'
import { plainText } from '../../src/conversation/plain-text.ts'
import { type EmbeddedServer, startEmbedded } from '../../src/store/embedded/server.ts'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { migrate } from '../../src/store/migrate.ts'
import { verifyLog } from '../../src/store/verify-log.ts'
import { webMessagesOf } from '../../src/store/web-messages.ts'
import { appOn, type TestApp } from '../support/app.ts'
import { type Child, endChildren, startScript } from '../support/process.ts'

const writers = 16
const kills = process.env.LONG ? 5 : 2
const deadlineMs = 10_000

let dataDir: string
let server: EmbeddedServer
let t: TestApp
beforeAll(async () => {
  dataDir = await temporaryDataDir('countersign-kill')
  server = await startEmbedded(dataDir, { asBot: true })
  await migrate(server.url)
})
afterEach(endChildren)
afterAll(async () => {
  await t.close()
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** kill -9 for the postmaster and everything it started. */
async function killServer(): Promise<void> {
  const [pid = ''] = (await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', pid], { encoding: 'utf8' })
    .split('\n')
    .map(Number)
    .filter(Boolean)
  for (const one of [Number(pid), ...children]) {
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It was gone already.
    }
  }
}

/** Counts what a replica's writers say. */
function listen(child: Child) {
  const heard = { acks: [] as { review: string; receipt: string }[], failures: 0, longest: 0 }
  child.process.stdout?.on('data', () => {})
  const read = () => {
    for (const line of child.output().split('\n').slice(seen)) {
      seen += 1
      const [word, ...rest] = line.split(' ')
      if (word === 'ack') heard.acks.push({ review: rest[0] as string, receipt: rest[1] as string })
      if (word === 'late') heard.failures += 1
      if (word === 'ack' || word === 'late') heard.longest = Math.max(heard.longest, Number(rest.at(-1)))
    }
    return heard
  }
  let seen = 0
  return read
}

test('every acknowledged decision stands exactly once; nothing hangs beyond its deadline', async () => {
  const children = ['one', 'other'].map((name) =>
    startScript('test/support/writer.ts', [server.url, name, String(writers / 2)]),
  )
  const reads = children.map(listen)
  const acknowledged = () => reads.flatMap((read) => read().acks)
  /** Waits for this many more acknowledgements of each replica. */
  const more = async (n: number) => {
    for (const child of children) for (let i = 0; i < n; i += 1) await child.line('ack ')
  }
  for (let kill = 0; kill < kills; kill += 1) {
    await more(60)
    await killServer()
    await more(60)
  }
  for (const child of children) child.send('stop')
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0])

  expect(reads.reduce((sum, read) => sum + read().failures, 0)).toBeGreaterThan(0)
  // A click tries twice at most, each within the deadline.
  expect(Math.max(...reads.map((read) => read().longest))).toBeLessThan(2 * deadlineMs + 2_000)
  t = await appOn(server.url)
  const rows = await t.app.store.database.run(
    ({ sql }) => sql<{ review: string; receipt: string; entries: number }[]>`
      select substr(stream, 8) as review, min(encode(leaf_hash, 'hex')) as receipt, count(*)::int as entries
      from declog.entry where stream like 'review/%' group by stream`,
  )
  const stored = new Map(rows.map((row) => [row.review, row]))
  expect(acknowledged().filter(({ review, receipt }) => stored.get(review)?.receipt !== receipt)).toEqual([])
  expect(rows.filter(({ entries }) => entries !== 1)).toEqual([])
  expect((await verifyLog(server.url, { replay: true, progress: () => {} })).findings).toEqual([])

  for (;;) {
    const behind = await t.app.store.database.run(
      ({ sql }) => sql`select from declog.head where delivered_seq < head_seq limit 1`,
    )
    if (behind.length === 0) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const shown = (await webMessagesOf(t.app.store.database, t.workspace, 'paula')).map(({ card }) =>
    plainText(card as Card),
  )
  expect(shown.filter((text) => text.includes('questions 1 of 5'))).toHaveLength(rows.length)
}, 240_000)
