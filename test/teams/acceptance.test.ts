// The acceptance checks of a decision in chat, on Teams.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { titleOf } from '../../src/conversation/threat-blocks.ts'
import { deliver } from '../../src/delivery/deliver.ts'
import type { ReviewCommand } from '../../src/domain/decide.ts'
import { listed } from '../../src/domain/review.ts'
import { actingNow, type Visitor } from '../../src/reviews/app.ts'
import { readWorkspace } from '../../src/reviews/command.ts'
import { commandWorkspace } from '../../src/reviews/workspace-command.ts'
import { avoiding, draftedReview, onThreat, reviewNow, send } from '../support/drafted.ts'
import { buttonsOf, piecesOf, readsAs } from '../support/teams/card-pieces.ts'
import { type Connected, connected, connectTo, visitorOf, withTeam } from '../support/teams/connected.ts'
import { oidOf } from '../support/teams/fake-teams.ts'
import { message, reads, readsAll, until } from '../support/teams/looking.ts'
import type { Card, Failure, FakeMessage } from '../support/teams/wire.ts'
import { baseCard } from '../support/teams/world.ts'

let on: Connected
let paula: Visitor
let sam: Visitor
let sally: Visitor
let review: string
let made = 0

beforeAll(async () => {
  on = await connected()
  await withTeam(on)
  const all = ['paula', 'sam', 'sally'].map((handle) => visitorOf(on, oidOf(handle)))
  ;[paula, sam, sally] = (await Promise.all(all)) as [Visitor, Visitor, Visitor]
})
afterAll(() => on.close())

beforeEach(async () => {
  made += 1
  review = await draftedReview(on.t.app, paula, `acceptance ${made}`)
  await on.settled()
})

const now = () => reviewNow(on.t.app, paula.workspace, review)
const threatAt = async (at: number) => listed(await now())[at]?.id as string
const workList = (handle: string, of = made) => message(on, handle, new RegExp(`acceptance ${of}: your work list`))
const ofThis = (handle: string) =>
  on.fake.messages(handle).filter(({ activity }) => String(activity.summary).includes(`acceptance ${made}`))
/** Messages that stand now, by their summary. */
const ofNow = (handle: string, summary: RegExp) =>
  on.fake.messages(handle).filter(({ activity }) => summary.test(String(activity.summary)))
const stream = () => `review/${review}`
const bring = () => deliver(on.t.app, { teams: on.teams.surface }, paula.workspace, stream())
const calls = (kind: string) => on.fake.calls.filter((one) => one.kind === kind)

/** Proposes a threat as Paula and lets the cards follow. */
async function proposed(at = 0, who = paula): Promise<string> {
  const id = await threatAt(at)
  await send(on.t.app, who, review, avoiding(await now(), id))
  await on.settled()
  return id
}

async function press(handle: string, on_: FakeMessage, label: string | RegExp, values = {}): Promise<string> {
  await on.fake.as(handle).click(on_, label, values)
  await on.settled()
  return reads(on, handle, on_)
}

const signs = async (by: Visitor, id: string) =>
  await send(on.t.app, by, review, { type: 'approve', ...onThreat(await now(), id), sawUnknowns: true })

/** Moves back the time at which a post was begun. */
async function aMinutePasses(): Promise<void> {
  await on.t.app.store.database.run(
    ({ sql }) =>
      sql`update countersign.delivery set noted_at = noted_at - interval '61 seconds' where stream = ${stream()}`,
  )
}

test('1: two owners sign at the same moment: one decision, the other sees who was first', async () => {
  const id = await proposed()
  const lists = { sam: workList('sam'), sally: workList('sally') }
  await press('sam', lists.sam, 'Decide T1')
  await press('sally', lists.sally, 'Decide T1')
  await Promise.all([on.fake.as('sam').click(lists.sam, 'Sign it'), on.fake.as('sally').click(lists.sally, 'Sign it')])
  await on.settled()
  // An edit and the answer to a press may cross: what was refused is there whenever the card is looked at.
  for (const handle of ['sam', 'sally']) await on.fake.as(handle).reload()
  await on.settled()
  const views = [reads(on, 'sam', lists.sam), reads(on, 'sally', lists.sally)]
  expect(views.filter((view) => /(Sam|Sally) was first, on/.test(view))).toHaveLength(1)
  const threat = (await now()).threats[id]
  expect(threat?.proposal?.signatures).toHaveLength(1)
  const signed = (await entries()).filter(({ type }) => type === 'treatment.approved')
  expect(signed).toHaveLength(1)
})

test('2: a press on what was re-drafted meanwhile is refused on the card, with the new version, and nothing is recorded', async () => {
  const [id] = [await proposed(0), await proposed(1)]
  const list = workList('sam')
  await press('sam', list, 'Decide T1')
  on.fake.refreshes = false
  const shown = on.fake
    .as('sam')
    .sees('personal')
    .find((one) => one.message.id === list.id)?.card as Card
  const sign = shownButton(shown, 'Sign it')
  await send(on.t.app, paula, review, { type: 'withdraw', ...onThreat(await now(), id) })
  const words = { title: 'Another title', statement: 'Another statement altogether.' }
  await send(on.t.app, paula, review, { ...onThreat(await now(), id), type: 'correct', ...words })
  await send(on.t.app, paula, review, avoiding(await now(), id))
  await on.settled()
  on.fake.refreshes = true
  const before = (await now()).seq
  const answered = await pressedAsShown('sam', list, sign)
  expect(JSON.stringify(answered)).toMatch(/changed since you saw it|Nothing of yours was recorded/)
  expect(JSON.stringify(answered)).toMatch(/Another statement altogether/)
  expect((await now()).seq).toBe(before)
})

test('3: someone without authority is told who has it, and nothing is recorded', async () => {
  const id = await proposed()
  const before = (await now()).seq
  const decide = shownButton(baseCard(workList('sam')), 'Decide T1')
  const looks = JSON.stringify(await pressedAsShown('milan', workList('sam'), decide))
  expect(looks).toMatch(/signed by a security lead\. Ask Sam/)
  expect(looks).not.toMatch(/Sign it/)
  // Not even a press made by hand gets round it.
  const { shown: seen } = onThreat(await now(), id)
  const press = { verb: 'decide', review, subject: id, seen: seen.seen, shown: seen.fingerprint }
  const data = { cs: { do: 'press', press, set: { decision: 'sign' } } }
  const forged = { type: 'Action.Execute', verb: 'decide', title: 'Sign it', data }
  expect(JSON.stringify(await pressedAsShown('milan', workList('sam'), forged))).toMatch(/Ask Sam/)
  expect((await now()).seq).toBe(before)
})

test('4: a decision made elsewhere takes the buttons off the card in Teams', async () => {
  const id = await proposed()
  expect(reads(on, 'sam', workList('sam'))).toMatch(/Decide T1/)
  await signs({ ...sam, via: 'web' }, id)
  await on.settled()
  expect(reads(on, 'sam', workList('sam'))).not.toMatch(/Decide T1/)
  expect(reads(on, 'sam', workList('sam'))).toMatch(/avoid, signed by Sam/)
})

test('4: a form about that very threat is taken away at once', async () => {
  const [id] = [await proposed(0), await proposed(1)]
  const list = workList('sally')
  expect(await press('sally', list, 'Decide T1')).toMatch(/Sign it/)
  await signs({ ...sam, via: 'web' }, id)
  await on.settled()
  expect(reads(on, 'sally', list)).toMatch(/Signed by Sam/)
  expect(reads(on, 'sally', list)).not.toMatch(/Sign it|Decide T1/)
  expect(await press('sally', list, 'Close')).toMatch(/Decide T2/)
})

test('4: a form about something else is left alone until it is closed, and then the card is current', async () => {
  const [first] = [await proposed(0), await proposed(1)]
  const list = workList('sally')
  expect(await press('sally', list, 'Decide T2')).toMatch(/Sign it/)
  await signs({ ...sam, via: 'web' }, first)
  await on.settled()
  expect(reads(on, 'sally', list)).toMatch(/Sign it/)
  expect(JSON.stringify(baseCard(workList('sally')))).toMatch(/Decide T1/)
  const back = await press('sally', list, 'Not now')
  expect(back).not.toMatch(/Decide T1/)
  expect(back).toMatch(/Decide T2/)
  expect(JSON.stringify(baseCard(workList('sally')))).not.toMatch(/Decide T1/)
})

test('4: a form about something else is left alone until it is sent, and then the card is current', async () => {
  const [first, second] = [await proposed(0), await proposed(1)]
  const list = workList('sally')
  await press('sally', list, 'Decide T2')
  await signs({ ...sam, via: 'web' }, first)
  await on.settled()
  await press('sally', list, 'Sign it')
  expect((await now()).threats[second]?.status).toBe('treated')
  expect(JSON.stringify(baseCard(workList('sally')))).not.toMatch(/Decide T[12]/)
})

test('5: the same message delivered four times has one effect and one answer', async () => {
  await on.fake.as('milan').say('personal', 'We are building a translator for contracts', { retry: 3 })
  await on.settled()
  const mine = on.fake.messages('milan').map(({ activity }) => String(activity.summary))
  expect(mine.filter((summary) => /translator.*is open/i.test(summary))).toHaveLength(1)
  expect(mine.filter((summary) => /translator.*questions 1 of 5/i.test(summary))).toHaveLength(1)
})

test('6: killed between commit and message: the next process brings the message up to date', async () => {
  const id = await proposed()
  const before = calls('update').length
  on.fake.failNext('update', { cut: 'before' }, 20)
  await signs(sam, id)
  await on.settled()
  const failed = calls('update').length - before
  expect(failed).toBeGreaterThan(0)
  expect(JSON.stringify(baseCard(workList('sam')))).toMatch(/Decide T1/)
  on.fake.unfail('update')
  const address = on.fake.listensAt()
  const next = await connectTo(on.fake, on.t.url)
  await deliver(next.t.app, { teams: next.teams.surface }, paula.workspace, stream())
  expect(JSON.stringify(baseCard(workList('sam')))).not.toMatch(/Decide T1/)
  await next.close()
  on.fake.botAt(address)
})

test('7: told to wait, it waits for that conversation alone, keeps the order and edits each message once', async () => {
  const id = await proposed()
  on.fake.failNext('update', { status: 429, retryAfter: 2 })
  const [before, from] = [calls('update').length, Date.now()]
  await signs(sam, id)
  await on.settled()
  const [refused] = calls('update').slice(before)
  expect(refused?.status).toBe(429)
  const edited = () =>
    calls('update')
      .slice(before)
      .filter(({ status }) => status === 200)
  const there = (at = refused) => edited().filter(({ conversation }) => conversation === at?.conversation)
  expect(there()).toEqual([])
  expect(edited().length).toBeGreaterThan(0)
  // What happens meanwhile still reaches everyone else.
  const second = await proposed(1)
  await until(on, async () => there().length > 0)
  const waited = (there()[0]?.at ?? 0) - from
  expect(waited).toBeGreaterThanOrEqual(2000)
  await until(on, () => /T2/.test(readsAll(on, 'sam')))
  expect((await now()).threats[second]?.status).toBe('proposed')
  const paths = edited().map(({ path, body }) => `${path} ${JSON.stringify(body)}`)
  expect(new Set(paths).size).toBe(paths.length)
})

test('8: a post that took effect without an answer is not repeated, and is found again when its card is shown', async () => {
  on.fake.refreshes = false
  const id = await createdInTheDark({ status: 502, after: true })
  expect(ofThis('sam')).toHaveLength(1)
  await bring().catch(() => {})
  expect(ofThis('sam')).toHaveLength(1)
  on.fake.refreshes = true
  await on.fake.as('sam').look('personal')
  await on.settled()
  await aMinutePasses()
  await bring()
  expect(ofThis('sam')).toHaveLength(1)
  await signs(sally, id)
  await on.settled()
  expect(reads(on, 'sam', { id: ofThis('sam')[0]?.id ?? '' })).not.toMatch(/Decide T1/)
})

test('8: it is found again when its button is pressed, too', async () => {
  on.fake.refreshes = false
  await createdInTheDark({ cut: 'after' })
  const list = workList('sam')
  expect(await press('sam', list, 'Decide T1')).toMatch(/Sign it/)
  await aMinutePasses()
  await bring()
  expect(ofThis('sam')).toHaveLength(1)
  on.fake.refreshes = true
})

test('8: a post that took no effect is not repeated within the minute, and then once', async () => {
  const id = await createdInTheDark({ status: 502 })
  expect(ofThis('sam')).toEqual([])
  await expect(bring()).rejects.toMatchObject({ name: 'Uncertain' })
  expect(ofThis('sam')).toEqual([])
  await aMinutePasses()
  await bring()
  expect(ofThis('sam')).toHaveLength(1)
  expect((await now()).threats[id]?.status).toBe('proposed')
})

test('8: while it is not known, everyone else’s messages go on', async () => {
  await createdInTheDark({ status: 502 }, 'sam')
  await proposed(1)
  expect(reads(on, 'sally', workList('sally'))).toMatch(/Decide T2/)
  expect(reads(on, 'paula', workList('paula'))).toMatch(/In your name \(2\)/)
  expect(ofThis('sam')).toEqual([])
})

test('8: of two that stand after all, the one that nobody keeps up to date goes away when it is seen', async () => {
  on.fake.refreshes = false
  await createdInTheDark({ status: 502, after: true })
  const [late] = ofThis('sam')
  await aMinutePasses()
  await bring()
  expect(ofThis('sam')).toHaveLength(2)
  const told = await press('sam', late as FakeMessage, 'Decide T1')
  on.fake.refreshes = true
  await on.settled()
  expect(told === '' || /came twice/.test(told)).toBe(true)
  expect(ofThis('sam').map(({ id }) => id)).toEqual([workList('sam').id])
  expect(ofThis('sam')[0]?.id).not.toBe(late?.id)
  expect(await press('sam', workList('sam'), 'Decide T1')).toMatch(/Sign it/)
})

test('9: whoever proposed it cannot sign it, lead or not, and is told who can', async () => {
  review = await draftedReview(on.t.app, sam, `acceptance ${made} own`)
  await on.settled()
  await proposed(0, sam)
  const list = message(on, 'sam', new RegExp(`acceptance ${made} own: your work list`))
  const looks = await press('sam', list, 'Look at T1')
  expect(looks).toMatch(/You proposed this, so someone else has to sign it: Sally/)
  expect(looks).not.toMatch(/Sign it/)
})

test('10: a delegate decides, and the log says for whom', async () => {
  const milan = await on.personOf(oidOf('milan'))
  const until = new Date(Date.now() + 864e5 * 7).toISOString().slice(0, 10)
  const handing = { type: 'delegate', to: milan, until, reason: 'On leave.' } as const
  await commandWorkspace(on.t.app, sam.workspace, actingNow(on.t.app, sam), handing, 7)
  await proposed()
  const decide = shownButton(baseCard(workList('sam')), 'Decide T1')
  const form = (await pressedAsShown('milan', workList('sam'), decide)) as { value: Card }
  await pressedAsShown('milan', workList('sam'), shownButton(form.value, 'Sign it'))
  const signed = (await entries()).find(({ type }) => type === 'treatment.approved')
  expect(JSON.parse(signed?.body ?? '{}')).toMatchObject({
    actor: { person: milan, via: 'teams' },
    authority: { for: { person: sam.person } },
  })
  const { delegations } = await readWorkspace(on.t.app, sam.workspace)
  const end = { type: 'end_delegation', delegation: delegations[0]?.seq ?? 0 } as const
  await commandWorkspace(on.t.app, sam.workspace, actingNow(on.t.app, sam), end, 8)
  await on.settled()
})

test('12: a card with sixty threats, long words, right-to-left text and emoji loses nothing silently', async () => {
  const rtl = 'نموذج يجيب على العملاء 🧨👩🏽‍🚒'
  for (let more = 1; more <= 45; more += 1) {
    const component = (await threatAt(0)).split('@')[1] ?? ''
    const title = more === 1 ? rtl : `Own threat ${more} ${'w'.repeat(60)}`
    const statement = more === 2 ? 'ü'.repeat(1200) : `${rtl} ${more}`
    const add = { type: 'add_threat', threat: `own-${String(more).padStart(12, '0')}@${component}`, component } as const
    const rated = { area: 'tools', rating: { likelihood: 4, impact: 4 }, title, statement } as const
    const outcome = await send(on.t.app, paula, review, { ...add, ...rated })
    if ('refusal' in outcome) throw new Error(JSON.stringify(outcome.refusal))
  }
  await on.settled()
  const list = workList('paula')
  const looks = reads(on, 'paula', list)
  const shown = new Set(looks.match(/T\d+ ·/g)).size
  const more = Number(/(\d+) more/.exec(looks)?.[1] ?? 0)
  expect(listed(await now()).length).toBeGreaterThanOrEqual(60)
  expect(shown + more).toBe(listed(await now()).length)
  expect(Buffer.byteLength(JSON.stringify(list.activity))).toBeLessThan(80_000)
  expect(looks).toContain(rtl)
  // One with the longest words there are, proposed with the longest reason.
  const at = listed(await now()).findIndex((one) => titleOf(one).startsWith('Own threat 2 '))
  const reason = `${'ö'.repeat(3999)}.`
  const treatment = { kind: 'avoid', reason } as const
  const proposing = avoiding(await now(), await threatAt(at)) as object
  await send(on.t.app, paula, review, { ...proposing, treatment } as ReviewCommand)
  await on.settled()
  const form = await press('sam', workList('sam'), /^Decide T\d+$/)
  expect(form).toContain('ü'.repeat(1200))
  expect(form).toContain(reason)
  expect(form).toContain('[Sign it]')
})

test('14: someone who removed the bot is given up after one refusal, and the requester is told once', async () => {
  await on.fake.as('sally').uninstall()
  await on.settled()
  // Teams’ word got lost: the bot learns it from the refusal.
  await revive('sally')
  const before = calls('create').length
  await proposed(0)
  await proposed(1)
  const tries = () =>
    calls('create')
      .slice(before)
      .filter(({ conversation }) => conversation === 'a:sally')
  expect(tries().map(({ status }) => status)).toEqual([403])
  const notices = () => ofNow('paula', /cannot write to Sally/)
  expect(notices()).toHaveLength(1)
  expect(readsAll(on, 'paula')).toMatch(/Ask them to add Countersign under Apps/)
  await on.fake.as('sally').install()
  await until(on, () => ofThis('sally').length > 0)
  expect(reads(on, 'sally', workList('sally'))).toMatch(/Decide T2/)
  await until(on, () => notices().length === 0)
})

test('14: removed from the channel where the review takes place, it goes on in the requester’s own chat', async () => {
  const channel = on.fake.addChannel('team', { members: ['paula', 'milan'] })
  const { id: thread } = await on.fake
    .as('paula')
    .say(channel, 'we are building a summariser of incident reports', { mention: true })
  await on.settled()
  const card = message(on, 'paula', /summariser.*questions 1 of 5/i, channel)
  expect(card.thread).toBe(thread)
  on.fake.addChannel('team', { installed: false })
  await on.fake.as('paula').click(card, 'Skip these')
  await on.settled()
  expect(ofNow('paula', /summariser.*questions 2 of 5/i)).toHaveLength(1)
  const told = (handle: string) => ofNow(handle, /cannot write any more/).length
  expect([told('sam'), told('sally'), told('paula')]).toEqual([1, 1, 0])
  const before = on.fake.calls.length
  await press('paula', message(on, 'paula', /summariser.*questions 2 of 5/i), 'Skip these')
  const after = on.fake.calls.slice(before).filter(({ kind }) => kind === 'create' || kind === 'update')
  expect(after.filter(({ conversation }) => conversation?.startsWith(channel))).toEqual([])
  expect(ofNow('paula', /summariser.*questions 3 of 5/i)).toHaveLength(1)
  expect([told('sam'), told('sally'), told('paula')]).toEqual([1, 1, 0])
})

test('16: hostile words in a statement stay words', async () => {
  const id = await threatAt(0)
  const statement =
    'Look: [x](javascript:alert(1)) <at>Everyone</at> https://evil.example **bold** {{DATE(2020-01-01T00:00:00Z)}} &lt;b&gt;'
  const title = '[Approve](https://evil.example) <at>Sam</at>'
  await send(on.t.app, paula, review, { ...onThreat(await now(), id), type: 'correct', title, statement })
  await on.settled()
  expect(reads(on, 'paula', workList('paula'))).toContain(title)
  const form = await press('paula', workList('paula'), 'Treat T1')
  expect(form).toContain('Look: [x](javascript:alert(1)) <at>Everyone</at> https://evil.example **bold**')
  const own = on.fake
    .as('paula')
    .sees('personal')
    .find(({ message: { id: of } }) => of === workList('paula').id)
  const live = piecesOf(own?.card as Card).filter(({ node, type }) => {
    const told = [node.text, node.title, node.tooltip, node.label].map(String).join()
    return type !== 'TextRun' && /evil|javascript|<at>/.test(told)
  })
  expect(live.filter(({ type }) => !type.startsWith('Action.'))).toEqual([])
  expect(on.fake.refused).toEqual([])
})

test('13 and 15: every message has a summary, every card its fallback text, and names that are unique', () => {
  const sent = on.fake.calls.filter(({ kind, body }) => ['create', 'update'].includes(kind) && body.type === 'message')
  expect(sent.length).toBeGreaterThan(20)
  expect(sent.filter(({ body }) => String(body.summary ?? '').trim() === '')).toEqual([])
  const cards = sent.map(({ body }) => (body.attachments as { content: Card }[])[0]?.content as Card)
  expect(cards.filter(({ fallbackText }) => String(fallbackText ?? '').trim() === '')).toEqual([])
  for (const card of cards) {
    const names = buttonsOf(card).map(({ title, tooltip }) => tooltip ?? title)
    expect(names).toEqual([...new Set(names)])
    const unnamed = piecesOf(card).filter(({ type, node }) => type.startsWith('Input.') && !(node.label || node.title))
    expect(unnamed).toEqual([])
  }
  // The fake refuses all of that as well, in answers to presses too.
  expect(on.fake.refused).toEqual([])
})

/** Forgets that a place was given up. */
async function revive(handle: string): Promise<void> {
  const address = `${on.fake.tenant}/${oidOf(handle)}`
  await on.t.app.store.database.run(
    ({ sql }) => sql`update countersign.teams_place set dead = false where address = ${address}`,
  )
}

/**
 * Proposes the first threat as Paula, of which the post to a lead comes to grief.
 * @param handle the lead
 */
async function createdInTheDark(how: Failure, handle = 'sam'): Promise<string> {
  on.fake.failNext('create', how, 1, `a:${handle}`)
  return await proposed()
}

function shownButton(card: Card | undefined, label: string): Card {
  const found = card && buttonsOf(card).find((one) => readsAs(one, label))
  if (!found) throw new Error(`there is no button ${label} on ${JSON.stringify(card)}`)
  return found
}

/** Presses a button as it was shown before, whatever the card shows by now; gives the card that answers it. */
async function pressedAsShown(handle: string, { id }: FakeMessage, button: Card): Promise<unknown> {
  const { mri, oid } = on.fake.addPerson(handle)
  const { type, title, verb, data } = button
  const { body } = await on.fake.raw({
    ...{ type: 'invoke', name: 'adaptiveCard/action', channelId: 'msteams', serviceUrl: on.fake.serviceUrl },
    ...{ from: { id: mri, aadObjectId: oid }, recipient: { id: on.fake.bot.id }, replyToId: id },
    conversation: { id: `a:${handle}`, conversationType: 'personal', tenantId: on.fake.tenant },
    channelData: { tenant: { id: on.fake.tenant } },
    value: { action: { type, title, verb, data }, trigger: 'manual' },
  })
  return body
}

async function entries(): Promise<{ type: string; body: string }[]> {
  return await on.t.app.store.database.run(
    ({ sql }) => sql<{ type: string; body: string }[]>`
      select type, body from declog.entry where stream = ${stream()} order by seq`,
  )
}
