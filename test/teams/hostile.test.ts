// What is not what Teams sends: mutated, forged, replayed, unsigned. Nothing of it decides, leaks or brings the bot down.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { verbs } from '../../src/conversation/press.ts'
import { foundWorkspace } from '../../src/reviews/found-workspace.ts'
import { personOf } from '../../src/store/people.ts'
import { avoiding, draftedReview, listedIds, onThreat, reviewNow, send } from '../support/drafted.ts'
import { anyMutation, anyNumber, type Change, oddKeys, strange } from '../support/mutations.ts'
import { cardProblems } from '../support/teams/check-card.ts'
import { type Connected, connected, visitorOf, withTeam } from '../support/teams/connected.ts'
import { oidOf, type Seen } from '../support/teams/fake-teams.ts'
import { readSeen } from '../support/teams/read-card.ts'
import type { Activity, Answered, Card, Json } from '../support/teams/wire.ts'
import {
  cardsOf,
  entriesOf,
  isBeyondMembers,
  logLines,
  type OnCard,
  type Recorded,
  workspacesOf,
} from '../support/watched-log.ts'

const runs = process.env.LONG ? 2_000 : 300
const atOnce = 8
/** Words that only another workspace's people wrote. */
const foreignWords = 'Zanzibarquux'
/** Words that people of this workspace wrote: they belong in messages, and never in what is logged. */
const ownWords = 'Quixoticfnord'
const otherTenant = '0f0f0000-0000-4000-8000-000000000bad'

interface Genuine {
  /** What was done to make Teams send it. */
  named: string
  activity: Activity
}

let on: Connected
let bot: string
let channel: string
let recorded: Genuine[]
/** What cards of someone else's reviews would send. */
let cards: OnCard[]
let theirs: string
let foreign: string

beforeAll(async () => {
  on = await connected()
  await withTeam(on)
  for (const handle of ['mallory', 'gil', 'oscar']) on.fake.addPerson(handle, { installed: false })
  on.fake.addPerson('gil', { userRole: 'guest' })
  on.fake.addPerson('oscar', { tenantId: otherTenant })
  channel = on.fake.addChannel('ai', { members: ['paula', 'mallory', 'gil', 'oscar'] })
  bot = on.fake.listensAt()
  await on.fake.as('mallory').install()
  await on.settled()
  const { app } = on.t
  const paula = await visitorOf(on, oidOf('paula'))
  theirs = await draftedReview(app, paula, 'of Paula')
  const state = await reviewNow(app, paula.workspace, theirs)
  await send(app, paula, theirs, avoiding(state, listedIds(state)[0] ?? ''))
  foreign = await foundWorkspace(app, {
    installation: `entra:${otherTenant}`,
    name: `${foreignWords} Inc`,
    origin: `entra/${otherTenant}`,
    people: [{ identity: 'web:victim', name: `Victim ${foreignWords}`, roles: ['requester', 'security_lead'] }],
  })
  const secret = await draftedForeign()
  recorded = await recordGenuine()
  cards = [...cardsOf(await reviewNow(app, paula.workspace, theirs)), ...cardsOf(await reviewNow(app, foreign, secret))]
  await on.settled()
})
afterAll(() => on.close())

async function draftedForeign(): Promise<string> {
  const { app } = on.t
  const person = (await personOf(app.store.database, foreign, 'web:victim')) ?? ''
  const place = { surface: 'web', address: 'victim' } as const
  const victim = { workspace: foreign, person, via: 'web', standing: 'member', place } as const
  const review = await draftedReview(app, victim, foreignWords)
  for (const id of listedIds(await reviewNow(app, foreign, review)).slice(0, 2)) {
    const shown = onThreat(await reviewNow(app, foreign, review), id)
    const words = { title: `About ${foreignWords}`, statement: `What ${foreignWords} does.` }
    const outcome = await send(app, victim, review, { type: 'correct', ...shown, ...words })
    if ('refusal' in outcome) throw new Error(`the fixture was refused: ${outcome.refusal.code}`)
  }
  return review
}

/** The newest message someone sees that reads so. */
function seen(handle: string, text: RegExp, place = 'personal'): Seen['message'] {
  const found = on.fake
    .as(handle)
    .sees(place)
    .findLast((one) => one.card && text.test(readSeen(one)))
  const screen = () => on.fake.as(handle).sees(place).map(readSeen).join('\n\n')
  if (!found) throw new Error(`nothing on ${handle}’s screen reads ${text}:\n${screen()}`)
  return found.message
}

/** What Teams sends when Mallory, a plain member, uses everything there is to use. */
async function recordGenuine(): Promise<Genuine[]> {
  const found: Genuine[] = []
  let named = ''
  const recorder = await listenBetween((activity) => found.push({ named, activity }))
  on.fake.botAt(`http://127.0.0.1:${(recorder.address() as AddressInfo).port}/api/messages`)
  const mallory = on.fake.as('mallory')
  const doing = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    named = what
    await act()
    await on.settled()
    expect({ what, refused: on.fake.refused }).toEqual({ what, refused: [] })
  }
  await doing('words', () => mallory.say('personal', `We are building a ${ownWords} ranker of letters`))
  await doing('a form filled in', () =>
    mallory.click(seen('mallory', /questions 1 of 5/), 'Next', { 'feature_purpose.words': `Ranks, ${ownWords}.` }),
  )
  await doing('a button', () => mallory.click(seen('mallory', /questions 2 of 5/), 'Skip these'))
  await doing('a button that draws a form', () =>
    mallory.click(seen('mallory', /questions 3 of 5/), 'Ask someone else'),
  )
  await doing('somebody picked', () =>
    mallory.click(seen('mallory', /Whom/), 'Ask', { questions: ['retrieval_memory'], to: oidOf('milan') }),
  )
  await doing('a typed command', () => mallory.say('personal', 'mine'))
  await doing('a form from a card', () => mallory.click(seen('mallory', /^Yours/m), 'New review'))
  await doing('an older client', () =>
    mallory.submit(seen('mallory', /What is the feature called/), 'Start', {
      name: `A ${ownWords} parser`,
      words: 'Parses.',
    }),
  )
  await draftedReview(on.t.app, await visitorOf(on, oidOf('mallory')), 'of Mallory')
  await on.t.delivery.idle()
  await on.settled()
  await doing('a card looked at anew', () => mallory.reload())
  await doing('a threat', () => mallory.click(seen('mallory', /of Mallory: your work list/), 'Treat T1'))
  await doing('a choice', () => mallory.click(seen('mallory', /What shall be done/), 'Avoid'))
  await doing('a choice made anew', () => mallory.click(seen('mallory', /What shall be done/), 'Choose another'))
  await doing('a choice again', () => mallory.click(seen('mallory', /What shall be done/), 'Avoid'))
  await doing('a proposal', () => mallory.click(seen('mallory', /Reason/), 'Propose', { reason: `No ${ownWords}.` }))
  await doing('a form beside', () => mallory.click(seen('mallory', /What shall be done/), /^Correct/))
  await doing('the way back', () => mallory.click(seen('mallory', /Correct/), 'Not now'))
  await doing('a mention', () => mallory.say(channel, `start a ${ownWords} bot`, { mention: true }))
  await doing('one’s own view', () => on.fake.as('gil').click(seen('gil', /questions 1 of 5/, channel), 'Open for me'))
  await doing('a press in a channel', () => mallory.click(seen('mallory', /questions 1 of 5/, channel), 'Skip these'))
  await doing('an action on a message', () =>
    mallory.messageExtension('threat_model_this', seen('mallory', /questions 2 of 5/, channel)),
  )
  await doing('the app added to a team', () => mallory.installTeam(channel))
  await doing('the app removed', () => on.fake.as('milan').uninstall())
  await doing('the app added', () => on.fake.as('milan').install())
  on.fake.botAt(bot)
  recorder.close()
  return found.filter((one) => one.named !== '')
}

/** Stands between Teams and the bot, and takes down what passes. */
async function listenBetween(takeDown: (activity: Activity) => void): Promise<Server> {
  const between = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    takeDown(JSON.parse(body) as Activity)
    const headers = { 'content-type': 'application/json', authorization: String(request.headers.authorization) }
    const answer = await fetch(bot, { method: 'POST', body, headers })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
  return between
}

interface Sent {
  named: string
  body: string
}
interface Answer extends Sent {
  status: number
  text: string
  ms: number
}

async function post(one: Sent, token = on.fake.token()): Promise<Answer> {
  const from = performance.now()
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const response = await fetch(bot, { method: 'POST', body: one.body, headers })
  const text = await response.text()
  return { ...one, status: response.status, text, ms: performance.now() - from }
}

const written = ({ named, activity }: Genuine): Sent => ({ named, body: JSON.stringify(activity) })
const kindOf = ({ activity: { type, name } }: Genuine) => name ?? type

/** A genuine press, to be changed. */
function pressOf(handle = 'mallory'): Activity {
  const { activity } = recorded.find(({ named }) => named === 'a button') as Genuine
  const copy = structuredClone(activity) as Activity & { from: Json; conversation: Json }
  copy.id = `forged-${handle}-${Math.random()}`
  copy.from = { id: `29:${oidOf(handle)}`, aadObjectId: oidOf(handle), name: handle }
  const own = { ...copy.conversation, id: `a:${handle}` }
  // Guests and people of other organisations are met where others are.
  copy.conversation = ['gil', 'oscar'].includes(handle) ? { ...own, id: channel, conversationType: 'channel' } : own
  return copy
}

/** Puts what no card offered where a button carries it, in whichever of the two ways it is sent. */
const carrying =
  (cs: Json, inputs: Json = {}): Change =>
  (activity) => {
    if (activity.type === 'message') {
      Object.assign(activity, { text: '', value: { cs, ...inputs } })
      return
    }
    const data = { cs, ...inputs }
    const value = { action: { type: 'Action.Execute', verb: 'press', data }, trigger: 'manual' }
    Object.assign(activity, { type: 'invoke', name: 'adaptiveCard/action', value })
  }

/** What would be signed, granted and routed if only the press were believed. */
const convincing: Json = {
  ...{ decision: 'sign', 'sawUnknowns?': 'true', 'sawSetAside?': 'true', reason: 'Because.', preset: 'regulated' },
  ...{ title: 'A title', statement: 'A statement.', name: 'A name' },
  ...{
    'person@': oidOf('mallory'),
    'owner@': oidOf('mallory'),
    role: 'security_lead',
    change: 'grant',
    area: 'default',
  },
  ...{
    'to@': oidOf('mallory'),
    until: '2027-01-01',
    due: '2027-01-01',
    cause: 'new_tool',
    note: 'So.',
    effective: 'true',
  },
}
const filledIn: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(convincing) },
  {
    weight: 2,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        'words',
        'to@',
        'until',
        'treatment',
        'threats[]',
        'role',
        '__proto__[]',
        'constructor?',
        ...oddKeys,
      ),
      fc.oneof(fc.constantFrom(...oddKeys, '\0', '\ud800', '9'.repeat(400), '<at>all</at>'), fc.string(), strange),
      { maxKeys: 6 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`field${at}`, 'x'.repeat(100)])),
    ),
  },
)
const forgedPress = fc.oneof(
  {
    weight: 4,
    // True in every word, but not hers to press.
    arbitrary: fc
      .record({ verb: fc.constantFrom<string>(...verbs), card: anyNumber })
      .map(({ verb, card }) => ({ verb, ...cards[card % cards.length] })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ verb: fc.constantFrom<string>(...verbs), review: anyNumber, card: anyNumber, subject: anyNumber })
      .map(({ verb, review, subject, card }) => ({
        ...{ verb, review: cards[review % cards.length]?.review, subject: cards[subject % cards.length]?.subject },
        ...{ seen: cards[card % cards.length]?.seen, shown: cards[card % cards.length]?.shown },
      })),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        verb: fc.constantFrom<string>(...verbs, ...oddKeys),
        review: fc.constantFrom('../x', 'F'.repeat(16), ''),
        subject: fc.constantFrom('\0', 'x'.repeat(500), ...oddKeys),
        seen: fc.constantFrom(-1, 1e308, 0.5),
        extra: strange,
      },
      { requiredKeys: ['verb'] },
    ),
  },
)
const keys = anyNumber.map((at) => {
  const { review } = cards[at % cards.length] as OnCard
  const names = ['review', 'wave/0', 'work/p-1', 'sign-off/p-1', '__proto__', 'x'.repeat(200)]
  return [`review/${review}/${names[at % names.length]}`, `review/${review}`, 'review/../x', '', '__proto__'][at % 5]
})
const forgery: fc.Arbitrary<Change> = fc
  .record({
    does: fc.constantFrom('press', 'press', 'choose', 'back', 'refresh', ...oddKeys),
    press: forgedPress,
    by: fc.option(forgedPress, { nil: undefined }),
    base: fc.option(forgedPress, { nil: undefined, freq: 2 }),
    key: fc.option(keys, { nil: undefined }),
    set: fc.option(
      fc.oneof(
        fc.dictionary(fc.constantFrom('treatment', 'decision', ...oddKeys), fc.constantFrom('sign', 'avoid')),
        strange,
      ),
      { nil: undefined, freq: 2 },
    ),
    inputs: filledIn,
  })
  .map(({ does, inputs, ...cs }) => carrying(JSON.parse(JSON.stringify({ do: does, ...cs })) as Json, inputs))

/** Nobody in here has authority: what a lead's own account sends would be the lead's. */
const foreignIds = fc.constantFrom(
  ...['milan', 'gil', 'oscar', 'nobody'].flatMap((handle) => [oidOf(handle), `29:${oidOf(handle)}`, `a:${handle}`]),
  ...['a:paula', '19:nowhere@thread.v2', otherTenant, '28:another', ...oddKeys],
)
const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^((29|28|19|a):.*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(value)
const hostile = fc
  .record({
    of: anyNumber,
    changes: fc.oneof(
      { weight: 3, arbitrary: fc.array(anyMutation(foreignIds, isId), { minLength: 1, maxLength: 3 }) },
      { weight: 2, arbitrary: fc.tuple(forgery) },
      { weight: 1, arbitrary: fc.tuple(forgery, anyMutation(foreignIds, isId)) },
    ),
  })
  .map(({ of, changes }): Sent => {
    const { named, activity } = recorded[of % recorded.length] as Genuine
    const copy = structuredClone(activity)
    // Teams never gives two messages the same id; what has been seen would only be taken for a repetition.
    if (of % 2 === 0) copy.id = `again-${of}-${Math.random()}`
    for (const one of changes) one(copy)
    return { named, body: JSON.stringify(copy) }
  })

const tells = (line: string): boolean =>
  [foreignWords, ownWords, on.fake.far.botToken, 'eyJ'].some((secret) => line.includes(secret))

interface Before {
  foreign: number
  own: Set<string>
  workspaces: string[]
  calls: number
}

async function before(): Promise<Before> {
  const own = await entriesOf(on.t, await on.workspace())
  return {
    foreign: (await entriesOf(on.t, foreign)).length,
    own: new Set(own.map(({ stream, seq }) => `${stream} ${seq}`)),
    workspaces: await workspacesOf(on.t),
    calls: on.fake.calls.length,
  }
}

/** What the log holds more than before. */
async function since({ own }: Before): Promise<Recorded[]> {
  const now = await entriesOf(on.t, await on.workspace())
  return now.filter(({ stream, seq }) => !own.has(`${stream} ${seq}`))
}

/** Sends all of it, and expects an answer to each and nothing but what a member may do. */
async function expectHarmless(sent: Sent[]): Promise<{ fresh: Recorded[] }> {
  const was = await before()
  const answers: Answer[] = []
  for (let from = 0; from < sent.length; from += atOnce)
    answers.push(...(await Promise.all(sent.slice(from, from + atOnce).map((one) => post(one)))))
  await on.settled()

  expect(answers.filter(({ status, ms }) => status >= 500 || ms > 4_500)).toEqual([])
  expect(
    answers.filter(({ text }) => text.includes(foreignWords) || /\bat .*\.[jt]s:\d|declog|node_modules/.test(text)),
  ).toEqual([])
  expect(answers.flatMap(badCard)).toEqual([])
  const told = on.fake.calls.slice(was.calls).map(({ body }) => JSON.stringify(body))
  expect(told.filter((words) => words.includes(foreignWords))).toEqual([])
  expect(on.fake.refused.filter(({ problems }) => problems.some(notOfOneName))).toEqual([])

  expect((await entriesOf(on.t, foreign)).length).toBe(was.foreign)
  expect(await workspacesOf(on.t)).toEqual(was.workspaces)
  const fresh = await since(was)
  expect(fresh.filter((one) => isBeyondMembers(one, theirs))).toEqual([])
  expect(({} as Json).polluted).toBeUndefined()

  expect(logLines(on.t).filter(tells)).toEqual([])
  expect(on.t.logged.filter(({ level }) => level === 'error')).toEqual([])
  return { fresh }
}

/** Reviews of one name have buttons of one name. */
const notOfOneName = (problem: string): boolean => !problem.includes(': a second button')

/** What is wrong with a card that answers. */
function badCard({ text, body }: Answer): unknown[] {
  const { value } = (text.startsWith('{') ? JSON.parse(text) : {}) as { value?: Card }
  const problems = value?.type === 'AdaptiveCard' ? cardProblems(value) : []
  return problems.filter(notOfOneName).map((one) => [one, body.slice(0, 1_000)])
}

const cardIn = (text: string): string => readSeen({ card: (JSON.parse(text) as { value: Card }).value } as Seen)

test('the genuine activities are of every kind', () => {
  expect(new Set(recorded.map(kindOf))).toEqual(
    new Set([
      'message',
      'adaptiveCard/action',
      'composeExtension/fetchTask',
      'installationUpdate',
      'conversationUpdate',
    ]),
  )
  expect(recorded.filter(({ activity }) => activity.value && activity.type === 'message')).toHaveLength(1)
})

test('a press that only others may make: every verb, on cards of others and of another workspace', async () => {
  await expectHarmless(
    verbs.flatMap((verb) =>
      cards.map((card) => {
        const activity = pressOf()
        carrying({ do: 'press', press: { verb, ...card } }, convincing)(activity)
        return { named: verb, body: JSON.stringify(activity) }
      }),
    ),
  )
}, 120_000)

/** The cards of Paula's review as they are now, with a proposal of hers on the first threat. */
async function proposedAnew(): Promise<OnCard[]> {
  const paula = await visitorOf(on, oidOf('paula'))
  const now = () => reviewNow(on.t.app, paula.workspace, theirs)
  const state = await now()
  const [first = ''] = listedIds(state)
  if (state.threats[first]?.status === 'open') await send(on.t.app, paula, theirs, avoiding(state, first))
  await on.settled()
  return cardsOf(await now())
}

test('what draws a card anew never changes anything, whoever sends it and whatever it names', async () => {
  // Sam may do everything, and what waits for his signature is here: only that nobody asked for it stands in the way.
  const current = await proposedAnew()
  const sent = ['sam', 'paula'].flatMap((handle) =>
    verbs.flatMap((verb) =>
      current.flatMap((card) =>
        [
          { do: 'choose', by: { verb, ...card } },
          { do: 'back', base: { verb, ...card } },
          { do: 'refresh', base: { verb, ...card } },
          { do: 'press', press: { verb: 'propose' }, by: { verb, ...card } },
          { do: 'press', press: { verb: 'propose' }, base: { verb, ...card } },
        ].map((cs) => {
          const activity = pressOf(handle)
          carrying(cs, convincing)(activity)
          return { named: `${verb} by ${handle}`, body: JSON.stringify(activity) }
        }),
      ),
    ),
  )
  const { fresh } = await expectHarmless(sent)
  expect(fresh).toEqual([])
}, 300_000)

test('the same presses do change something when they are pressed', async () => {
  const [card] = await proposedAnew()
  const activity = pressOf('paula')
  carrying({ do: 'press', press: { verb: 'withdraw', ...card } })(activity)
  const was = await before()
  expect(cardIn((await post({ named: 'withdraw', body: JSON.stringify(activity) })).text)).toMatch(/What shall be done/)
  await on.settled()
  expect(await entriesOf(on.t, await on.workspace())).toHaveLength(was.own.size + 1)
})

test('a message that is delivered again, after all was done, changes nothing', async () => {
  on.fake.addPerson('rita')
  const { id } = await on.fake.as('rita').say('personal', 'We are building a ranker of letters')
  await on.settled()
  const was = await before()
  await on.fake.as('rita').say('personal', 'We are building a ranker of letters', { id })
  await on.settled()
  expect(await since(was)).toEqual([])
})

test('whatever is sent a second time has its effect once', async () => {
  const { fresh } = await expectHarmless(recorded.map(written))
  expect(fresh).toEqual([])
})

test('another person’s card is shown to nobody else', async () => {
  const sam = await on.personOf(oidOf('sam'))
  const paula = await on.personOf(oidOf('paula'))
  const names = [`work/${sam}`, `work/${paula}`, `sign-off/${sam}`, `asked/${sam}`].flatMap((name) => [
    ...[name, `${name}@teams`, `${name}@web`],
  ])
  const shownTo = async (handle: string, name: string, does: string) => {
    const activity = pressOf(handle)
    carrying({ do: does, key: `review/${theirs}/${name}` })(activity)
    delete activity.replyToId
    return cardIn((await post({ named: name, body: JSON.stringify(activity) })).text)
  }
  expect(await shownTo('paula', `work/${paula}`, 'refresh')).toMatch(/your work list/)
  const answers = await Promise.all(
    ['mallory', 'gil', 'oscar'].flatMap((handle) =>
      names.flatMap((name) => ['refresh', 'back', 'choose'].map((does) => shownTo(handle, name, does))),
    ),
  )
  expect(new Set(answers.map((one) => one.split('.')[0]))).toEqual(
    new Set([
      'That is no longer there',
      'Guests of this workspace can read along but decide nothing',
      'People from another organisation decide nothing here',
    ]),
  )
})

/** A post that was cut off half-way: nobody knows yet which message it became. */
test('a press cannot make another person’s lost message one’s own', async () => {
  const { database } = on.t.app.store
  const paula = await on.personOf(oidOf('paula'))
  const refs = () =>
    database.run(
      ({ sql }) => sql<{ key: string; ref: unknown }[]>`
        select key, ref from countersign.delivery where stream = ${`review/${theirs}`} and key like ${`work/${paula}%`}`,
    )
  const [kept] = await refs()
  const note = (ref: unknown) =>
    database.run(
      ({ sql }) => sql`
        update countersign.delivery set ref = ${JSON.stringify(ref)}::text::jsonb
        where stream = ${`review/${theirs}`} and key = ${kept?.key ?? ''}`,
    )
  await note(null)
  const activity = pressOf('mallory')
  carrying({ do: 'refresh', key: `review/${theirs}/${kept?.key}` })(activity)
  await post({ named: 'refresh', body: JSON.stringify(activity) })
  const [now] = await refs()
  await note(kept?.ref)
  expect(now?.ref).toBeNull()
})

test('people who may not see anything are shown nothing, whatever they press', async () => {
  const was = await before()
  const answers = await Promise.all(
    ['gil', 'oscar', 'nobody'].flatMap((handle) =>
      verbs.map(async (verb) => {
        const activity = pressOf(handle)
        carrying({ do: 'press', press: { verb, ...cards[0] }, key: `review/${theirs}/review` }, convincing)(activity)
        return { handle, verb, said: cardIn((await post({ named: verb, body: JSON.stringify(activity) })).text) }
      }),
    ),
  )
  await on.settled()
  const state = await reviewNow(on.t.app, await on.workspace(), theirs)
  const secrets = ['of Paula', 'Paula', ...Object.values(state.threats).map(({ id }) => id)]
  expect(answers.filter(({ said }) => secrets.some((one) => said.includes(one)))).toEqual([])
  expect(await entriesOf(on.t, await on.workspace())).toHaveLength(was.own.size)
})

test('whatever tenant an activity names, nobody gets into another workspace', async () => {
  const named = (activity: Activity, handle: string) =>
    JSON.stringify(activity)
      .replaceAll(on.fake.tenant, otherTenant)
      .replaceAll(oidOf('mallory'), oidOf(handle))
      .replaceAll('a:mallory', `a:${handle}`)
  const { fresh } = await expectHarmless(
    recorded.flatMap(({ named: what, activity }) =>
      ['mallory', 'oscar', 'nobody'].map((handle) => ({ named: what, body: named(activity, handle) })),
    ),
  )
  expect(fresh).toEqual([])
})

test(`${runs} hostile activities: no crash, no 5xx, no decision, nothing of another workspace`, async () => {
  await expectHarmless(fc.sample(hostile, { numRuns: runs, seed: 4711 }))
}, 600_000)

test('a body that cannot be read is not quoted in the log', async () => {
  for (const body of [
    `${ownWords}: not JSON`,
    'null',
    '[]',
    '"words"',
    '7',
    '{}',
    '{"type":"message"}',
    'x'.repeat(2_000_000),
  ])
    expect((await post({ named: '', body })).status).toBeLessThan(500)
  expect(logLines(on.t).filter(tells)).toEqual([])
})

test('unsigned, wrongly signed and stale activities are turned away and change nothing', async () => {
  // The SDK prints the keys it knows to whoever watches the console.
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => {})
  const was = await before()
  const good = on.fake.token()
  const tokens = [
    '',
    'x',
    `${good.slice(0, -4)}AAAA`,
    ...[{ audience: 'another' }, { issuer: 'https://evil.example' }, { lastsSeconds: -600 }, { kid: 'another' }].map(
      on.fake.token,
    ),
    on.fake.token({ serviceUrl: 'https://evil.example/' }),
  ]
  const statuses = await Promise.all(
    recorded.flatMap((one) => tokens.map(async (token) => (await post(written(one), token)).status)),
  )
  expect(new Set(statuses)).toEqual(new Set([401]))
  const elsewhere = recorded.map(({ named, activity }) =>
    written({ named, activity: { ...activity, serviceUrl: 'https://evil.example/' } }),
  )
  for (const one of elsewhere) expect((await post(one)).status).toBe(403)
  await on.settled()
  quiet.mockRestore()
  expect(on.fake.calls.length).toBe(was.calls)
  expect(await entriesOf(on.t, await on.workspace())).toHaveLength(was.own.size)
})

test('and the bot still answers a genuine press', async () => {
  const mallory = on.fake.as('mallory')
  await mallory.say('personal', 'help')
  await on.settled()
  const help = on.fake
    .as('mallory')
    .sees('personal')
    .findLast((one) => /I interview you/.test(readSeen(one)))
  const { status } = (await mallory.click(help?.message ?? '', 'New review')) as Answered
  expect(status).toBe(200)
  await on.settled()
  expect(on.fake.as('mallory').sees('personal').map(readSeen).join('\n')).toMatch(/What is the feature called/)
})
