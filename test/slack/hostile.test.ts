// What is not what Slack sends: mutated, forged, cut off, unsigned. Nothing of it decides, leaks or brings the bot down.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { verbs } from '../../src/conversation/press.ts'
import { foundWorkspace } from '../../src/reviews/found-workspace.ts'
import { personOf } from '../../src/store/people.ts'
import { avoiding, draftedReview, listedIds, onThreat, reviewNow, send } from '../support/drafted.ts'
import { anyNumber as any, anyMutation, type Change, oddKeys, strange } from '../support/mutations.ts'
import { type Connected, connected, visitorOf, withTeam } from '../support/slack/connected.ts'
import { type FakeMessage, signedHeaders } from '../support/slack/fake-slack.ts'
import type { Json } from '../support/slack/wire.ts'
import { cardsOf, entriesOf, isBeyondMembers, logLines, type OnCard, workspacesOf } from '../support/watched-log.ts'

const runs = process.env.LONG ? 2_000 : 150
const atOnce = 8
/** Words that only the other workspace's people wrote. */
const foreignWords = 'Zanzibarquux'
/** Words that people of this workspace wrote: they belong in messages, and never in what is logged. */
const ownWords = 'Quixoticfnord'
const otherTeam = 'T0OTHER'

interface Genuine {
  /** What was done to make Slack send it. */
  named: string
  type: string
  payload: Json
}

let on: Connected
let bot: string
let recorded: Genuine[]
/** What cards of someone else's reviews would send. */
let cards: OnCard[]
let theirs: string
let foreign: string

beforeAll(async () => {
  on = await connected()
  await withTeam(on)
  on.fake.addUser('UMALLORY', { real_name: 'Mallory' })
  on.fake.addUser('USTRANGER', { real_name: 'Stranger', team_id: otherTeam, is_stranger: true })
  on.fake.addUser('UGRID', { real_name: 'Grid', team_id: otherTeam })
  on.fake.addChannel('C0AI', { members: ['UPAULA', 'UMALLORY'] })
  on.fake.addChannel('C0PRIVATE', { private: true, botIsMember: false })
  await on.fake.as('UMALLORY').openHome()
  await on.settled()
  bot = on.fake.listensAt()
  const { app } = on.t
  const paula = await visitorOf(on, 'UPAULA')
  theirs = await draftedReview(app, paula, 'of Paula')
  const state = await reviewNow(app, paula.workspace, theirs)
  await send(app, paula, theirs, avoiding(state, listedIds(state)[0] ?? ''))
  await draftedReview(app, await visitorOf(on, 'UMALLORY'), 'of Mallory')
  foreign = await foundForeign()
  const secret = await draftedForeign()
  recorded = await recordGenuine()
  cards = [...cardsOf(await reviewNow(app, paula.workspace, theirs)), ...cardsOf(await reviewNow(app, foreign, secret))]
  await on.settled()
})
afterAll(() => on.close())

/** A workspace of another Slack team in the same database, whose people meet on the web. */
async function foundForeign(): Promise<string> {
  return await foundWorkspace(on.t.app, {
    installation: `slack:${otherTeam}`,
    name: `${foreignWords} Inc`,
    origin: `slack.com/${otherTeam}`,
    people: [{ identity: 'web:victim', name: `Victim ${foreignWords}`, roles: ['requester', 'security_lead'] }],
  })
}

async function draftedForeign(): Promise<string> {
  const { app } = on.t
  const person = (await personOf(app.store.database, foreign, 'web:victim')) ?? ''
  const place = { surface: 'web', address: 'victim' } as const
  const victim = { workspace: foreign, person, via: 'web', standing: 'member', place } as const
  const review = await draftedReview(app, victim, foreignWords)
  const threats = listedIds(await reviewNow(app, foreign, review)).slice(0, 2)
  for (const id of threats) {
    const shown = onThreat(await reviewNow(app, foreign, review), id)
    const outcome = await send(app, victim, review, {
      type: 'correct',
      ...shown,
      title: `About ${foreignWords}`,
      statement: `What ${foreignWords} does.`,
    })
    if ('refusal' in outcome) throw new Error(`the fixture was refused: ${outcome.refusal.code}`)
  }
  return review
}

/** What Slack sends when Mallory, a plain member, uses everything there is to use. */
async function recordGenuine(): Promise<Genuine[]> {
  const found: Genuine[] = []
  let named = ''
  const recorder = await listenBetween((type, body) => {
    const given = Object.fromEntries(new URLSearchParams(body))
    const payload = type === json ? body : (given.payload ?? JSON.stringify(given))
    found.push({ named, type: given.payload ? interactive : type, payload: JSON.parse(payload) as Json })
  })
  on.fake.botAt(`http://127.0.0.1:${(recorder.address() as AddressInfo).port}`)
  const mallory = on.fake.as('UMALLORY')
  const doing = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    named = what
    await act()
    await on.settled()
  }
  const dm = (text: RegExp) => on.fake.messages('UMALLORY').findLast((one) => text.test(one.text)) as FakeMessage
  const withButton = (label: string) =>
    on.fake.messages('UMALLORY').findLast(({ blocks }) => JSON.stringify(blocks).includes(`"${label}"`)) as FakeMessage
  await doing('home opened', () => mallory.openHome())
  await doing('a click on Home', () => mallory.clickView('New review'))
  await doing('a form sent', () => mallory.submit({ name: 'A ranker', words: `Ranks letters, ${ownWords}.` }))
  await doing('a click on a message', () => mallory.clickMessage(dm(/questions 1 of 5/), 'Skip these'))
  await doing('words', () => mallory.say('DM', `It is for our ${ownWords} team`))
  await doing('a click that opens a form', () => mallory.clickMessage(dm(/of Mallory: your work list/), 'Treat T1'))
  await doing('a choice', () => mallory.choose('treatment', 'avoid'))
  await doing('a threat form sent', () => mallory.submit({ treatment: 'avoid', reason: `No ${ownWords}.` }))
  await doing('a click in a modal', () => mallory.clickView(/^Correct/))
  await doing('people picked in a form', async () => {
    await mallory.clickMessage(withButton('Open questions'), 'Open questions')
    await on.settled()
    await mallory.submit({ to: 'UMILAN' })
  })
  await doing('a mention', () => mallory.say('C0AI', `<@${on.fake.bot.userId}> we are building a ${ownWords} bot`))
  const [root] = on.fake.messages('C0AI') as [FakeMessage]
  await doing('a reply in a thread', () => mallory.say('C0AI', 'It runs on GPT-4o', { thread_ts: root.ts }))
  await doing('a command', () => mallory.slash('status', 'C0AI'))
  await doing('a command with words', () => mallory.slash(`start We are building a ${ownWords} parser`))
  await doing('a shortcut', () => mallory.shortcut('start_review'))
  await doing('a shortcut on a message', () => mallory.shortcut('threat_model_this', root))
  await doing('a changed user', () =>
    on.fake.event({ type: 'user_change', user: { id: 'UMILAN', team_id: on.fake.team } }),
  )
  await doing('revoked tokens', () => on.fake.event({ type: 'tokens_revoked', tokens: { bot: [], oauth: ['UMILAN'] } }))
  on.fake.botAt(bot)
  recorder.close()
  return found.filter((one) => one.named !== '')
}

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
const interactive = 'interactive'

/** Stands between Slack and the bot, and takes down what passes. */
async function listenBetween(takeDown: (type: string, body: string) => void): Promise<Server> {
  const between = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    const type = String(request.headers['content-type'])
    takeDown(type, body)
    const answer = await post(body, type)
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text)
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
  return between
}

interface Answer {
  status: number
  type: string
  text: string
  ms: number
}

async function post(
  body: string,
  type: string,
  headers = signedHeaders(on.fake.bot.signingSecret, body),
): Promise<Answer> {
  const from = performance.now()
  const response = await fetch(bot, { method: 'POST', body, headers: { 'content-type': type, ...headers } })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text,
    ms: performance.now() - from,
  }
}

/** A payload as it travels. A form repeats a field that holds a list. */
function written(payload: Json, type: string): { body: string; type: string } {
  if (type === json) return { type, body: JSON.stringify(payload) }
  if (type === interactive)
    return { type: form, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() }
  const fields = Object.entries(payload).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [key, typeof one === 'string' ? one : JSON.stringify(one)]),
  )
  return { type: form, body: new URLSearchParams(fields as [string, string][]).toString() }
}

/** Nobody in here has authority: what a lead's own account sends would be the lead's. */
const foreignIds = fc.constantFrom(
  'UMILAN',
  'UGRID',
  'USTRANGER',
  'U0NOBODY',
  'U0BOT',
  otherTeam,
  'C0PRIVATE',
  'C0NOWHERE',
  'DUPAULA',
  'V00000001',
  'E0GRID',
  ...oddKeys,
)
const isId = (value: unknown): boolean => typeof value === 'string' && /^[UTCDVBA][A-Z0-9]{3,}$/.test(value)

/** Puts a press that no card offered where a button or a modal carries it, with a form filled in to go with it. */
const forge =
  (press: Json, values: Json): Change =>
  (payload) => {
    const text = JSON.stringify(press)
    const [action] = (Array.isArray(payload.actions) ? payload.actions : []) as (Json | null)[]
    if (action) Object.assign(action, { value: text, action_id: 'press' })
    const view = payload.view as Json | undefined
    if (view) Object.assign(view, { private_metadata: JSON.stringify({ submit: press, by: press }), state: { values } })
    else if (action) payload.state = { values }
  }

const option = (value: string) => ({ value: { type: 'static_select', selected_option: { value } } })
const typed = (value: string) => ({ value: { type: 'plain_text_input', value } })
const user = (selected_user: string) => ({ value: { type: 'users_select', selected_user } })
/** What would be signed, granted and routed if only the press were believed. */
const convincing: Json = {
  decision: option('sign'),
  sawUnknowns: { tick: { type: 'checkboxes', selected_options: [{ value: 'yes' }] } },
  sawSetAside: { tick: { type: 'checkboxes', selected_options: [{ value: 'yes' }] } },
  reason: typed('Because.'),
  preset: option('regulated'),
  person: user('UMALLORY'),
  owner: user('UMALLORY'),
  role: option('security_lead'),
  change: option('grant'),
  area: option('default'),
  to: user('UMILAN'),
}
const filledIn = fc.oneof(
  { weight: 3, arbitrary: fc.constant(convincing) },
  {
    weight: 2,
    arbitrary: fc.dictionary(
      fc.constantFrom('words', 'to', 'until', 'due', 'treatment', 'threats', 'preset', 'role', 'area', ...oddKeys),
      fc.oneof(fc.constantFrom(...oddKeys, '\0', '\ud800', '9'.repeat(400)), fc.string()).map(typed),
      { maxKeys: 6 },
    ),
  },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('words', 'to', ...oddKeys), strange, { maxKeys: 4 }) },
  {
    weight: 1,
    arbitrary: fc.constant(
      Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`field${at}`, typed('x'.repeat(100))])),
    ),
  },
)
/** True in every word, but not hers to press. */
const notHers = fc
  .record({ verb: fc.constantFrom<string>(...verbs), card: any })
  .map(({ verb, card }) => ({ verb, ...cards[card % cards.length] }))
const mixed = fc
  .record({
    verb: fc.constantFrom<string>(...verbs),
    review: any,
    subject: fc.oneof(any, fc.constantFrom('0', '-1', 'model_provider', 'a+b', '9', ...oddKeys)),
    card: any,
  })
  .map(({ verb, review, subject, card }) => ({
    ...{ verb, review: cards[review % cards.length]?.review },
    subject: typeof subject === 'string' ? subject : cards[subject % cards.length]?.subject,
    ...{ seen: cards[card % cards.length]?.seen, shown: cards[card % cards.length]?.shown },
  }))
const malformed = fc.record(
  {
    verb: fc.constantFrom<string>(...verbs, ...oddKeys),
    review: fc.constantFrom('../x', 'F'.repeat(16), ''),
    subject: fc.constantFrom('\0', 'x'.repeat(500)),
    seen: fc.constantFrom(-1, 1e308, 0.5),
    extra: strange,
  },
  { requiredKeys: ['verb'] },
)
const forgedPress = fc.oneof(
  { weight: 4, arbitrary: notHers },
  { weight: 3, arbitrary: mixed },
  { weight: 1, arbitrary: malformed },
)
const forgery = fc.tuple(forgedPress, filledIn).map(([press, values]) => forge(press, values))
const oneChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: anyMutation(foreignIds, isId) },
  { weight: 1, arbitrary: forgery },
)

/** What is sent: a genuine payload with changes, sometimes cut off in the middle; or a click with a forged press. */
const hostile = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      of: any,
      pressed: fc.constant(false),
      changes: fc.array(oneChange, { minLength: 1, maxLength: 3 }),
      cut: fc.oneof(
        { weight: 14, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: any.map((at) => (at % 100) / 100) },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ of: any, pressed: fc.constant(true), changes: fc.tuple(forgery), cut: fc.constant(1) }),
  },
)

function hostileBody({
  of,
  pressed,
  changes,
  cut,
}: {
  of: number
  pressed: boolean
  changes: Change[]
  cut: number
}): Sent {
  const among = pressed ? recorded.filter(({ payload }) => payload.actions ?? payload.view) : recorded
  const { named, type, payload } = among[of % among.length] as Genuine
  const copy = structuredClone(payload)
  for (const one of changes) one(copy)
  const whole = written(copy, type)
  return { named, type: whole.type, body: whole.body.slice(0, whole.body.length * cut) }
}

/** Whether a line of the log repeats a secret, or what people wrote. */
const tells = (line: string): boolean =>
  [foreignWords, ownWords, 'xoxb-', 'xapp-', on.fake.bot.signingSecret].some((secret) => line.includes(secret))

test('the genuine payloads are of every kind', () => {
  const kinds = recorded.map(({ payload }) => [
    payload.type,
    (payload.event as Json | undefined)?.type,
    payload.command,
  ])
  expect(new Set(kinds.flat().filter(Boolean))).toEqual(
    new Set([
      ...['event_callback', 'app_home_opened', 'message', 'app_mention', 'user_change', 'tokens_revoked'],
      ...['block_actions', 'view_submission', 'shortcut', 'message_action', '/countersign'],
    ]),
  )
  const views = recorded.map(({ payload }) => (payload.view as Json | undefined)?.type)
  expect(new Set(views)).toEqual(new Set(['home', 'modal', undefined]))
})

interface Sent {
  named: string
  type: string
  body: string
}

/** Sends all of it, and expects that every request was answered and nothing came of it but what a member may do. */
async function expectHarmless(sent: Sent[]): Promise<void> {
  const own = await on.workspace()
  const before = {
    foreign: (await entriesOf(on.t, foreign)).length,
    own: await entriesOf(on.t, own),
    workspaces: await workspacesOf(on.t),
  }
  const calls = on.fake.calls.length
  const answers: (Answer & Sent)[] = []
  for (let from = 0; from < sent.length; from += atOnce) {
    const batch = sent.slice(from, from + atOnce)
    answers.push(...(await Promise.all(batch.map(async (one) => ({ ...one, ...(await post(one.body, one.type)) })))))
  }
  await on.settled()

  expect(answers.filter(({ status, ms }) => status >= 500 || ms > 3_500)).toEqual([])
  expect(answers.filter(({ text }) => text.includes(foreignWords) || /\bat .*\.[jt]s:\d/.test(text))).toEqual([])
  const told = on.fake.calls.slice(calls).map(({ body }) => JSON.stringify(body))
  expect(told.filter((words) => words.includes(foreignWords))).toEqual([])
  expect(on.fake.refused).toEqual([])

  expect((await entriesOf(on.t, foreign)).length).toBe(before.foreign)
  expect(await workspacesOf(on.t)).toEqual(before.workspaces)
  const known = new Set(before.own.map(({ stream, seq }) => `${stream} ${seq}`))
  const fresh = (await entriesOf(on.t, own)).filter(({ stream, seq }) => !known.has(`${stream} ${seq}`))
  expect(fresh.filter((one) => isBeyondMembers(one, theirs))).toEqual([])
  expect(({} as Json).polluted).toBeUndefined()

  expect(logLines(on.t).filter(tells)).toEqual([])
  // A press that fails is told under a reference and records nothing.
  expect(on.t.logged.filter(({ level }) => level === 'error')).toEqual([])
}

test('a press that only others may make: every verb, on cards of others and of another workspace', async () => {
  const form = recorded.find(({ named }) => named === 'a threat form sent') as Genuine
  const click = recorded.find(({ named }) => named === 'a click on a message') as Genuine
  await expectHarmless(
    verbs.flatMap((verb) =>
      cards.map((card, at) => {
        const { named, type, payload } = at % 2 === 0 ? form : click
        const copy = structuredClone(payload)
        forge({ verb, ...card }, convincing)(copy)
        return { named: `${verb} by ${named}`, ...written(copy, type) }
      }),
    ),
  )
}, 60_000)

test('whatever team a payload names, nobody gets into another workspace', async () => {
  const named = (payload: Json, user: string) =>
    JSON.parse(JSON.stringify(payload).replaceAll(on.fake.team, otherTeam).replaceAll('UMALLORY', user)) as Json
  await expectHarmless(
    recorded.flatMap(({ named: what, type, payload }) =>
      ['UMALLORY', 'UGRID'].map((user) => ({ named: `${what} by ${user}`, ...written(named(payload, user), type) })),
    ),
  )
})

test(`${runs} hostile payloads: no crash, no 5xx, no decision, nothing of another workspace`, async () => {
  await expectHarmless(fc.sample(hostile, { numRuns: runs, seed: 4711 }).map(hostileBody))
}, 600_000)

test('a body that cannot be read is not quoted in the log', async () => {
  for (const type of [json, form]) await post(type === form ? `payload=${ownWords}` : `${ownWords}: not JSON`, type)
  for (const body of ['null', '[]', '"words"', '7', '{}', '{"type":"event_callback"}'])
    expect((await post(body, json)).status).toBe(200)
  expect(logLines(on.t).filter(tells)).toEqual([])
})

test('unsigned, wrongly signed and stale requests are turned away and change nothing', async () => {
  const { signingSecret } = on.fake.bot
  const own = await on.workspace()
  const [calls, entries] = [on.fake.calls.length, (await entriesOf(on.t, own)).length]
  for (const { type, payload } of recorded) {
    const sent = written(payload, type)
    const headers = [
      {},
      signedHeaders('another-secret', sent.body),
      signedHeaders(signingSecret, `${sent.body} `),
      signedHeaders(signingSecret, sent.body, Date.now() - 6 * 60_000),
      { ...signedHeaders(signingSecret, sent.body), 'x-slack-signature': 'v0=' },
      { ...signedHeaders(signingSecret, sent.body), 'x-slack-request-timestamp': 'now' },
    ]
    for (const one of headers) expect((await post(sent.body, sent.type, one)).status).toBe(401)
  }
  await on.settled()
  expect(on.fake.calls.length).toBe(calls)
  expect((await entriesOf(on.t, own)).length).toBe(entries)
})

test('and the bot still answers a genuine click', async () => {
  const mallory = on.fake.as('UMALLORY')
  while (on.fake.view('UMALLORY')) await mallory.closeView()
  await mallory.openHome()
  await on.settled()
  expect((await mallory.clickView('New review')).status).toBe(200)
  await on.settled()
  expect(on.fake.view('UMALLORY')?.submit?.text).toBe('Start')
})
