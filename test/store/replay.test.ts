// Folding the log gives the tables that status is counted from, after any sequence of commands and erasures; and the
// database's own account of who is waited on agrees with the core's.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { theClock } from '../../src/domain/entry.ts'
import { allWaiting } from '../../src/domain/waiting.ts'
import { actingNow, type Visitor } from '../../src/reviews/app.ts'
import { command, readReview } from '../../src/reviews/command.ts'
import { localPeople } from '../../src/reviews/local-workspace.ts'
import { commandWorkspace } from '../../src/reviews/workspace-command.ts'
import { eraseWords } from '../../src/store/erase.ts'
import { readWaiting } from '../../src/store/status.ts'
import { verifyLog } from '../../src/store/verify-log.ts'
import { appOn, type TestApp, testApp } from '../support/app.ts'
import { avoiding, draftedReview, listedIds, reviewNow, send } from '../support/drafted.ts'
import { reviewCommand, step, workspaceCommand } from '../support/random-commands.ts'

let t: TestApp
let visitors: Visitor[]
beforeAll(async () => {
  t = await testApp()
  visitors = await Promise.all(localPeople.map(({ handle }) => t.as(handle)))
})
afterAll(() => t.close())

const runs = process.env.LONG ? 150 : 12
const by = { actor: { person: theClock, role: 'system' as const, via: 'cli' as const } }

test('after any sequence of commands and erasures', async () => {
  const people = visitors.map(({ person }) => person)
  let counter = 0
  const erasure = fc.record({ erase: fc.nat(60) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 6, arbitrary: step }, { weight: 1, arbitrary: erasure }), {
        minLength: 10,
        maxLength: 40,
      }),
      async (steps) => {
        counter += 1
        const [paula] = visitors as [Visitor]
        const id = await draftedReview(t.app, paula, `run ${counter}`)
        for (const one of steps) {
          const found = await readReview(t.app, t.workspace, id)
          if (!found) throw new Error('the review is gone')
          if ('erase' in one) {
            const seqs = [1 + (one.erase % found.review.seq)]
            await eraseWords(t.app.store, {
              workspace: t.workspace,
              stream: `review/${id}`,
              seqs,
              basis: 'a test',
              at: t.app.now(),
              by,
            })
            continue
          }
          const visitor = visitors[one.who % visitors.length] as Visitor
          const acting = actingNow(t.app, visitor)
          const change = workspaceCommand(one, people, acting.at)
          if (change) await commandWorkspace(t.app, t.workspace, acting, change, found.workspace.seq)
          const what = reviewCommand(one, found.review, people, acting.at)
          if (what) await command(t.app, t.workspace, id, acting, what)
        }
        const found = await readReview(t.app, t.workspace, id)
        const expected = allWaiting(found?.review as never, found?.workspace as never).flatMap(
          ({ threat, waitsFor, people: who }) =>
            found?.review.stage === 'treatment' || !['proposal', 'signature'].includes(waitsFor)
              ? who.map((person) => `${threat.id} ${waitsFor} ${person}`)
              : [],
        )
        const told = await readWaiting(t.app.store.database, { workspace: t.workspace, review: id })
        expect(told.map(({ threat, waitsFor, person }) => `${threat} ${waitsFor} ${person}`).sort()).toEqual(
          expected.sort(),
        )
      },
    ),
    { numRuns: runs, seed: 4711 },
  )
  const report = await verifyLog(t.url, { replay: true, progress: () => {} })
  expect(report.findings).toEqual([])
  expect(report.words.erased).toBeGreaterThan(0)
}, 240_000)

test('erased words are gone from the state, the tables and the cards, in this process and in others', async () => {
  const paula = await t.as('paula')
  const review = await draftedReview(t.app, paula, 'erase')
  const other = await appOn(t.url)
  await reviewNow(other.app, t.workspace, review)
  await t.delivery.idle()
  const state = await reviewNow(t.app, t.workspace, review)
  const answer = state.questions.retrieval_memory.answer as number
  const cards = () =>
    t.app.store.database.run(
      ({ sql }) => sql<{ hit: boolean }[]>`
        select card::text like '%Confluence%' as hit from countersign.web_message where key like ${`review/${review}%`}`,
    )
  expect((await cards()).some(({ hit }) => hit)).toBe(true)

  const seqs = [answer]
  await eraseWords(t.app.store, {
    workspace: t.workspace,
    stream: `review/${review}`,
    seqs,
    basis: 'Art. 17 GDPR',
    at: t.app.now(),
    by,
  })
  for (const app of [t.app, other.app]) {
    expect(JSON.stringify(await reviewNow(app, t.workspace, review))).not.toContain('Confluence')
  }
  for (const text of ['Confluence articles']) {
    const [held] = await t.app.store.database.run(
      ({ sql }) => sql`select from declog.private where stream = ${`review/${review}`} and value like ${`%${text}%`}`,
    )
    expect(held).toBeUndefined()
  }
  t.delivery.soon(t.workspace, `review/${review}`)
  await t.delivery.idle()
  expect((await cards()).some(({ hit }) => hit)).toBe(false)

  const id = listedIds(state)[0] as string
  expect(
    await send(other.app, paula, review, avoiding(await reviewNow(other.app, t.workspace, review), id)),
  ).toHaveProperty('entries')
  expect((await verifyLog(t.url, { replay: true, progress: () => {} })).findings).toEqual([])
  await other.close()
})

test('erasing a name makes its person a stranger until they are linked again', async () => {
  const elena = await t.as('elena')
  const rows = await t.app.store.database.run(
    ({ sql }) => sql<{ seq: number }[]>`
      select seq::int from declog.entry where stream = 'workspace' and type = 'identity.linked' and body like ${`%${elena.person}%`}`,
  )
  const seqs = rows.map(({ seq }) => seq)
  await eraseWords(t.app.store, {
    workspace: t.workspace,
    stream: 'workspace',
    seqs,
    basis: 'a request',
    at: t.app.now(),
    by,
  })
  await expect(t.as('elena')).rejects.toThrow('no elena')
  expect((await verifyLog(t.url, { replay: true, progress: () => {} })).findings).toEqual([])
})
