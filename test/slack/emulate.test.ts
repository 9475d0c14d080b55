// The main story against a Slack that others wrote: `emulate` keeps what the bot posts, uploads and opens.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { announcement, answers } from '../../src/cli/demo/answers.ts'
import { listed } from '../../src/domain/review.ts'
import { readReview } from '../../src/reviews/command.ts'
import { readStatus } from '../../src/store/status.ts'
import { verifyLog } from '../../src/store/verify-log.ts'
import { type Emulated, emulatedSlack } from '../support/slack/emulated.ts'

let slack: Emulated

beforeAll(async () => {
  slack = await emulatedSlack({ paula: { name: 'Paula' }, sam: { name: 'Sam', is_admin: true } })
})
afterAll(() => slack?.close())

test('an administrator who opens Home becomes the first security lead', async () => {
  await slack.openHome('sam')
  expect(JSON.stringify(slack.home('sam')?.blocks)).toMatch(/the only security lead/)
})

test('just saying what one is building starts the interview', async () => {
  await slack.say('paula', announcement)
  expect(await slack.sees('paula')).toMatch(/questions 1 of 5/)
})

test('an answered round and four that are skipped lead to the draft, in one message per card', async () => {
  await slack.press('paula', 'Next', answers[0])
  for (let round = 2; round <= 5; round += 1) await slack.press('paula', 'Skip these')
  expect(await slack.sees('paula')).toMatch(/\d+ threats, 0 decided/)
  const cards = (await slack.messages('paula')).map(({ text }) => text)
  expect(cards.filter((text) => /threat model/.test(text))).toHaveLength(1)
})

test('the pictures of the draft are files of the emulator', async () => {
  const { files } = (await slack.call('files.list', {})) as { files: { id: string; mimetype: string }[] }
  expect(files.length).toBeGreaterThanOrEqual(2)
  const shown = JSON.stringify(await slack.messages('paula'))
  const missing = [...shown.matchAll(/"slack_file":\{"id":"([^"]*)"/g)].filter(
    ([, id]) => !files.some((f) => f.id === id),
  )
  expect(missing).toEqual([])
  expect(shown).toMatch(/"slack_file"/)
})

test('a threat is proposed in a modal, and the next one opens in its place', async () => {
  await slack.press('paula', 'Go through them')
  await slack.press('paula', 'Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  await slack.leave('paula')
  expect(await slack.sees('paula')).toMatch(/In your name \(1\)/)
})

test('the security lead signs it, and nothing else is decided', async () => {
  await slack.press('sam', 'Decide T1')
  await slack.press('sam', 'Record my decision', { decision: 'sign' })
  const { app } = slack.on.t
  const workspace = await slack.on.workspace()
  const { reviews } = await readStatus(app.store.database, { workspace })
  const found = await readReview(app, workspace, reviews[0]?.review ?? '')
  if (!found) throw new Error('there is no review')
  const decided = listed(found.review).filter(({ status }) => status === 'treated')
  expect(decided).toHaveLength(1)
})

test('the emulator refused nothing, nothing was warned of, and the log verifies', async () => {
  expect(slack.refused).toEqual([])
  expect(slack.on.t.logged.filter(({ level }) => level !== 'info')).toEqual([])
  const report = await verifyLog(slack.on.t.url, { replay: true, progress: () => {} })
  expect(report.findings).toEqual([])
})
