// A whole review in Teams: from the first word to the sign-off, with the real botbuilder and a strict Teams on the other side.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { announcement, answers } from '../../src/cli/demo/answers.ts'
import { listed } from '../../src/domain/review.ts'
import { readReview } from '../../src/reviews/command.ts'
import { readStatus } from '../../src/store/status.ts'
import { verifyLog } from '../../src/store/verify-log.ts'
import type { Driver } from '../support/driver.ts'
import { type Connected, connected } from '../support/teams/connected.ts'
import { oidOf } from '../support/teams/fake-teams.ts'
import { teamsConversation } from '../support/teams/teams-conversation.ts'

let on: Connected
let chat: Driver

beforeAll(async () => {
  on = await connected()
  for (const name of ['Sam', 'Paula', 'Milan', 'Sally'])
    on.fake.addPerson(name.toLowerCase(), { name, installed: false })
  chat = teamsConversation(on.fake, on.settled)
})
afterAll(() => on.close())

const review = async () => {
  const status = await readStatus(on.t.app.store.database, { workspace: await on.workspace() })
  const found = await readReview(on.t.app, await on.workspace(), status.reviews[0]?.review ?? '')
  if (!found) throw new Error('there is no review')
  return found.review
}

test('whoever installs the bot first leads security, and is asked for a second', async () => {
  await on.fake.as('sam').install()
  expect(await chat.sees('sam')).toMatch(/only security lead/)
  for (const handle of ['paula', 'milan']) await on.fake.as(handle).install()
  expect(await chat.sees('paula')).not.toMatch(/only security lead/)
  expect(await chat.sees('paula')).toMatch(/I interview you/)
})

test('just saying what one is building starts the interview', async () => {
  await chat.say('paula', announcement)
  expect(await chat.sees('paula')).toMatch(/questions 1 of 5/)
})

test('five rounds of taps and words lead to the draft', async () => {
  for (const values of answers) {
    await chat.press('paula', values === answers.at(-1) ? 'Draft the threats' : 'Next', values)
  }
  const seen = await chat.sees('paula')
  expect(seen).toMatch(/\d+ threats, 0 decided/)
  expect(seen).toMatch(/For you to propose \(15\)/)
})

test('the pictures stand in the card', async () => {
  const [draft] = on.fake.messages('paula').filter(({ activity }) => /: threat model:/.test(String(activity.summary)))
  expect(JSON.stringify(draft?.activity).match(/data:image\/png/g)).toHaveLength(2)
})

test('every threat is proposed on the card, one after another', async () => {
  await chat.press('paula', 'Go through them')
  for (let left = 15; left > 0; left -= 1) {
    await chat.press('paula', 'Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  }
  expect(await chat.sees('paula')).toMatch(/In your name \(15\)/)
})

test('a wrong field is said under the field, and what was typed stays', async () => {
  await chat.press('sam', 'Decide T1')
  await chat.press('sam', 'Record my decision', { decision: 'decline', reason: ' ' })
  expect(await chat.sees('sam')).toMatch(/write a sentence/)
  await chat.leave('sam')
})

test('the security lead signs one by one', async () => {
  await chat.press('sam', 'Decide T1')
  for (let left = 15; left > 0; left -= 1) await chat.press('sam', 'Record my decision', { decision: 'sign' })
  expect(listed(await review()).filter(({ status }) => status !== 'treated')).toEqual([])
})

test('open questions get an owner, and the review is signed off', async () => {
  await chat.press('paula', 'Open questions')
  await chat.press('paula', 'Ask', { to: await on.personOf(oidOf('milan')) })
  await chat.press('sam', /^Sign off/, { sawSetAside: true })
  expect((await review()).stage).toBe('signed_off')
  await chat.leave('paula')
  expect(await chat.sees('paula')).toMatch(/Signed off by Sam/)
})

test('Teams refused nothing, and the log verifies', async () => {
  expect(on.fake.refused).toEqual([])
  expect(on.t.logged.filter(({ level }) => level !== 'info')).toEqual([])
  const report = await verifyLog(on.t.url, { replay: true, progress: () => {} })
  expect(report.findings).toEqual([])
})
