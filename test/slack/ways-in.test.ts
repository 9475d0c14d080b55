// Every way into a review in Slack, and what each answers.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readStatus } from '../../src/store/status.ts'
import { type Connected, connected, visitorOf, withTeam } from '../support/slack/connected.ts'
import type { FakeMessage } from '../support/slack/fake-slack.ts'

let on: Connected
beforeAll(async () => {
  on = await connected()
  await withTeam(on)
  on.fake.addChannel('C0AI', { members: ['UPAULA', 'UMILAN', 'USAM'] })
})
afterAll(() => on.close())

const words = (of: unknown): string => JSON.stringify(of)
const paula = () => on.fake.as('UPAULA')
const reviews = async () => (await readStatus(on.t.app.store.database, { workspace: await on.workspace() })).reviews
const named = async (name: RegExp) => (await reviews()).filter((one) => name.test(one.name ?? ''))
const mention = `<@${'U0BOT'}>`

test('/countersign help says what there is, to that person alone', async () => {
  await paula().slash('help', 'C0AI')
  await on.settled()
  expect(words(on.fake.ephemerals('C0AI', 'UPAULA'))).toMatch(/begin a review/)
  expect(on.fake.messages('C0AI')).toEqual([])
})

test('/countersign start with words opens a review in direct messages', async () => {
  await paula().slash('start We are building a résumé ranker for recruiters', 'C0AI')
  await on.settled()
  expect((await named(/résumé ranker/i)).length).toBe(1)
  expect(words(on.fake.messages('UPAULA'))).toMatch(/questions 1 of 5/)
  expect(on.fake.messages('C0AI')).toEqual([])
})

test('/countersign start without words opens the form, and the form opens the review', async () => {
  await paula().slash('start', 'C0AI')
  await on.settled()
  await paula().submit({ name: 'Fraud scoring', words: 'Scores card payments.' })
  await on.settled()
  expect((await named(/Fraud scoring/)).length).toBe(1)
  expect(on.fake.view('UPAULA')).toBeUndefined()
})

test('/countersign status and mine answer the person alone', async () => {
  for (const text of ['status', 'mine']) await paula().slash(text, 'C0AI')
  await on.settled()
  const told = words(on.fake.ephemerals('C0AI', 'UPAULA'))
  expect(told).toMatch(/Status of what concerns you/)
  expect(told).toMatch(/Nothing waits for you|wait for you/)
})

test('asked in a channel for the status, the bot answers the person alone', async () => {
  await on.fake.as('UPAULA').say('C0AI', `${mention} status`)
  await on.settled()
  expect(words(on.fake.messages('C0AI').filter(({ user }) => user !== 'UPAULA'))).not.toMatch(/Status of/)
  expect(words(on.fake.ephemerals('C0AI', 'UPAULA').at(-1))).toMatch(/Status of what concerns you/)
})

let thread = ''
test('a mention in a channel starts the interview in its thread', async () => {
  const { ts } = await on.fake.as('UMILAN').say('C0AI', `${mention} we are building a meeting summariser`)
  thread = ts
  await on.settled()
  const inThread = on.fake.messages('C0AI').filter(({ thread_ts }) => thread_ts === ts)
  expect(words(inThread)).toMatch(/questions 1 of 5/)
  expect((await named(/meeting summariser/i)).length).toBe(1)
})

test('replies in that thread count as answers, several short ones as one', async () => {
  const say = (text: string) => on.fake.as('UMILAN').say('C0AI', text, { thread_ts: thread })
  await say('It is for our sales team')
  await on.settled()
  await say('and runs on GPT-4o')
  await on.settled()
  const [review] = await named(/meeting summariser/i)
  const { rows } = await answersIn(review?.review ?? '')
  expect(rows).toContain('It is for our sales team\nand runs on GPT-4o')
})

test('what others talk about in other threads is not listened to, and they are not even looked up', async () => {
  on.fake.addUser('USTRAY', { real_name: 'Stray' })
  on.fake.addChannel('C0AI', { members: ['UPAULA', 'UMILAN', 'USAM', 'USTRAY'] })
  const { ts } = await on.fake.as('USTRAY').say('C0AI', 'Lunch?')
  await on.fake.as('USTRAY').say('C0AI', 'Pizza.', { thread_ts: ts })
  await on.settled()
  expect(on.fake.calls.filter(({ method, body }) => method === 'users.info' && body.user === 'USTRAY')).toEqual([])
})

test('“Threat-model this” takes the message with its thread as the first words', async () => {
  const { ts } = await on.fake.as('USAM').say('C0AI', 'Proposal: a bot that answers invoices questions')
  await on.fake.as('USAM').say('C0AI', 'It would read our ERP.', { thread_ts: ts })
  const message = on.fake.messages('C0AI').find((one) => one.ts === ts) as FakeMessage
  await paula().shortcut('threat_model_this', message)
  await on.settled()
  const [review] = await named(/Proposal: a bot/)
  const { rows } = await answersIn(review?.review ?? '')
  expect(rows.join()).toContain('It would read our ERP.')
  expect(words(on.fake.messages('C0AI').filter(({ thread_ts }) => thread_ts === ts))).toMatch(/questions 1 of 5/)
})

test('the global shortcut opens the form', async () => {
  await paula().shortcut('start_review')
  await on.settled()
  expect(on.fake.view('UPAULA')?.submit?.text).toBe('Start')
  await paula().closeView()
})

test('Home has a button to start, and follows what is done', async () => {
  await paula().openHome()
  await on.settled()
  await paula().clickView('New review')
  await on.settled()
  await paula().submit({ name: 'Churn forecast' })
  await on.settled()
  expect(words(on.fake.home('UPAULA'))).toMatch(/Churn forecast/)
})

test('Home gives security leads the status and the settings, and each change is an entry', async () => {
  await on.fake.as('USAM').openHome()
  await on.settled()
  expect(words(on.fake.home('USAM'))).toMatch(/Status of everything.*Policy: standard/)
  await on.fake.as('USAM').clickView('Roles')
  await on.settled()
  await on.fake.as('USAM').submit({ person: 'UMILAN', change: 'grant', role: 'executive' })
  await on.settled()
  const sam = await visitorOf(on, 'USAM')
  const [entry] = await on.t.app.store.database.run(
    ({ sql }) => sql<{ body: string }[]>`
      select body from declog.entry where workspace = ${sam.workspace} and type = 'role.granted' order by seq desc limit 1`,
  )
  expect(JSON.parse(entry?.body ?? '{}')).toMatchObject({
    actor: { person: sam.person, via: 'slack' },
    data: { role: 'executive' },
  })
})

test('in a channel there is no threat and no picture, only the name, counts and progress', async () => {
  const [review] = await named(/meeting summariser/i)
  const card = () =>
    on.fake.messages('C0AI').findLast(({ text, thread_ts }) => thread_ts === thread && /questions \d of 5/.test(text))
  for (let wave = 0; wave < 5; wave += 1) {
    if (wave === 0) await on.fake.as('UMILAN').clickMessage(card() as FakeMessage, 'Next', { ai_type: 'llm_rag' })
    else await on.fake.as('UMILAN').clickMessage(card() as FakeMessage, 'Skip these')
    await on.settled()
  }
  const inThread = on.fake.messages('C0AI').filter(({ thread_ts }) => thread_ts === thread)
  expect(words(inThread)).toMatch(/threats?, 0 decided/)
  expect(inThread.flatMap(({ blocks }) => blocks).filter(({ type }) => type === 'image')).toEqual([])
  const titles = await on.t.app.store.database.run(
    ({ sql }) => sql<{ title: string }[]>`select title from countersign.threat where review = ${review?.review ?? ''}`,
  )
  expect(titles.length).toBeGreaterThan(0)
  for (const { title } of titles) expect(words(inThread)).not.toContain(title)
})

test('Slack refused nothing', () => {
  expect(on.fake.refused).toEqual([])
})

/** The words of every answer of a review, newest last. */
async function answersIn(review: string): Promise<{ rows: string[] }> {
  const rows = await on.t.app.store.database.run(
    ({ sql }) => sql<{ value: string }[]>`
      select value from declog.private where stream = ${`review/${review}`} order by seq`,
  )
  return { rows: rows.map(({ value }) => value) }
}
