// Messages on their way to Teams: budgets, bad moments, slow answers and second processes; each arrives once, in order.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { listed } from '../../src/domain/review.ts'
import type { Visitor } from '../../src/reviews/app.ts'
import { budgets } from '../../src/teams/limits.ts'
import { avoiding, draftedReview, onThreat, reviewNow, send } from '../support/drafted.ts'
import { type Connected, connectTo, visitorOf, withTeam } from '../support/teams/connected.ts'
import { type FakeTeams, fakeTeams, oidOf } from '../support/teams/fake-teams.ts'
import { message, reads, until } from '../support/teams/looking.ts'
import type { Failure, FakeMessage } from '../support/teams/wire.ts'

let fake: FakeTeams
let on: Connected
let paula: Visitor
let sam: Visitor
let review: string
let made = 0

async function open(kept: typeof budgets): Promise<void> {
  fake = await fakeTeams()
  on = await connectTo(fake, undefined, kept)
  await withTeam(on)
  ;[paula, sam] = [await visitorOf(on, oidOf('paula')), await visitorOf(on, oidOf('sam'))]
}
async function shut(): Promise<void> {
  await on.close()
  await fake.close()
}

const drafted = async (name: string, by = on) => await draftedReview(by.t.app, paula, name)
const now = () => reviewNow(on.t.app, paula.workspace, review)
const summaries = (handle: string, name: string) =>
  fake
    .messages(handle)
    .map(({ activity }) => String(activity.summary))
    .filter((summary) => summary.includes(name))
const titles = (handle: string, name: string) =>
  summaries(handle, name).map((summary) => /questions \d|threat model|work list/.exec(summary)?.[0])
const everything = [1, 2, 3, 4, 5].map((wave) => `questions ${wave}`).concat('threat model', 'work list')
const statuses = (from = 0) => fake.calls.slice(from).map(({ status }) => status)
/** How often Teams asked for patience: on a busy machine two sends that left apart may arrive together. */
const tooMany = (from: number) => statuses(from).filter((status) => status === 429).length
const list = (handle: string) => message(on, handle, new RegExp(`delivery ${made}: your work list`))

async function decided(): Promise<void> {
  const id = listed(await now())[0]?.id ?? ''
  await send(on.t.app, sam, review, { type: 'approve', ...onThreat(await now(), id), sawUnknowns: true })
}

describe('with the budgets of Teams', () => {
  beforeAll(() => open(budgets))
  afterAll(shut)

  test('a burst keeps to them, and everything arrives, in order', async () => {
    fake.budget(true)
    const from = fake.calls.length
    await Promise.all(['burst 1', 'burst 2', 'burst 3'].map((name) => drafted(name)))
    const all = () => ['burst 1', 'burst 2', 'burst 3'].map((name) => titles('paula', name))
    await until(on, () => all().flat().length >= 21, 40_000)
    expect(all()).toEqual([everything, everything, everything])
    expect(tooMany(from)).toBeLessThanOrEqual(2)
  })

  test('many words at once are all answered', async () => {
    const from = fake.calls.length
    const asked = Array.from({ length: 12 }, () => fake.as('milan').say('personal', 'help'))
    await Promise.all(asked)
    const answers = () => fake.messages('milan').filter(({ activity }) => /understood/.test(String(activity.summary)))
    // One was the welcome.
    await until(on, () => answers().length >= 13, 30_000)
    expect(answers()).toHaveLength(13)
    expect(tooMany(from)).toBeLessThanOrEqual(2)
  })
})

describe('without budgets of our own', () => {
  beforeAll(() => open([]))
  afterAll(shut)
  beforeEach(() => fake.budget(false))

  test('what Teams refuses for now arrives later, once and in order', async () => {
    fake.budget(true)
    const from = fake.calls.length
    await Promise.all(['flood 1', 'flood 2'].map((name) => drafted(name)))
    const all = () => ['flood 1', 'flood 2'].map((name) => titles('paula', name))
    await until(on, () => all().flat().length >= 14, 50_000)
    expect(all()).toEqual([everything, everything])
    expect(statuses(from)).toContain(429)
  })

  test('answers that Teams refuses for now arrive later, once', async () => {
    await until(on, async () => (await behind()) === 0, 30_000)
    fake.failNext('create', { status: 429, retryAfter: 1 }, 1, 'a:milan')
    await fake.as('milan').say('personal', 'mine')
    await on.settled()
    const mine = () => fake.messages('milan').filter(({ activity }) => /wait/i.test(String(activity.summary)))
    expect(mine()).toHaveLength(1)
  })

  test('an answer that may have arrived is not sent again', async () => {
    const answers = () => fake.messages('milan').filter(({ activity }) => /understood/.test(String(activity.summary)))
    const before = answers().length
    fake.failNext('create', { status: 502, after: true }, 1, 'a:milan')
    await fake.as('milan').say('personal', 'help')
    await on.settled()
    expect(answers().length).toBe(before + 1)
  })

  describe('a card that stands', () => {
    beforeEach(async () => {
      made += 1
      review = await drafted(`delivery ${made}`)
      await on.settled()
      const id = listed(await now())[0]?.id ?? ''
      await send(on.t.app, paula, review, avoiding(await now(), id))
      await on.settled()
    })

    test.each<[string, Failure]>([
      ['502 without effect', { status: 502 }],
      ['503 with effect', { status: 503, after: true }],
      ['504', { status: 504 }],
      ['412', { status: 412 }],
      ['429', { status: 429, retryAfter: 1 }],
      ['a connection cut before', { cut: 'before' }],
      ['a connection cut after', { cut: 'after' }],
    ])('is changed in the end, though the first try met %s', async (_, how) => {
      const standing = fake.messages('sam').length
      fake.failNext('update', how, 1, 'a:sam')
      await decided()
      await until(on, () => /avoid, signed by Sam/.test(reads(on, 'sam', list('sam'))))
      expect(fake.messages('sam')).toHaveLength(standing)
    })

    test('is posted anew when someone deleted it', async () => {
      const before = list('sam')
      await deleted('sam', before)
      await decided()
      await on.settled()
      expect(list('sam').id).not.toBe(before.id)
      expect(reads(on, 'sam', list('sam'))).toMatch(/avoid, signed by Sam/)
      expect(summaries('sam', `delivery ${made}:`)).toHaveLength(1)
    })

    test('is taken away in the end, though the first try failed', async () => {
      expect(summaries('sally', `delivery ${made}:`)).toHaveLength(1)
      fake.failNext('delete', { status: 503 }, 1, 'a:sally')
      await decided()
      await until(on, () => summaries('sally', `delivery ${made}:`).length === 0)
    })

    test('does not wait for someone else’s, where Teams is slow', async () => {
      fake.failNext('update', { delayMs: 4000 }, 1, 'a:sam')
      await decided()
      const from = Date.now()
      const soon = () => /signed by Sam/.test(String(JSON.stringify(fake.messages('paula').map(bodyOf))))
      while (!soon() && Date.now() - from < 3000) await fake.quiet(20)
      expect(soon()).toBe(true)
      expect(Date.now() - from).toBeLessThan(3000)
      await on.settled()
      expect(reads(on, 'sam', list('sam'))).toMatch(/avoid, signed by Sam/)
    }, 20_000)
  })

  test('two processes on one database post each message once', async () => {
    const address = fake.listensAt()
    const other = await connectTo(fake, on.t.url)
    const names = ['twice 1', 'twice 2', 'twice 3', 'twice 4']
    await Promise.all(names.map((name, at) => drafted(name, at % 2 === 0 ? on : other)))
    await other.settled()
    await until(on, () => names.every((name) => titles('paula', name).length >= everything.length))
    for (const name of names) expect(titles('paula', name)).toEqual(everything)
    await other.close()
    fake.botAt(address)
  })

  test('nothing was ever too large, and Teams refused nothing for what it was', () => {
    expect(statuses()).not.toContain(413)
    expect(fake.refused).toEqual([])
  })
})

const bodyOf = ({ activity }: FakeMessage) => activity.attachments

/** Deletes a message of the bot's, as an administrator can. */
async function deleted(handle: string, { id }: FakeMessage): Promise<void> {
  const path = `v3/conversations/${encodeURIComponent(`a:${handle}`)}/activities/${id}`
  const headers = { authorization: `Bearer ${fake.bot.token}` }
  const { status } = await fetch(`${fake.serviceUrl}${path}`, { method: 'DELETE', headers })
  expect(status).toBe(200)
}

/** How many streams have messages that lag behind. */
async function behind(): Promise<number> {
  const rows = await on.t.app.store.database.run(
    ({ sql }) => sql`select from declog.head where delivered_seq < head_seq`,
  )
  return rows.length
}
