// No click and no word is met with silence: whoever it is and whatever goes wrong, the person is told.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { listed } from '../../src/domain/review.ts'
import type { Visitor } from '../../src/reviews/app.ts'
import { avoiding, draftedReview, reviewNow, send } from '../support/drafted.ts'
import { locked } from '../support/locked.ts'
import { type Connected, connected, visitorOf, withTeam } from '../support/slack/connected.ts'
import type { FakeMessage } from '../support/slack/fake-slack.ts'

let on: Connected
let paula: Visitor
let review: string
let made = 0

beforeAll(async () => {
  on = await connected()
  await withTeam(on)
  paula = await visitorOf(on, 'UPAULA')
})
afterAll(() => on.close())
beforeEach(async () => {
  made += 1
  review = await draftedReview(on.t.app, paula, `silence ${made}`)
  const state = await reviewNow(on.t.app, paula.workspace, review)
  await send(on.t.app, paula, review, avoiding(state, listed(state)[0]?.id as string))
  await on.settled()
})

const words = (of: unknown): string => JSON.stringify(of)
const list = (user: string): FakeMessage => {
  const found = on.fake.messages(user).findLast(({ text }) => text.includes(`silence ${made}: your work list`))
  if (!found) throw new Error(`${user} has no work list`)
  return found
}
const seq = async () => (await reviewNow(on.t.app, paula.workspace, review)).seq

test.each([
  ['a guest', 'UGUEST', { is_restricted: true }, /guest/i],
  ['a single-channel guest', 'UULTRA', { is_ultra_restricted: true }, /guest/i],
  [
    'someone of another organisation',
    'UOTHER',
    { team_id: 'T9OTHER', is_stranger: true },
    /another organisation|outside/i,
  ],
  ['a deactivated account', 'UGONE', { deleted: true }, /deactivated/i],
])('%s is told why, in private, and nothing is recorded', async (_, user, flags, told) => {
  on.fake.addUser(user, flags)
  const before = await seq()
  await on.fake.as(user).clickMessage(list('USAM'), 'Decide T1')
  await on.settled()
  expect(words([on.fake.ephemerals('DUSAM', user), on.fake.view(user)])).toMatch(told)
  expect(await seq()).toBe(before)
})

test('someone who was deactivated a minute ago decides nothing any more', async () => {
  on.fake.addUser('ULATE', { real_name: 'Late' })
  await on.fake.as('ULATE').openHome()
  await on.settled()
  on.fake.addUser('ULATE', { deleted: true })
  await on.fake.event({ type: 'user_change', user: { id: 'ULATE', deleted: true } })
  await on.fake.as('ULATE').clickMessage(list('USAM'), 'Decide T1')
  await on.settled()
  expect(words([on.fake.ephemerals('DUSAM', 'ULATE'), on.fake.view('ULATE')])).toMatch(/deactivated/i)
})

test('a button of a version that is gone says so', async () => {
  const message = list('USAM')
  const retired = words(message).replaceAll('\\"verb\\":\\"threat\\"', '\\"verb\\":\\"retired\\"')
  await on.fake.as('USAM').clickMessage(JSON.parse(retired) as FakeMessage, 'Decide T1')
  await on.settled()
  expect(words([on.fake.ephemerals('USAM', 'USAM')])).toMatch(/from another version/)
})

test('a button of a review that is gone says so', async () => {
  const other = words(list('USAM')).replaceAll(review, 'ffffffffffffffff')
  await on.fake.as('USAM').clickMessage(JSON.parse(other) as FakeMessage, 'Decide T1')
  await on.settled()
  expect(words([on.fake.ephemerals('USAM', 'USAM'), on.fake.view('USAM')])).toMatch(/no longer there/)
})

test('however slow the database, an empty modal opens within the three seconds of its trigger, and is filled', async () => {
  const unlock = await locked(on.t.url, 'lock table declog.entry in access exclusive mode')
  const { tookMs, status } = await on.fake.as('USAM').clickMessage(list('USAM'), 'Decide T1')
  expect([status, tookMs < 3000]).toEqual([200, true])
  expect(words(on.fake.view('USAM'))).toMatch(/Looking it up/)
  await unlock()
  await on.settled()
  expect(on.fake.view('USAM')?.submit?.text).toBe('Record my decision')
})

test('a slow Slack shows an empty modal first, and fills it', async () => {
  on.fake.addUser('UFRESH', { real_name: 'Fresh' })
  on.fake.failNext('users.info', { delayMs: 1200 })
  const { tookMs, status } = await on.fake.as('UFRESH').clickMessage(list('USAM'), 'Decide T1')
  expect([status, tookMs < 3000]).toEqual([200, true])
  expect(words(on.fake.view('UFRESH'))).toMatch(/Looking it up/)
  await on.settled()
  expect(words(on.fake.view('UFRESH'))).toMatch(/It rests on/)
})

test('words that take longer show that something is going on', async () => {
  const unlock = await locked(on.t.url, 'lock table declog.entry in access exclusive mode')
  const said = on.fake.as('UMILAN').say('DM', 'We are building a slow cooker')
  await on.fake.quiet(800)
  expect(
    on.fake.calls.filter(({ method }) => method === 'assistant.threads.setStatus').map(({ error }) => error),
  ).toEqual([undefined])
  await unlock()
  expect((await said).status).toBe(200)
  await on.settled()
  expect(words(on.fake.messages('UMILAN'))).toMatch(/slow cooker/i)
})

test('a commit that takes too long is “not confirmed yet”, never “nothing was recorded”, and the card tells', async () => {
  await on.fake.as('USAM').clickMessage(list('USAM'), 'Decide T1')
  await on.settled()
  const unlock = await locked(on.t.url, `select from declog.head where stream = 'review/${review}' for update`)
  const { status, tookMs } = await on.fake.as('USAM').submit({ decision: 'sign' })
  expect([status, tookMs < 3000]).toEqual([200, true])
  expect(words(on.fake.view('USAM'))).toMatch(/Not confirmed yet/)
  await unlock()
  for (let tries = 0; tries < 50 && !/signed by Sam/.test(words(list('USAM'))); tries += 1) {
    await on.fake.quiet(50)
    await on.settled()
  }
  expect(words(list('USAM'))).toMatch(/avoid, signed by Sam/)
})

test('when Slack does not say who someone is, they are asked to try again', async () => {
  on.fake.addUser('UDARK', { real_name: 'Dark' })
  on.fake.failNext('users.info', { error: 'internal_error' }, 3)
  await on.fake.as('UDARK').clickMessage(list('USAM'), 'Decide T1')
  await on.settled()
  expect(words([on.fake.ephemerals('DUSAM', 'UDARK'), on.fake.view('UDARK')])).toMatch(/try again/)
})

test('a form that could not be opened in time says so', async () => {
  on.fake.failNext('views.open', { error: 'expired_trigger_id' })
  await on.fake.as('USAM').clickMessage(list('USAM'), 'Decide T1')
  await on.settled()
  expect(words(on.fake.ephemerals('USAM', 'USAM'))).toMatch(/press it again/)
})
