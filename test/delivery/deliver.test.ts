// Messages follow the log: only the difference goes out, faults are tried again, and what is gone is taken away.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Card } from '../../src/conversation/card.ts'
import { plainText } from '../../src/conversation/plain-text.ts'
import { deliver } from '../../src/delivery/deliver.ts'
import type { Surface } from '../../src/delivery/surface.ts'
import { webSurface } from '../../src/web/surface.ts'
import { appOn, type TestApp } from '../support/app.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { avoiding, draftedReview, listedIds, onThreat, reviewNow, send } from '../support/drafted.ts'

let fresh: FreshDatabase
let t: TestApp
let calls: { what: string; key: string; card?: Card }[] = []
let failing = false

beforeAll(async () => {
  fresh = await freshDatabase()
  t = await appOn(fresh.url)
  await t.delivery.stop()
})
beforeEach(() => {
  calls = []
  failing = false
})
afterAll(async () => {
  await t.close()
  await fresh.drop()
})

/** The real web surface, with a record of what was asked of it. */
function recorded(): Surface {
  const real = webSurface(t.app.store.database)
  const note = (what: string, key: string, card?: Card) => {
    if (failing) throw new Error('the platform is down')
    calls.push({ what, key, ...(card ? { card } : {}) })
  }
  return {
    name: 'web',
    async post(workspace, address, posting) {
      note('post', posting.key, posting.card)
      return await real.post(workspace, address, posting)
    },
    async update(workspace, ref, posting) {
      note('update', posting.key, posting.card)
      await real.update(workspace, ref, posting)
    },
    async remove(workspace, ref) {
      note('remove', (ref as { key: string }).key)
      await real.remove(workspace, ref)
    },
  }
}

const bring = (review: string) => deliver(t.app, { web: recorded() }, t.workspace, `review/${review}`)
const kinds = () => calls.map(({ what, key }) => `${what} ${key.split('/').slice(2, 3).join('/')}`)

test('a drafted review is posted once; again, nothing is', async () => {
  const review = await draftedReview(t.app, await t.as('paula'), 'post')
  await bring(review)
  expect(kinds()).toEqual(['post wave', 'post wave', 'post wave', 'post wave', 'post wave', 'post review', 'post work'])
  calls = []
  await bring(review)
  expect(calls).toEqual([])
})

test('a decision updates every card that shows it, and only those', async () => {
  const paula = await t.as('paula')
  const review = await draftedReview(t.app, paula, 'update')
  await bring(review)
  calls = []
  const state = await reviewNow(t.app, t.workspace, review)
  const id = listedIds(state)[0] as string
  await send(t.app, paula, review, avoiding(state, id))
  await bring(review)
  expect(kinds()).toEqual(['update work', 'post work'])
  calls = []
  const proposed = await reviewNow(t.app, t.workspace, review)
  await send(t.app, await t.as('sam'), review, { type: 'approve', ...onThreat(proposed, id), sawUnknowns: true })
  await bring(review)
  // The card with the pictures comes last: nobody waits for a drawing.
  expect(kinds()).toEqual(['update work', 'update work', 'update review'])
  const mine = calls.filter(({ key }) => key.endsWith(`${paula.person}@web`)).map(({ card }) => plainText(card as Card))
  expect(mine[0]).toMatch(/avoid, signed by Sam/)
})

test('a colleague’s question is posted to them and taken away when it is answered', async () => {
  const [paula, milan] = [await t.as('paula'), await t.as('milan')]
  const review = await draftedReview(t.app, paula, 'asked')
  await bring(review)
  calls = []
  const due = new Date(Date.now() + 864e5 * 7).toISOString().slice(0, 10)
  await send(t.app, paula, review, {
    type: 'delegate',
    questions: ['prompt_logging_retention'],
    to: milan.person,
    due,
    seen: 0,
  })
  await bring(review)
  expect(kinds()).toContain('post asked')
  calls = []
  const state = await reviewNow(t.app, t.workspace, review)
  const seen = state.questions.prompt_logging_retention.lastSeq
  const facts = [{ fact: 'provider_logs_prompts' as const, value: true }]
  await send(t.app, milan, review, {
    type: 'answer',
    answers: [{ question: 'prompt_logging_retention', words: 'It does.', facts }],
    seen,
  })
  await bring(review)
  expect(kinds()).toContain('remove asked')
})

test('a platform that is down loses nothing: what was not delivered is delivered later', async () => {
  const review = await draftedReview(t.app, await t.as('paula'), 'down')
  failing = true
  await expect(bring(review)).rejects.toThrow('the platform is down')
  failing = false
  await bring(review)
  expect(kinds()).toHaveLength(7)
  const behind = await t.app.store.database.run(
    ({ sql }) => sql`select from declog.head where stream = ${`review/${review}`} and delivered_seq < head_seq`,
  )
  expect(behind).toHaveLength(0)
})

test('a post whose acknowledgement was lost is one message in the end', async () => {
  const review = await draftedReview(t.app, await t.as('paula'), 'lost')
  await bring(review)
  await t.app.store.database.run(
    ({ sql }) =>
      sql`update countersign.delivery set ref = 'null' where stream = ${`review/${review}`} and key = 'review'`,
  )
  calls = []
  await bring(review)
  expect(kinds()).toEqual(['post review'])
  const messages = await t.app.store.database.run(
    ({ sql }) => sql`select from countersign.web_message where key = ${`review/${review}/review`}`,
  )
  expect(messages).toHaveLength(1)
})

test('another name or role is on the cards after the workspace changed', async () => {
  const review = await draftedReview(t.app, await t.as('paula'), 'roles')
  await bring(review)
  await deliver(t.app, { web: recorded() }, t.workspace, 'workspace')
  const behind = await t.app.store.database.run(
    ({ sql }) => sql<{ stream: string }[]>`select stream from declog.head where delivered_seq < head_seq`,
  )
  expect(behind.map(({ stream }) => stream)).toContain(`review/${review}`)
})

test('the sweeper takes up what another process left behind, and says when it cannot', async () => {
  const review = await draftedReview(t.app, await t.as('paula'), 'sweep')
  const other = await appOn(fresh.url)
  const posted = new Promise<void>((resolve, reject) => {
    const look = async () => {
      const rows = await other.app.store.database.run(
        ({ sql }) => sql`select from countersign.web_message where key = ${`review/${review}/review`}`,
      )
      if (rows.length > 0) resolve()
    }
    other.app.store.database
      .listen(
        'countersign_web',
        () => void look().catch(reject),
        () => void look().catch(reject),
      )
      .catch(reject)
  })
  await posted
  await other.close()
})
