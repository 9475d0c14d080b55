// The cards of a whole review as pictures, at a desktop's and a phone's width, so that people can look at them.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { announcement, answers } from '../../src/cli/demo/answers.ts'
import { actions, type Block, input, text } from '../../src/conversation/card.ts'
import { treatmentLabels } from '../../src/conversation/labels.ts'
import { renderCard, renderForm } from '../../src/teams/cards.ts'
import type { Driver } from '../support/driver.ts'
import { buttonsOf, visible } from '../support/teams/card-pieces.ts'
import { type Connected, connected } from '../support/teams/connected.ts'
import { oidOf, type Seen } from '../support/teams/fake-teams.ts'
import { draw, galleryPage } from '../support/teams/gallery.ts'
import { readSeen } from '../support/teams/read-card.ts'
import { teamsConversation } from '../support/teams/teams-conversation.ts'
import type { Card } from '../support/teams/wire.ts'
import { openBrowser } from './page.ts'

const artifacts = join(import.meta.dirname, '../artifacts')
const picturesOn: Record<string, number> = { draft: 2, 'sign-off': 1, 'signed-off': 2 }
let on: Connected
let chat: Driver
let browser: Browser
let channel: string
/** What stood on someone's screen, by the stage of the review. */
const taken = new Map<string, Card>()

beforeAll(async () => {
  on = await connected()
  for (const name of ['Paula', 'Milan', 'Sam', 'Sally'])
    on.fake.addPerson(name.toLowerCase(), { name, installed: false })
  on.fake.addPerson('gil', { name: 'Gil', userRole: 'guest', installed: false })
  channel = on.fake.addChannel('ai', { members: ['paula', 'milan', 'gil'] })
  chat = teamsConversation(on.fake, on.settled)
  browser = await openBrowser()
  await mkdir(artifacts, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await on.close()
})

/** The newest message on a person's screen that reads so. */
function card(handle: string, text: RegExp, place = 'personal'): Seen {
  const found = on.fake
    .as(handle)
    .sees(place)
    .findLast((one) => one.card && text.test(readSeen(one)))
  if (!found) throw new Error(`nothing on ${handle}’s screen reads ${text}`)
  return found
}

function take(stage: string, ...of: Parameters<typeof card>): void {
  taken.set(stage, card(...of).card as Card)
}

test('from the first word to the draft', async () => {
  for (const handle of ['sam', 'paula', 'milan']) {
    await on.fake.as(handle).install()
    await on.settled()
  }
  take('welcome', 'paula', /I interview you/)
  await chat.say('paula', announcement)
  take('interview', 'paula', /questions 1 of 5/)
  for (const values of answers) {
    await chat.press('paula', values === answers.at(-1) ? 'Draft the threats' : 'Next', values)
  }
  take('answered', 'paula', /questions 3 of 5/)
  take('draft', 'paula', /threat model\n/)
  take('work-list', 'paula', /your work list/)
})

test('proposing, signing and signing off', async () => {
  await chat.press('paula', 'Go through them')
  take('threat', 'paula', /What shall be done/)
  for (const kind of ['accept', 'mitigate'] as const) {
    await on.fake.as('paula').click(card('paula', /What shall be done/).message, treatmentLabels[kind])
    await on.settled()
    take(`threat-${kind}`, 'paula', /What shall be done/)
    if (kind === 'accept') await chat.press('paula', 'Choose another')
  }
  await chat.press('paula', 'Propose', { plan: ' ' })
  take('threat-error', 'paula', /What shall be done/)
  await chat.press('paula', 'Choose another')
  for (let left = 15; left > 0; left -= 1) {
    await chat.press('paula', 'Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  }
  take('to-sign', 'sam', /your work list/)
  await chat.press('sam', 'Decide T1')
  take('sign', 'sam', /Your decision/)
  for (let left = 15; left > 0; left -= 1) await chat.press('sam', 'Record my decision', { decision: 'sign' })
  await chat.press('paula', 'Open questions')
  take('open-questions', 'paula', /Who finds out/)
  await chat.press('paula', 'Ask', { to: await on.personOf(oidOf('milan')) })
  take('asked', 'milan', /asks you/)
  take('sign-off', 'sam', /With your signature/)
  await chat.press('sam', /^Sign off/, { sawSetAside: true })
  take('signed-off', 'paula', /Signed off by/)
  await chat.say('sam', 'status')
  take('status', 'sam', /^Reviews/m)
  await chat.say('sam', 'settings')
  take('settings', 'sam', /^Settings/m)
})

test('in a channel everyone sees the card, and a guest is refused', async () => {
  await on.fake.as('paula').say(channel, 'We are building an invoice reader', { mention: true })
  await on.settled()
  take('channel', 'milan', /questions 1 of 5/, channel)
  await on.fake.as('gil').click(card('gil', /questions 1 of 5/, channel).message, 'Open for me')
  await on.settled()
  const { message } = card('milan', /questions 1 of 5/, channel)
  const refused = on.fake
    .as('gil')
    .sees(channel)
    .find((one) => one.message.id === message.id)
  taken.set('refusal', refused?.card as Card)
})

test('what people wrote never comes to life', async () => {
  const words = '[x](javascript:alert(1)) <at>everyone</at> <img src="https://x.example/a.png"> {{DATE(2020-01-01)}}'
  const options = [{ value: 'a', label: words }]
  const blocks: Block[] = [
    ...[text(words), text(words, 'quote'), { kind: 'facts' as const, facts: [{ label: words, value: words }] }],
    { kind: 'items', label: words, items: [{ title: words, detail: words }] },
    { kind: 'table', caption: words, columns: [words, 'b'], rows: [[words, 'b']] },
    input({ kind: 'choice', name: 'one', label: words, hint: words, options }),
    input({ kind: 'choices', name: 'several', label: words, options }),
    input({ kind: 'tick', name: 'sure', label: words }),
    input({ kind: 'text', name: 'words', label: words, hint: words, value: words, lines: 'several', limit: 4000 }),
    actions({ label: words, press: { verb: 'help' } }),
  ]
  const page = await browser.newPage({ viewport: { width: 640, height: 120 } })
  await galleryPage(page)
  for (const one of [
    renderCard({ title: words, summary: words, blocks }, { note: { text: words, tone: 'good' } }),
    renderForm({ title: words, blocks }, { errors: { one: words, stray: words } }),
  ]) {
    expect(await draw(page, one)).toEqual([])
    expect(await lostTexts(page, one)).toEqual([])
    expect(await liveOn(page)).toEqual([])
  }
  await page.close()
})

test.each([
  ['', 640],
  ['-phone', 320],
])('every word and picture stands within the screen: teams-*%s.png, %i pixels', async (suffix, width) => {
  expect(taken.size).toBe(19)
  const page = await browser.newPage({ viewport: { width, height: 120 } })
  await galleryPage(page)
  const found: unknown[] = []
  for (const [stage, one] of taken) {
    const complaints = await draw(page, one)
    const pictures = await loadedPictures(page)
    await page.screenshot({ path: join(artifacts, `teams-${stage}${suffix}.png`), fullPage: true })
    const wrong = [...complaints, ...(await lostTexts(page, one)), ...(await outside(page)), ...(await liveOn(page))]
    found.push({ stage, pictures, wrong })
  }
  await page.close()
  expect(found).toEqual([...taken.keys()].map((stage) => ({ stage, pictures: picturesOn[stage] ?? 0, wrong: [] })))
})

/** The lines of a card, as people read them, that are nowhere on the page. */
async function lostTexts(page: Page, one: Card): Promise<string[]> {
  const words = await page.evaluate(() => {
    const held = [...document.querySelectorAll<HTMLInputElement>('input, textarea, option, img')].map((field) =>
      [field.value, field.textContent, field.getAttribute('alt')].join(' '),
    )
    return [document.querySelector('main')?.textContent, ...held].join(' ')
  })
  const here = visible(words).replaceAll(/\s/g, '')
  const lines = readSeen({ card: one } as Seen).split('\n')
  const said = lines.filter((line) => !/^\[.*\]$|^\(.*\)$/.test(line))
  const buttons = buttonsOf(one).map(({ title }) => visible(String(title)))
  return [...said, ...buttons].filter((text) => !here.includes(text.replaceAll(/\s/g, '')))
}

/** What runs off the right side, or is cut off. */
async function outside(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const isCut = (one: Element) => getComputedStyle(one).overflowX === 'hidden' && one.scrollWidth > one.clientWidth
    return [...document.querySelectorAll('main *')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth || isCut(one))
      .map(({ outerHTML }) => outerHTML.slice(0, 120))
  })
}

/** What leads somewhere or is fetched from somewhere. */
async function liveOn(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll('main :is(a, script, iframe, object, link, img:not([src^="data:"]))')].map(
      ({ outerHTML }) => outerHTML.slice(0, 120),
    ),
  )
}

async function loadedPictures(page: Page): Promise<number> {
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  return await page.evaluate(() => [...document.images].filter(({ naturalWidth }) => naturalWidth > 0).length)
}
