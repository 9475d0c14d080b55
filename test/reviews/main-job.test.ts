// The whole job, through the same entrances every surface uses.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { desiredMessages } from '../../src/conversation/desired-messages.ts'
import { plainText } from '../../src/conversation/plain-text.ts'
import type { Reply } from '../../src/conversation/reply.ts'
import { lastSeqOf } from '../../src/domain/decide/interview.ts'
import { waves } from '../../src/domain/question.ts'
import { readReview } from '../../src/reviews/command.ts'
import { hear } from '../../src/reviews/hear.ts'
import { press } from '../../src/reviews/press.ts'
import { openInterview } from '../../src/store/interviews.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { announcement, waveValues } from '../support/support-copilot.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

test('interview to draft', async () => {
  const paula = await t.as('paula')
  const reply = await hear(t.app, paula, announcement, 'm1')
  expect(reply).toMatchObject({ kind: 'done' })
  const review = (await openInterview(t.app.store.database, t.workspace, paula.person)) as string
  for (const [wave, values] of waveValues.entries()) {
    const found = await readReview(t.app, t.workspace, review)
    const seen = lastSeqOf(found!.review, waves[wave]!)
    const r: Reply = await press(t.app, paula, { verb: 'answer', review, subject: String(wave), seen }, values)
    if (r.kind !== 'done') console.log(r, t.logged)
    expect(r.kind).toBe('done')
  }
  const found = await readReview(t.app, t.workspace, review)
  for (const m of desiredMessages(found!.review, found!.workspace)) console.log(m.key, '\n', plainText(m.card))
})
