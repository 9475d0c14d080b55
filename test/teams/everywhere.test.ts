// Every place and every way in: channels, group chats, people who may not, older clients, forms and the people picker.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { listed } from '../../src/domain/review.ts'
import type { Visitor } from '../../src/reviews/app.ts'
import { readStatus } from '../../src/store/status.ts'
import { messageOf } from '../../src/teams/messages.ts'
import { avoiding, draftedReview, onThreat, reviewNow, send } from '../support/drafted.ts'
import type { Driver } from '../support/driver.ts'
import { buttonsOf, piecesOf } from '../support/teams/card-pieces.ts'
import { type Connected, connected, visitorOf, withTeam } from '../support/teams/connected.ts'
import { oidOf } from '../support/teams/fake-teams.ts'
import { inputsOf } from '../support/teams/inputs.ts'
import { message, reads, readsAll } from '../support/teams/looking.ts'
import { teamsConversation } from '../support/teams/teams-conversation.ts'
import type { Card, FakeMessage } from '../support/teams/wire.ts'
import { baseCard } from '../support/teams/world.ts'

let on: Connected
let chat: Driver
let paula: Visitor
let channel: string
let group: string

beforeAll(async () => {
  on = await connected()
  await withTeam(on)
  paula = await visitorOf(on, oidOf('paula'))
  chat = teamsConversation(on.fake, on.settled)
  const strangers = { guest: { userRole: 'guest' }, external: { upn: 'ext_partner#EXT#@example.test' } } as const
  for (const [handle, more] of Object.entries(strangers)) on.fake.addPerson(handle, more)
  on.fake.addPerson('outsider', { tenantId: '11110000-0000-4000-8000-00000000ffff' })
  on.fake.addPerson('gone', { left: true })
  on.fake.addPerson('nina', { installed: false })
  const all = ['paula', 'milan', 'sam', 'guest', 'external', 'outsider', 'gone', 'nina']
  channel = on.fake.addChannel('ai', { members: all })
  group = on.fake.addChat('lunch', { members: ['paula', 'milan', 'nina'] })
})
afterAll(() => on.close())

const reviews = async () => (await readStatus(on.t.app.store.database, { workspace: await on.workspace() })).reviews
const named = async (name: RegExp) => (await reviews()).find((one) => name.test(one.name ?? ''))
const said = async (handle: string, place: string, text: string, more = {}) => {
  const { id } = await on.fake.as(handle).say(place, text, more)
  await on.settled()
  return id
}
const inChannel = (handle: string, words: string) => said(handle, channel, words, { mention: true })
const press = async (handle: string, of: FakeMessage, label: string | RegExp, values = {}, place = 'personal') => {
  await on.fake.as(handle).click(of, label, values)
  await on.settled()
  return reads(on, handle, of, place)
}
const shown = (handle: string, { id }: FakeMessage, place = 'personal'): Card =>
  on.fake
    .as(handle)
    .sees(place)
    .find((one) => one.message.id === id)?.card as Card
const entriesNow = async (): Promise<number> => {
  const [row] = await on.t.app.store.database.run(
    ({ sql }) => sql<{ n: number }[]>`select count(*)::int as n from declog.entry where stream like 'review/%'`,
  )
  return row?.n ?? 0
}
const words = async (review = ''): Promise<string[]> => {
  const rows = await on.t.app.store.database.run(
    ({ sql }) => sql<{ value: string }[]>`
      select value from declog.private where stream = ${`review/${review}`} order by seq`,
  )
  return rows.map(({ value }) => value)
}
/** What went out to a conversation since. */
const sentTo = (place: string, from: number) =>
  on.fake.calls
    .slice(from)
    .filter(
      ({ kind, conversation }) => ['create', 'update', 'delete'].includes(kind) && conversation?.startsWith(place),
    )

describe('in a channel', () => {
  let card: FakeMessage
  let thread: string

  test('a mention starts the interview in its thread, and is no part of the words', async () => {
    thread = await inChannel('paula', 'we are building a meeting summariser with <at>Milan</at>')
    card = message(on, 'paula', /meeting summariser.*questions 1 of 5/i, channel)
    expect(card.thread).toBe(thread)
    const all = await words((await named(/meeting summariser/i))?.review)
    expect(all.join()).toContain('meeting summariser with Milan')
    expect(all.join()).not.toMatch(/<at>|Countersign/)
  })

  test('the card for everyone can be read, and has one button', () => {
    const base = baseCard(card) as Card
    expect([...inputsOf(base)]).toEqual([])
    expect(buttonsOf(base).map(({ title }) => title)).toEqual(['Open for me'])
    expect(reads(on, 'sam', card, channel)).toMatch(/questions 1 of 5/)
  })

  test('only those who are expected to act get their own view by themselves', async () => {
    const { refresh } = baseCard(card) as { refresh?: { userIds: string[] } }
    expect(refresh?.userIds).toEqual([`29:${oidOf('paula')}`])
    expect(inputsOf(shown('paula', card, channel)).has('ai_type')).toBe(true)
    await on.fake.as('sam').look(channel)
    await on.settled()
    expect([...inputsOf(shown('sam', card, channel))]).toEqual([])
  })

  test('a view that is fetched by itself changes nothing for others and sends nothing', async () => {
    const [from, before] = [on.fake.calls.length, await entriesNow()]
    await on.fake.as('paula').reload()
    await on.settled()
    expect(inputsOf(shown('paula', card, channel)).has('ai_type')).toBe(true)
    expect(sentTo(channel, from)).toEqual([])
    expect(await entriesNow()).toBe(before)
    expect([...inputsOf(shown('sam', card, channel))]).toEqual([])
  })

  test('at most sixty people are named for whom it is fetched', () => {
    const viewers = Array.from({ length: 70 }, (_, at) => `29:${at}`)
    const look = { key: 'review/0/wave/0', viewers, shared: true, pictures: () => undefined }
    const { activity } = messageOf({ title: 'A', summary: 'A', blocks: [] }, look)
    const { refresh } = (activity.attachments[0]?.content ?? {}) as { refresh?: { userIds: string[] } }
    expect(refresh?.userIds).toEqual(viewers.slice(0, 60))
  })

  test('somebody else may open it for themselves, and answer', async () => {
    await press('milan', card, 'Open for me', {}, channel)
    expect(inputsOf(shown('milan', card, channel)).has('ai_type')).toBe(true)
    expect([...inputsOf(baseCard(card) as Card)]).toEqual([])
    await press('milan', card, 'Next', { ai_type: 'llm_rag' }, channel)
    expect(message(on, 'paula', /meeting summariser.*questions 2 of 5/i, channel).thread).toBe(thread)
  })

  test.each([
    ['a guest', 'guest', /guest/i],
    ['a guest by their principal name', 'external', /guest/i],
    ['someone of another tenant', 'outsider', /another organisation/i],
    ['someone who left', 'gone', /deactivated/i],
  ])('%s is told why, sees nothing of the review, and nothing is recorded', async (_, handle, why) => {
    const before = await entriesNow()
    const second = message(on, 'paula', /meeting summariser.*questions 2 of 5/i, channel)
    const told = await press(handle, second, 'Open for me', {}, channel)
    expect(told).toMatch(why)
    expect(told).not.toMatch(/summariser|questions|Which model/i)
    const { data } = buttonsOf(shown('paula', second, channel)).find(({ title }) => title === 'Skip these') as Card
    const forged = JSON.stringify(await pressed(handle, second, data, channel))
    expect(forged).toMatch(why)
    expect(forged).not.toMatch(/summariser|Which model/i)
    await said(handle, channel, 'we are building a thing that nobody asked for', { mention: true })
    expect(await named(/nobody asked for/)).toBeUndefined()
    expect(await entriesNow()).toBe(before)
  })

  test('status, mine and settings are answered in one’s own chat', async () => {
    for (const [asked, told] of Object.entries({ status: /Status of/, mine: /wait/i, settings: /Settings: policy/ })) {
      const from = on.fake.calls.length
      await inChannel('sam', asked)
      expect(sentTo(channel, from).map(({ body }) => body.summary)).toEqual(['I have answered you in our own chat.'])
      expect(on.fake.messages('sam').at(-1)?.activity.summary).toMatch(told)
    }
  })

  test('whoever does not have the bot is told so there', async () => {
    const from = on.fake.calls.length
    await inChannel('nina', 'status')
    expect(sentTo(channel, from).map(({ body }) => body.summary)).toEqual([expect.stringMatching(/under Apps first/)])
  })

  test('someone met only here, who has the bot, is answered in their own chat all the same', async () => {
    on.fake.addPerson('otto')
    on.fake.addChannel('ai', { members: ['otto', ...(await everyoneIn())] })
    const from = on.fake.calls.length
    await inChannel('otto', 'mine')
    expect(sentTo(channel, from).map(({ body }) => body.summary)).toEqual(['I have answered you in our own chat.'])
    expect(on.fake.messages('otto')).toHaveLength(1)
  })

  test('an older client’s press there is answered in one’s own chat', async () => {
    const second = message(on, 'paula', /meeting summariser.*questions 2 of 5/i, channel)
    const from = on.fake.calls.length
    await on.fake.as('sam').submit(second, 'Open for me')
    await on.settled()
    expect(sentTo(channel, from).map(({ body }) => body.summary)).toEqual(['I have answered you in our own chat.'])
    expect(readsAll(on, 'sam')).toMatch(/questions 2 of 5/)
  })

  test('no threat ever shows there, only names, counts and progress', async () => {
    for (let wave = 2; wave <= 5; wave += 1) {
      const open = message(on, 'paula', new RegExp(`meeting summariser.*questions ${wave} of 5`, 'i'), channel)
      await press('paula', open, 'Skip these', {}, channel)
    }
    const { review = '' } = (await named(/meeting summariser/i)) ?? {}
    const glance = message(on, 'paula', /meeting summariser.*threat model/i, channel)
    expect(reads(on, 'sam', glance, channel)).toMatch(/threats?, 0 decided/)
    expect(piecesOf(baseCard(glance) as Card).filter(({ type }) => type === 'Image')).toEqual([])
    expect(await press('paula', glance, 'Go through them', {}, channel)).toMatch(/It rests on|Rating/)
    await on.fake.as('sam').submit(glance, 'Open for me')
    await on.settled()
    await inChannel('sam', 'status')
    const titles = await on.t.app.store.database.run(
      ({ sql }) => sql<{ title: string }[]>`select title from countersign.threat where review = ${review}`,
    )
    expect(titles.length).toBeGreaterThan(0)
    const all = JSON.stringify(sentTo(channel, 0).map(({ body }) => body))
    expect(titles.filter(({ title }) => all.includes(title))).toEqual([])
  })
})

describe('in a group chat', () => {
  test('the interview takes place there', async () => {
    await said('paula', group, 'we are building a lunch picker for the office', { mention: true })
    const card = message(on, 'paula', /lunch picker.*questions 1 of 5/i, group)
    expect(buttonsOf(baseCard(card) as Card).map(({ title }) => title)).toEqual(['Open for me'])
    await press('paula', card, 'Skip these', {}, group)
    expect(message(on, 'milan', /lunch picker.*questions 2 of 5/i, group)).toBeDefined()
    expect(readsAll(on, 'paula')).not.toMatch(/lunch picker/i)
  })

  test('what is not said to the bot is not heard', async () => {
    const from = on.fake.calls.length
    await said('milan', group, 'we are building a model railway in the cellar')
    expect(on.fake.calls.slice(from)).toEqual([])
  })

  test('a mention alone is answered with the help, in one’s own chat', async () => {
    await said('milan', group, '', { mention: true })
    expect(on.fake.messages('milan').at(-1)?.activity.summary).toMatch(/understood/)
  })
})

describe('“Threat-model this”', () => {
  test('where the bot is, the interview takes place there', async () => {
    const id = await said('milan', group, 'A proposal: a bot that answers questions about invoices')
    await on.fake.as('paula').messageExtension('threatModelThis', id)
    await on.settled()
    const { review } = (await named(/proposal: a bot/i)) ?? {}
    expect((await words(review)).join()).toContain('answers questions about invoices')
    expect(message(on, 'milan', /proposal.*questions 1 of 5/i, group)).toBeDefined()
  })

  test('where it is not, in one’s own chat', async () => {
    const elsewhere = on.fake.addChat('elsewhere', { members: ['paula', 'milan'], installed: false })
    const id = await said('milan', elsewhere, 'A classifier of <b>warranty</b> claims, trained on our own')
    const { body } = await on.fake.as('paula').messageExtension('threatModelThis', id)
    await on.settled()
    expect(JSON.stringify(body)).toMatch(/is open/)
    expect(message(on, 'paula', /warranty.*questions 1 of 5/i)).toBeDefined()
    expect(on.fake.messages(elsewhere).filter(({ from }) => from === 'bot')).toEqual([])
  })

  test('without the bot anywhere, one is told to add it, and nothing is recorded', async () => {
    const nowhere = on.fake.addChat('nowhere', { members: ['nina', 'milan'], installed: false })
    const id = await said('milan', nowhere, 'A ranking of applicants by their letters')
    const before = await entriesNow()
    const { body } = await on.fake.as('nina').messageExtension('threatModelThis', id)
    expect(JSON.stringify(body)).toMatch(/under Apps first/)
    expect(await entriesNow()).toBe(before)
  })

  test('when Teams does not say where the bot is, one is asked to try again', async () => {
    const id = await said('milan', group, 'A forecast of what the canteen will need')
    on.fake.failNext('member', { status: 503 })
    const { body } = await on.fake.as('paula').messageExtension('threatModelThis', id)
    expect(JSON.stringify(body)).toMatch(/try again/)
  })

  test('without words in it, one is told what to say', async () => {
    const card = message(on, 'paula', /lunch picker/i, group)
    const { body } = await on.fake.as('paula').messageExtension('threatModelThis', card)
    expect(JSON.stringify(body)).toMatch(/in a sentence/)
  })
})

describe('words in one’s own chat', () => {
  const last = () => on.fake.messages('milan').at(-1) as FakeMessage
  test.each<[string, RegExp]>([
    ['help', /understood/],
    ['status', /Status of what concerns you/],
    ['mine', /wait/i],
    ['settings', /Settings: policy/],
    ['resume', /no interview under way/],
    ['hello?', /in a sentence/],
  ])('“%s” is answered', async (asked, told) => {
    await chat.say('milan', asked)
    expect(last().activity.summary).toMatch(told)
  })

  test('more words than there is room for are said to be too many', async () => {
    await chat.say('milan', 'x'.repeat(4001))
    expect(last().activity.summary).toMatch(/more than 4000 characters/)
  })

  test('“start” brings the form, and the form opens the review', async () => {
    await chat.say('milan', 'start')
    const form = last()
    await press('milan', form, 'Start', { name: 'Fraud scoring', words: 'Scores card payments.' })
    expect(await named(/Fraud scoring/)).toBeDefined()
    expect(reads(on, 'milan', form)).toMatch(/is open/)
    expect(message(on, 'milan', /Fraud scoring.*questions 1 of 5/)).toBeDefined()
  })

  test('words in passing are noted under the open question, and “stop” and “resume” keep everything', async () => {
    await chat.say('milan', 'It is for our risk team')
    expect(last().activity.summary).toMatch(/Noted under/)
    await chat.say('milan', 'stop')
    expect(last().activity.summary).toMatch(/is kept/)
    await chat.say('milan', 'resume')
    expect(last().activity.summary).toMatch(/Fraud scoring.*questions 1 of 5/)
    expect((await words((await named(/Fraud scoring/))?.review)).join()).toContain('It is for our risk team')
  })

  test('when Teams does not say who someone is, they are asked to try again', async () => {
    on.fake.addPerson('dora')
    on.fake.failNext('member', { status: 500 })
    await chat.say('dora', 'help')
    expect(on.fake.messages('dora').at(-1)?.activity.summary).toMatch(/try again/)
  })
})

describe('no press is met with silence', () => {
  let list: FakeMessage
  let review: string
  beforeAll(async () => {
    review = await draftedReview(on.t.app, paula, 'silence')
    const state = await reviewNow(on.t.app, paula.workspace, review)
    await send(on.t.app, paula, review, avoiding(state, listed(state)[0]?.id as string))
    await on.settled()
    list = message(on, 'sam', /silence: your work list/)
  })
  const key = () => (firstButton(list).data as { cs: { key: string } }).cs.key

  test.each<[string, unknown, RegExp]>([
    ['a button of a version that is gone', { do: 'press', press: { verb: 'retired' } }, /another version/],
    ['a button that carries too much', { do: 'press', press: { verb: 'help', person: 'p-1' } }, /another version/],
    ['a button that does what nobody knows', { do: 'vanish' }, /another version/],
    ['a button that carries nothing', undefined, /another version/],
    [
      'a button of a review that is gone',
      { do: 'press', press: { verb: 'threat', review: 'f'.repeat(16), subject: 't' } },
      /no longer there/,
    ],
    ['a card of a review that is gone', { do: 'refresh', key: `review/${'f'.repeat(16)}/review` }, /no longer there/],
    ['a card of nothing at all', { do: 'refresh', key: '../../etc/passwd' }, /no longer there/],
  ])('%s is answered by a card', async (_, cs, told) => {
    const body = (await pressed('sam', list, { cs })) as { type: string; value: Card }
    expect(body.type).toBe('application/vnd.microsoft.card.adaptive')
    expect(JSON.stringify(body.value)).toMatch(told)
  })

  test('a retired button on a card that stands leaves the card there, with the reason', async () => {
    const body = await pressed('sam', list, { cs: { do: 'press', press: { verb: 'retired' }, key: key() } })
    expect(JSON.stringify(body)).toMatch(/another version.*Decide T1/)
  })

  test('somebody else’s card shows nothing to whom it is not for', async () => {
    const body = JSON.stringify(await pressed('milan', list, { cs: { do: 'refresh', key: key() } }))
    expect(body).toMatch(/no longer there/)
    expect(body).not.toMatch(/T1/)
  })

  test('when Teams does not say who someone is, they are asked to try again', async () => {
    on.fake.addPerson('dark')
    on.fake.failNext('member', { status: 503 })
    expect(JSON.stringify(await pressed('dark', list, { cs: { do: 'refresh', key: key() } }))).toMatch(/try again/)
  })

  test('a client that only submits gets messages, and can decide with them', async () => {
    const before = await entriesNow()
    await on.fake.as('sam').submit(list, 'Decide T1')
    await on.settled()
    const form = on.fake.messages('sam').at(-1) as FakeMessage
    expect(form.id).not.toBe(list.id)
    expect(reads(on, 'sam', form)).toMatch(/Sign it/)
    await on.fake.as('sam').submit(form, 'Sign it')
    await on.settled()
    expect(readsAll(on, 'sam')).toMatch(/Signed and recorded/)
    expect(await entriesNow()).toBe(before + 1)
  })

  test('what such a client submits twice is answered once', async () => {
    const glance = message(on, 'paula', /silence: threat model/)
    const before = on.fake.messages('paula').length
    const { fallback } = firstButton(glance) as { fallback: Card }
    const activity = { ...personal('paula'), type: 'message', id: 'twice', replyToId: glance.id, value: fallback.data }
    await Promise.all([on.fake.raw(activity), on.fake.raw(activity)])
    await on.settled()
    expect(on.fake.messages('paula')).toHaveLength(before + 1)
  })
})

describe('forms', () => {
  let review: string
  beforeAll(async () => {
    review = await draftedReview(on.t.app, paula, 'forms')
    await on.settled()
  })
  const list = () => message(on, 'paula', /forms: your work list/)
  const value = (of: FakeMessage, name: string) => inputsOf(shown('paula', of)).get(name)?.value

  test('the way back leads to the card as it was', async () => {
    const before = reads(on, 'paula', list())
    expect(await press('paula', list(), 'Treat T1')).not.toBe(before)
    expect(await press('paula', list(), 'Not now')).toBe(before)
  })

  test('what is wrong stands below its field, and what was typed stays', async () => {
    await press('paula', list(), 'Treat T1')
    await press('paula', list(), 'Accept', { likelihood: '5', ratingReason: 'Anybody can reach it.' })
    const day = new Date(Date.now() + 864e5 * 3000).toISOString().slice(0, 10)
    const typed = {
      reason: 'The harm is small.',
      consequence: 'A wrong answer.',
      ...dated(shown('paula', list()), day),
    }
    const { blocked = [] } = await on.fake.as('paula').click(list(), 'Propose', typed)
    // The client keeps a day out of range back by itself; then nothing is sent at all.
    expect(blocked.length).toBeGreaterThan(0)
    const blank = { ...typed, ...dated(shown('paula', list()), inDays(10)), reason: '   ' }
    await press('paula', list(), 'Propose', blank)
    expect(reads(on, 'paula', list())).toMatch(/⚠ Please write a sentence here/)
    expect(value(list(), 'consequence')).toBe('A wrong answer.')
    expect(value(list(), 'likelihood')).toBe('5')
    expect(value(list(), 'ratingReason')).toBe('Anybody can reach it.')
    await press('paula', list(), 'Not now')
  })

  test('what was typed stays on a refusal, with the reason above it', async () => {
    await press('paula', list(), 'Treat T2')
    await press('paula', list(), 'Avoid', { ratingReason: 'Because of this.' })
    const { data } = buttonsOf(shown('paula', list())).find(({ title }) => title === 'Propose') as Card
    const id = listed(await now())[1]?.id ?? ''
    const correcting = { type: 'correct', title: 'Said anew', statement: 'Said anew altogether.' } as const
    const sam = await visitorOf(on, oidOf('sam'))
    await send(on.t.app, sam, review, { ...onThreat(await now(), id), ...correcting })
    await on.settled()
    const typed = { likelihood: '3', impact: '5', reason: 'Left out of the first version.' }
    const { value: card } = (await pressed('paula', list(), {
      ...(data as object),
      ...typed,
      ratingReason: 'Because.',
    })) as { value: Card }
    expect(JSON.stringify(card)).toMatch(/changed since you saw it.*Said anew altogether/)
    expect(inputsOf(card).get('reason')?.value).toBe('Left out of the first version.')
    expect(inputsOf(card).get('ratingReason')?.value).toBe('Because.')
    await press('paula', list(), 'Not now')
  })

  test('what was typed on an interview card survives asking someone else and not doing so', async () => {
    await chat.say('paula', 'start We are building a planner of delivery routes')
    const card = message(on, 'paula', /planner.*questions 1 of 5/i)
    const typed = { 'feature_purpose.words': 'It plans routes for 40 vans.', sensitive_data: ['personal', 'financial'] }
    expect(await press('paula', card, 'Ask someone else', typed)).toMatch(/Whom/)
    await press('paula', card, 'Not now')
    expect(value(card, 'feature_purpose.words')).toBe('It plans routes for 40 vans.')
    expect(value(card, 'sensitive_data')).toBe('personal,financial')
  })

  test('not even a client that starts anew loses them', async () => {
    const card = message(on, 'paula', /planner.*questions 1 of 5/i)
    await press('paula', card, 'Ask someone else', { 'feature_purpose.words': 'It plans routes for 50 vans.' })
    await on.fake.as('paula').reload()
    await on.settled()
    expect(reads(on, 'paula', card)).toMatch(/Whom/)
    await press('paula', card, 'Not now')
    expect(value(card, 'feature_purpose.words')).toBe('It plans routes for 50 vans.')
  })

  test('someone the bot never met can be picked, when they have it', async () => {
    on.fake.addPerson('rosa', { name: 'Rosa' })
    const card = message(on, 'paula', /planner.*questions 1 of 5/i)
    await press('paula', card, 'Ask someone else')
    const asked = { questions: ['users_exposure'], to: oidOf('rosa') }
    await press('paula', card, 'Ask', asked)
    expect(message(on, 'rosa', /Paula asks you about/)).toBeDefined()
    const rosa = await on.personOf(oidOf('rosa'))
    expect((await planner()).questions.users_exposure.asked?.person).toBe(rosa)
  })

  test('whom the bot cannot write to is said below the field, and the rest stays', async () => {
    const card = message(on, 'paula', /planner.*questions 1 of 5/i)
    await press('paula', card, 'Ask someone else')
    const day = inDays(3)
    const told = await press('paula', card, 'Ask', { questions: ['feature_purpose'], to: oidOf('nobody'), due: day })
    expect(told).toMatch(/⚠ I cannot write to them/)
    expect(value(card, 'questions')).toBe('feature_purpose')
    expect(value(card, 'due')).toBe(day)
    expect((await planner()).questions.feature_purpose.asked).toBeUndefined()
    await press('paula', card, 'Not now')
  })

  test('when Teams does not say who was picked, one is asked to try again', async () => {
    on.fake.addPerson('olga')
    const card = message(on, 'paula', /planner.*questions 1 of 5/i)
    if (!/Whom/.test(reads(on, 'paula', card))) await press('paula', card, 'Ask someone else')
    on.fake.failNext('conversation', { status: 502 })
    const told = await press('paula', card, 'Ask', { questions: ['feature_purpose'], to: oidOf('olga') })
    expect(told).toMatch(/try again/)
    expect(value(card, 'questions')).toBe('feature_purpose')
  })

  test('an account is one person, however its id is written', async () => {
    const card = message(on, 'paula', /planner.*questions 1 of 5/i)
    const before = await people()
    const { data } = buttonsOf(shown('paula', card)).find(({ title }) => title === 'Ask') as Card
    const asking = async (to: string) => {
      const filled = { 'questions[]': 'feature_purpose', 'to@': to, due: inDays(3) }
      return JSON.stringify(await pressed('paula', card, { ...(data as object), ...filled }))
    }
    for (const to of [`29:${oidOf('rosa')}`, ` ${oidOf('rosa')}`])
      expect(await asking(to)).toMatch(/cannot write to them/)
    expect(await asking(oidOf('rosa').toUpperCase())).toMatch(/Rosa has the question/)
    expect((await planner()).questions.feature_purpose.asked?.person).toBe(await on.personOf(oidOf('rosa')))
    expect(await people()).toBe(before)
  })

  const now = () => reviewNow(on.t.app, paula.workspace, review)
  const planner = async () => reviewNow(on.t.app, paula.workspace, (await named(/planner/i))?.review ?? '')
})

test('Teams refused nothing', () => {
  expect(on.fake.refused).toEqual([])
})

const firstButton = (of: FakeMessage) => buttonsOf(baseCard(of) as Card)[0] as Card

const inDays = (days: number): string => new Date(Date.now() + 864e5 * days).toISOString().slice(0, 10)

/** The day in the one field of a card that takes one. */
function dated(card: Card, day: string): Record<string, string> {
  const [name] = [...inputsOf(card)].find(([, { type }]) => type === 'Input.Date') ?? []
  return name ? { [name]: day } : {}
}

async function people(): Promise<number> {
  const [row] = await on.t.app.store.database.run(
    ({ sql }) => sql<{ n: number }[]>`select count(*)::int as n from countersign.identity`,
  )
  return row?.n ?? 0
}

async function everyoneIn(): Promise<string[]> {
  return ['paula', 'milan', 'sam', 'guest', 'external', 'outsider', 'gone', 'nina']
}

/** What every activity of someone's in their own chat says. */
function personal(handle: string) {
  return {
    ...{ channelId: 'msteams', serviceUrl: on.fake.serviceUrl, recipient: { id: on.fake.bot.id } },
    from: { id: `29:${oidOf(handle)}`, aadObjectId: oidOf(handle) },
    conversation: { id: `a:${handle}`, conversationType: 'personal', tenantId: on.fake.tenant },
    channelData: { tenant: { id: on.fake.tenant } },
  }
}

/** Presses a button made by hand; gives what answers it. */
async function pressed(handle: string, { id, thread }: FakeMessage, data: unknown, place = ''): Promise<unknown> {
  const shared = { id: `${place};messageid=${thread}`, conversationType: 'channel', tenantId: on.fake.tenant }
  const { body } = await on.fake.raw({
    ...personal(handle),
    ...(place ? { conversation: shared } : {}),
    ...{ type: 'invoke', name: 'adaptiveCard/action', replyToId: id },
    value: { action: { type: 'Action.Execute', title: 'By hand', verb: 'x', data }, trigger: 'manual' },
  })
  await on.settled()
  return body
}
