// Two processes on one PostgreSQL, and processes that die half-way.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Card } from '../../src/conversation/card.ts'
import { plainText } from '../../src/conversation/plain-text.ts'
import type { ReviewCommand } from '../../src/domain/decide.ts'
import type { Visitor } from '../../src/reviews/app.ts'
import { verifyLog } from '../../src/store/verify-log.ts'
import { webMessagesOf } from '../../src/store/web-messages.ts'
import { appOn, type TestApp, testApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { avoiding, draftedReview, listedIds, onThreat, reviewNow } from '../support/drafted.ts'
import { type Child, endChildren, startScript } from '../support/process.ts'

let t: TestApp
let paula: Visitor
let milan: Visitor
beforeAll(async () => {
  t = await testApp()
  ;[paula, milan] = [await t.as('paula'), await t.as('milan')]
})
afterEach(endChildren)
afterAll(() => t.close())

async function clicker(point = '', url = t.url): Promise<Child> {
  const child = startScript('test/support/clicker.ts', [url, point])
  await child.line('ready')
  return child
}

async function click(
  child: Child,
  visitor: Visitor,
  review: string,
  what: ReviewCommand,
): Promise<Record<string, unknown>> {
  child.send(JSON.stringify({ visitor, review, what }))
  return JSON.parse(await child.line('{'))
}

const rounds = process.env.LONG ? 200 : 20

test('two people click on the same threat at the same moment, twenty times: one decision each time', async () => {
  const [one, other] = [await clicker(), await clicker()]
  let decided = 0
  for (let round = 0; round < rounds; round += 1) {
    const review = round % 10 === 0 ? await draftedReview(t.app, paula, `same ${round}`) : current
    current = review
    const state = await reviewNow(t.app, t.workspace, review)
    const id = listedIds(state)[round % 10] as string
    const results = await Promise.all([
      click(one, paula, review, avoiding(state, id)),
      click(other, milan, review, avoiding(state, id)),
    ])
    const [winners, losers] = [results.filter(({ entries }) => entries), results.filter(({ refusal }) => refusal)]
    expect([winners.length, losers.length]).toEqual([1, 1])
    const first = (await reviewNow(t.app, t.workspace, review)).threats[id]?.proposal?.by
    expect(losers[0]?.refusal).toMatchObject({ code: 'already_decided', by: first, status: 'proposed' })
    decided += 1
  }
  expect(decided).toBe(rounds)
  expect((await verifyLog(t.url, { replay: true, progress: () => {} })).findings).toEqual([])
})
let current = ''

test('two people click on different threats at the same moment: both count', async () => {
  const [one, other] = [await clicker(), await clicker()]
  const review = await draftedReview(t.app, paula, 'different')
  const state = await reviewNow(t.app, t.workspace, review)
  const ids = listedIds(state)
  for (let round = 0; round + 1 < ids.length; round += 2) {
    const results = await Promise.all([
      click(one, paula, review, avoiding(state, ids[round] as string)),
      click(other, milan, review, avoiding(state, ids[round + 1] as string)),
    ])
    expect(results.map(({ entries }) => Array.isArray(entries))).toEqual([true, true])
  }
  expect((await verifyLog(t.url, { replay: true, progress: () => {} })).findings).toEqual([])
})

test('fifty clicks on one button through two processes are one entry and fifty equal receipts', async () => {
  const children = [await clicker(), await clicker()]
  const review = await draftedReview(t.app, paula, 'fifty')
  const state = await reviewNow(t.app, t.workspace, review)
  const what = avoiding(state, listedIds(state)[0] as string)
  const results: Record<string, unknown>[] = []
  for (let i = 0; i < 25; i += 1)
    results.push(...(await Promise.all(children.map((child) => click(child, paula, review, what)))))
  const receipts = new Set(
    results.map(({ entries }) => JSON.stringify((entries as { receipt: string }[]).map(({ receipt }) => receipt))),
  )
  expect(receipts.size).toBe(1)
  expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1)
})

describe('a process killed with kill -9', () => {
  test.each(['die-before-insert', 'die-before-commit', 'die-after-commit'])(
    '%s: exactly once after a retry, and the cards show it',
    async (point) => {
      const review = await draftedReview(t.app, paula, point)
      await t.delivery.idle()
      const state = await reviewNow(t.app, t.workspace, review)
      const id = listedIds(state)[0] as string
      const what = avoiding(state, id)
      const victim = await clicker(point)
      victim.send(JSON.stringify({ visitor: paula, review, what }))
      expect(await victim.ended).toBe('SIGKILL')

      const survivor = await clicker()
      const answer = await click(survivor, paula, review, what)
      expect(answer).toMatchObject({ repeated: point === 'die-after-commit' })
      const proposals = await t.app.store.database.run(
        ({ sql }) => sql`select from declog.entry where stream = ${`review/${review}`} and type = 'treatment.proposed'`,
      )
      expect(proposals).toHaveLength(1)
      await shown(t, 'paula', review, /avoid proposed by Paula; waits on Sam/)
      expect((await verifyLog(t.url, { replay: true, progress: () => {} })).findings).toEqual([])
    },
  )

  test('between commit and message: the next replica heals the cards by itself', async () => {
    const fresh = await freshDatabase()
    const before = await appOn(fresh.url)
    const who = await before.as('paula')
    const review = await draftedReview(before.app, who, 'heal')
    await before.delivery.idle()
    const state = await reviewNow(before.app, before.workspace, review)
    await before.close()
    const victim = await clicker('die-after-commit', fresh.url)
    victim.send(JSON.stringify({ visitor: who, review, what: avoiding(state, listedIds(state)[0] as string) }))
    await victim.ended
    const after = await appOn(fresh.url)
    await shown(after, 'paula', review, /avoid proposed by Paula; waits on Sam/)
    await after.close()
    await fresh.drop()
  })
})

/** Waits until a card of this person says so: pushed by the database's own notice, not polled. */
async function shown(on: TestApp, handle: string, review: string, wanted: RegExp): Promise<void> {
  const key = `review/${review}/work/`
  const reads = async () => {
    const messages = await webMessagesOf(on.app.store.database, on.workspace, handle)
    return messages.some(({ key: at, card }) => at.startsWith(key) && wanted.test(plainText(card as Card)))
  }
  await new Promise<void>((resolve, reject) => {
    const look = () => reads().then((found) => found && resolve(), reject)
    on.app.store.database.listen('countersign_web', look, look).catch(reject)
  })
}

test('a click on a card that another replica has since changed is told what stands', async () => {
  const sam = await t.as('sam')
  const child = await clicker()
  const review = await draftedReview(t.app, paula, 'stale')
  const state = await reviewNow(t.app, t.workspace, review)
  const id = listedIds(state)[0] as string
  await click(child, paula, review, avoiding(state, id))
  const late = await click(child, sam, review, { type: 'approve', ...onThreat(state, id), sawUnknowns: true })
  expect(late).toMatchObject({ refusal: { code: 'already_decided', by: paula.person } })
})
