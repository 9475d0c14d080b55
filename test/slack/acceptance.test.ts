// The acceptance checks of a decision in chat, on Slack.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { deliver } from '../../src/delivery/deliver.ts'
import { listed } from '../../src/domain/review.ts'
import type { Visitor } from '../../src/reviews/app.ts'
import { avoiding, draftedReview, onThreat, reviewNow, send } from '../support/drafted.ts'
import { type Connected, connected, connectTo, visitorOf, withTeam } from '../support/slack/connected.ts'
import type { FakeMessage } from '../support/slack/fake-slack.ts'

let on: Connected
let paula: Visitor
let sam: Visitor
let review: string
let made = 0

beforeAll(async () => {
  on = await connected()
  await withTeam(on)
  ;[paula, sam] = [await visitorOf(on, 'UPAULA'), await visitorOf(on, 'USAM')]
})
afterAll(() => on.close())

beforeEach(async () => {
  made += 1
  review = await draftedReview(on.t.app, paula, `acceptance ${made}`)
  await on.settled()
})

const now = () => reviewNow(on.t.app, paula.workspace, review)
const first = async () => listed(await now())[0]?.id as string
const workList = (user: string): FakeMessage => {
  const found = on.fake.messages(user).findLast(({ text }) => text.includes(`acceptance ${made}: your work list`))
  if (!found) throw new Error(`${user} has no work list`)
  return found
}
const words = (of: unknown): string => JSON.stringify(of)

/** Proposes the first threat as Paula and lets the cards follow. */
async function proposed(): Promise<string> {
  const id = await first()
  await send(on.t.app, paula, review, avoiding(await now(), id))
  await on.settled()
  return id
}

async function opened(user: string): Promise<void> {
  await on.fake.as(user).clickMessage(workList(user), 'Decide T1')
  await on.settled()
}

test('1: two owners sign at the same moment: one decision, the other sees who was first', async () => {
  const id = await proposed()
  await opened('USAM')
  await opened('USALLY')
  await Promise.all([
    on.fake.as('USAM').submit({ decision: 'sign' }),
    on.fake.as('USALLY').submit({ decision: 'sign' }),
  ])
  await on.settled()
  const threat = (await now()).threats[id]
  expect(threat?.proposal?.signatures.length).toBe(1)
  const views = [on.fake.view('USAM'), on.fake.view('USALLY')].map(words)
  expect(views.filter((view) => /was first, on/.test(view)).length).toBe(1)
})

test('2: a click on what was re-drafted meanwhile is refused in private, and nothing is recorded', async () => {
  const id = await proposed()
  await opened('USAM')
  await send(on.t.app, paula, review, { type: 'withdraw', ...onThreat(await now(), id) })
  await send(on.t.app, paula, review, {
    ...onThreat(await now(), id),
    type: 'correct',
    title: 'Other',
    statement: 'Another statement.',
  })
  await on.settled()
  const before = (await now()).seq
  await on.fake.as('USAM').submit({ decision: 'sign' })
  await on.settled()
  expect(words(on.fake.view('USAM'))).toMatch(/changed since|no proposal to decide/)
  expect((await now()).seq).toBe(before)
})

test('3: someone without authority is told who has it, in private, and nothing is recorded', async () => {
  await proposed()
  const before = (await now()).seq
  const message = workList('USAM')
  await on.fake.as('UMILAN').clickMessage(message, 'Decide T1')
  await on.settled()
  expect(on.fake.view('UMILAN')?.submit).toBeUndefined()
  expect(words(on.fake.view('UMILAN'))).toMatch(/signed by a security lead\. Ask Sam/)
  expect((await now()).seq).toBe(before)
})

test('4: a decision made elsewhere takes the buttons off the message in Slack', async () => {
  const id = await proposed()
  expect(words(workList('USAM'))).toMatch(/Decide T1/)
  await send(on.t.app, { ...sam, via: 'web' }, review, {
    type: 'approve',
    ...onThreat(await now(), id),
    sawUnknowns: true,
  })
  await on.settled()
  expect(words(workList('USAM'))).not.toMatch(/Decide T1/)
  expect(words(workList('USAM'))).toMatch(/avoid, signed by Sam/)
})

test('5: the same message delivered four times, under fresh event ids, has one effect and one answer', async () => {
  const say = { ts: '1795000000.000100', event_id: 'Ev1' }
  const person = on.fake.as('UMILAN')
  const text = 'We are building a translator for contracts'
  await person.say('DM', text, say)
  await Promise.all([
    person.say('DM', text, { ...say, retry: 1 }),
    person.say('DM', text, { ...say, event_id: 'Ev2' }),
    person.say('DM', text, { ...say, event_id: 'Ev3', retry: 2 }),
  ])
  await on.settled()
  const mine = on.fake.messages('UMILAN').filter(({ text: said }) => /translator|contracts/i.test(said))
  expect(mine.filter(({ text: said }) => said.includes('is open')).length).toBe(1)
  expect(mine.filter(({ text: said }) => said.includes('questions 1 of 5')).length).toBe(1)
})

test('6: killed between commit and message: the next process brings the message up to date', async () => {
  const id = await proposed()
  on.fake.failNext('chat.update', { cut: 'before' })
  await send(on.t.app, sam, review, { type: 'approve', ...onThreat(await now(), id), sawUnknowns: true })
  await on.settled()
  expect(words(workList('USAM'))).toMatch(/Decide T1/)
  const address = on.fake.listensAt()
  const next = await connectTo(on.fake, 'http', on.t.url)
  await deliver(next.t.app, { slack: next.slack.surface }, paula.workspace, `review/${review}`)
  expect(words(workList('USAM'))).not.toMatch(/Decide T1/)
  await next.close()
  on.fake.botAt(address)
})

test('7: told to wait, it waits for that place alone, and edits each message once', async () => {
  const id = await proposed()
  const updates = () => on.fake.calls.filter(({ method }) => method === 'chat.update')
  on.fake.failNext('chat.update', { status429: 1 })
  const [before, from] = [updates().length, Date.now()]
  await send(on.t.app, sam, review, { type: 'approve', ...onThreat(await now(), id), sawUnknowns: true })
  await on.settled()
  const [refused] = updates().slice(before)
  expect(refused?.error).toBe('ratelimited')
  const edited = () =>
    updates()
      .slice(before)
      .filter(({ error }) => error === undefined)
  const again = () => edited().some(({ body }) => body.ts === refused?.body.ts)
  expect(again()).toBe(false)
  for (let tries = 0; tries < 100 && !again(); tries += 1) await on.fake.quiet(100)
  await on.settled()
  expect(Date.now() - from).toBeGreaterThanOrEqual(1000)
  expect(edited().length).toBeGreaterThan(1)
  expect(new Set(edited().map(({ body }) => body.ts)).size).toBe(edited().length)
})

test('8: a post that was cut off after it took effect is found again, not repeated', async () => {
  on.fake.failNext('chat.postMessage', { cut: 'after' })
  made += 1
  review = await draftedReview(on.t.app, paula, `acceptance ${made}`)
  await on.settled()
  const of = () => on.fake.messages('UPAULA').filter(({ text }) => text.includes(`acceptance ${made}:`))
  for (let tries = 0; tries < 100 && !of().some(({ text }) => text.includes('work list')); tries += 1)
    await on.fake.quiet(100)
  const titles = of().map(({ text }) => text.split('.')[0])
  expect(new Set(titles).size).toBe(titles.length)
})

test('13: every message has a text of its own, and Slack refused nothing', () => {
  const posts = on.fake.calls.filter(({ method }) =>
    ['chat.postMessage', 'chat.update', 'chat.postEphemeral'].includes(method),
  )
  expect(posts.length).toBeGreaterThan(20)
  expect(posts.filter(({ body }) => String(body.text ?? '').trim() === '')).toEqual([])
  expect(on.fake.refused).toEqual([])
})

test('14: removed from the channel where the review takes place, the bot goes on in direct messages', async () => {
  on.fake.addChannel('C0TEAM', { members: ['UPAULA'] })
  const { ts } = await on.fake
    .as('UPAULA')
    .say('C0TEAM', `<@${on.fake.bot.userId}> we are building a summariser of incident reports`)
  await on.settled()
  expect(words(on.fake.messages('C0TEAM'))).toMatch(/questions 1 of 5/)
  on.fake.addChannel('C0TEAM', { members: ['UPAULA'], botIsMember: false })
  const card = on.fake.messages('C0TEAM').findLast(({ text }) => text.includes('questions 1 of 5')) as FakeMessage
  expect(card.thread_ts).toBe(ts)
  await on.fake.as('UPAULA').clickMessage(card, 'Skip these')
  await on.settled()
  expect(on.fake.messages('UPAULA').filter(({ text }) => /summariser.*questions 2 of 5/i.test(text)).length).toBe(1)
  const told = (user: string) => on.fake.messages(user).filter(({ text }) => /cannot write any more/.test(text)).length
  expect([told('USAM'), told('USALLY'), told('UPAULA')]).toEqual([1, 1, 0])
})

test('16: hostile words in a statement stay words', async () => {
  const id = await first()
  const statement =
    'Look: <!channel> <https://evil.example|Approve> [x](javascript:alert(1)) *bold* https://evil.example'
  await send(on.t.app, paula, review, {
    ...onThreat(await now(), id),
    type: 'correct',
    title: '<!here> <@U1> title',
    statement,
  })
  await on.settled()
  await on.fake.as('UPAULA').clickMessage(workList('UPAULA'), 'Treat T1')
  await on.settled()
  const shown = words([workList('UPAULA').blocks, on.fake.view('UPAULA')?.blocks])
  const live = (on.fake.view('UPAULA')?.blocks ?? []).filter((block) =>
    /"mrkdwn"|"link"|"user"|"broadcast"/.test(words(block)),
  )
  expect(live).toEqual([])
  expect(shown).toContain('<!channel>')
  expect(workList('UPAULA').text).not.toMatch(/<!|<@|<http/)
})
