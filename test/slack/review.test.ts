// A whole review in Slack: from the first word to the sign-off, with the real Bolt and a strict Slack on the other side.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { announcement, answers } from '../../src/cli/demo/answers.ts'
import { listed } from '../../src/domain/review.ts'
import { readReview } from '../../src/reviews/command.ts'
import { readStatus } from '../../src/store/status.ts'
import { verifyLog } from '../../src/store/verify-log.ts'
import type { Driver } from '../support/driver.ts'
import { type Connected, connected } from '../support/slack/connected.ts'
import { slackConversation } from '../support/slack/slack-conversation.ts'

const users = { paula: 'UPAULA', milan: 'UMILAN', sam: 'USAM', sally: 'USALLY' }
let on: Connected
let chat: Driver

beforeAll(async () => {
  on = await connected()
  on.fake.addUser('UPAULA', { real_name: 'Paula' })
  on.fake.addUser('UMILAN', { real_name: 'Milan' })
  on.fake.addUser('USAM', { real_name: 'Sam', is_admin: true })
  on.fake.addUser('USALLY', { real_name: 'Sally' })
  chat = slackConversation(on.fake, users, on.settled)
})
afterAll(() => on.close())

const review = async () => {
  const status = await readStatus(on.t.app.store.database, { workspace: await on.workspace() })
  const found = await readReview(on.t.app, await on.workspace(), status.reviews[0]?.review ?? '')
  if (!found) throw new Error('there is no review')
  return found.review
}

test('an administrator who opens Home becomes the first security lead, and is asked for a second', async () => {
  await on.fake.as('USAM').openHome()
  await on.settled()
  expect(JSON.stringify(on.fake.home('USAM'))).toMatch(/the only security lead/)
  await on.fake.as('UMILAN').openHome()
  await on.settled()
  expect(JSON.stringify(on.fake.home('UMILAN'))).not.toMatch(/Policy: standard/)
})

test('just saying what one is building starts the interview', async () => {
  await chat.say('paula', announcement)
  expect(await chat.sees('paula')).toMatch(/questions 1 of 5/)
})

test('five rounds of taps and words lead to the draft', async () => {
  for (const values of answers) {
    const last = values === answers.at(-1)
    await chat.press('paula', last ? 'Draft the threats' : 'Next', values)
  }
  const seen = await chat.sees('paula')
  expect(seen).toMatch(/\d+ threats, 0 decided/)
  expect(seen).toMatch(/For you to propose \(15\)/)
})

test('the pictures are uploaded once and stand in the direct message', async () => {
  expect(on.fake.files.size).toBeGreaterThanOrEqual(2)
  const images = on.fake
    .messages('UPAULA')
    .flatMap(({ blocks }) => (blocks as { type: string }[]).filter(({ type }) => type === 'image'))
  expect(images.length).toBeGreaterThanOrEqual(2)
})

test('every threat is proposed in a modal, one after another', async () => {
  await chat.press('paula', 'Go through them')
  for (let left = 40; left > 0 && on.fake.view('UPAULA'); left -= 1) {
    await chat.press('paula', 'Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  }
  expect(await chat.sees('paula')).toMatch(/In your name \(15\)/)
})

test('a wrong field is said under the field, and what was typed stays', async () => {
  await chat.press('sam', 'Decide T1')
  await chat.press('sam', 'Record my decision', { decision: 'decline', reason: ' ' })
  expect(on.fake.view('USAM')?.errors).toEqual({ reason: expect.stringMatching(/write a sentence/) })
})

test('the security lead signs one by one', async () => {
  for (let left = 40; left > 0 && on.fake.view('USAM'); left -= 1) {
    await chat.press('sam', 'Record my decision', { decision: 'sign' })
  }
  expect(listed(await review()).filter(({ status }) => status !== 'treated')).toEqual([])
})

test('open questions get an owner, and the review is signed off', async () => {
  await chat.press('paula', 'Open questions')
  await chat.press('paula', 'Ask', { to: 'UMILAN' })
  await chat.press('sam', /^Sign off/, { sawSetAside: true })
  expect((await review()).stage).toBe('signed_off')
  expect(await chat.sees('paula')).toMatch(/Signed off by Sam/)
})

test('Slack refused nothing, and the log verifies', async () => {
  expect(on.fake.refused).toEqual([])
  expect(on.t.logged.filter(({ level }) => level !== 'info')).toEqual([])
  const report = await verifyLog(on.t.url, { replay: true, progress: () => {} })
  expect(report.findings).toEqual([])
})
