// One command, one transaction, exactly once, in three round trips.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { appOn, type TestApp, testApp } from '../support/app.ts'
import { countingProxy } from '../support/counting-proxy.ts'
import { avoiding, draftedReview, listedIds, onThreat, reviewNow, send } from '../support/drafted.ts'

let t: TestApp
let review: string
beforeAll(async () => {
  t = await testApp()
  review = await draftedReview(t.app, await t.as('paula'))
})
afterAll(() => t.close())

const now = () => reviewNow(t.app, t.workspace, review)

describe('the same click again', () => {
  test('gives the same receipts and no second entry', async () => {
    const paula = await t.as('paula')
    const state = await now()
    const [id] = listedIds(state)
    const click = avoiding(state, id as string)
    const first = await send(t.app, paula, review, click)
    const again = await Promise.all([1, 2, 3].map(() => send(t.app, paula, review, click)))
    if ('refusal' in first) throw new Error(first.refusal.code)
    for (const one of again)
      expect(one).toMatchObject({
        repeated: true,
        entries: first.entries.map(({ seq, receipt }) => ({ seq, receipt })),
      })
    expect((await now()).seq).toBe(first.entries.at(-1)?.seq)
  })

  test('with another intent is refused, and says so', async () => {
    const paula = await t.as('paula')
    const state = await now()
    const id = listedIds(state)[1] as string
    await send(t.app, paula, review, avoiding(state, id))
    const other = { ...avoiding(state, id), treatment: { kind: 'avoid', reason: 'Another reason.' } } as never
    expect(await send(t.app, paula, review, other)).toMatchObject({ refusal: { code: 'different_intent' } })
  })

  test('by another person is told who was first', async () => {
    const state = await now()
    const id = listedIds(state)[2] as string
    const click = avoiding(state, id)
    await send(t.app, await t.as('paula'), review, click)
    const { person } = await t.as('paula')
    expect(await send(t.app, await t.as('milan'), review, click)).toMatchObject({
      refusal: { code: 'already_decided', by: person },
    })
  })

  test('after the threat was sent back is a new command', async () => {
    const paula = await t.as('paula')
    const state = await now()
    const id = listedIds(state)[3] as string
    await send(t.app, paula, review, avoiding(state, id))
    const proposed = await now()
    await send(t.app, await t.as('sam'), review, { type: 'decline', ...onThreat(proposed, id), reason: 'Not yet.' })
    const back = await now()
    expect(await send(t.app, paula, review, avoiding(back, id))).toMatchObject({ repeated: false })
  })
})

test('the receipt the person sees is the hash the table took', async () => {
  const state = await now()
  const outcome = await send(t.app, await t.as('paula'), review, avoiding(state, listedIds(state)[4] as string))
  if ('refusal' in outcome) throw new Error(outcome.refusal.code)
  const rows = await t.app.store.database.run(
    ({ sql }) => sql`
      select seq::int, encode(leaf_hash, 'hex') as receipt from declog.entry
      where stream = ${`review/${review}`} and seq >= ${outcome.entries[0]?.seq ?? 0} order by seq`,
  )
  expect(rows.map(({ seq, receipt }) => ({ seq, receipt }))).toEqual(
    outcome.entries.map(({ seq, receipt }) => ({ seq, receipt })),
  )
})

test('a review that is not there is refused, in this workspace and in another', async () => {
  const paula = await t.as('paula')
  const state = await now()
  const click = avoiding(state, listedIds(state)[5] as string)
  expect(await send(t.app, paula, 'nonsense', click)).toMatchObject({ refusal: { code: 'no_such_thing' } })
  const stranger = { ...paula, workspace: 'countersign.local/other' }
  expect(await send(t.app, stranger, review, click)).toMatchObject({ refusal: { code: 'no_such_thing' } })
})

describe('on the wire', () => {
  test('a click takes at most three round trips', async () => {
    const proxy = await countingProxy(t.url)
    const through = await appOn(proxy.url, {}, 1)
    try {
      await through.delivery.stop()
      const [paula, sam] = [await through.as('paula'), await through.as('sam')]
      // The first clicks teach a connection the statements; from then on every click costs the same.
      const trips: number[] = []
      for (const id of listedIds(await reviewNow(through.app, through.workspace, review)).slice(5, 9)) {
        const state = await reviewNow(through.app, through.workspace, review)
        const click = avoiding(state, id)
        proxy.roundTrips()
        await send(through.app, paula, review, click)
        trips.push(proxy.roundTrips())
        const proposed = await reviewNow(through.app, through.workspace, review)
        proxy.roundTrips()
        await send(through.app, sam, review, { type: 'approve', ...onThreat(proposed, id), sawUnknowns: true })
        trips.push(proxy.roundTrips())
      }
      expect(trips.slice(-3)).toEqual([3, 3, 3])
    } finally {
      await through.close()
      await proxy.close()
    }
  })

  test('when the answer to a commit is lost, the click still counts exactly once', async () => {
    const proxy = await countingProxy(t.url)
    const through = await appOn(proxy.url)
    try {
      await through.delivery.stop()
      const paula = await through.as('paula')
      const state = await reviewNow(through.app, through.workspace, review)
      const id = listedIds(state)[10] as string
      proxy.cutAfter('commit')
      const outcome = await send(through.app, paula, review, avoiding(state, id))
      expect(outcome).toHaveProperty('entries')
      const after = await now()
      const entries = await t.app.store.database.run(
        ({ sql }) => sql`
          select from declog.entry where stream = ${`review/${review}`} and type = 'treatment.proposed' and body like ${`%"${id}"%`}`,
      )
      expect(entries).toHaveLength(1)
      expect(after.threats[id]?.status).toBe('proposed')
    } finally {
      await through.close()
      await proxy.close()
    }
  })
})
