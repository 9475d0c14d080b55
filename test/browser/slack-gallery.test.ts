// The cards of a whole review as pictures, at a desktop's and a phone's width, so that people can look at them.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { announcement, answers } from '../../src/cli/demo/answers.ts'
import { textsOf } from '../support/block-kit-limits.ts'
import type { Driver } from '../support/driver.ts'
import { type Connected, connected } from '../support/slack/connected.ts'
import { galleryPage, type Shown } from '../support/slack/gallery.ts'
import { slackConversation } from '../support/slack/slack-conversation.ts'
import { openBrowser } from './page.ts'

const artifacts = join(import.meta.dirname, '../artifacts')
const picturesOn: Record<string, number> = { draft: 2, 'sign-off': 1 }
const people = { UPAULA: 'Paula', UMILAN: 'Milan', USAM: 'Sam', USALLY: 'Sally', UGUEST: 'Gil' }
let on: Connected
let chat: Driver
let browser: Browser
/** What stood on someone's screen, by the stage of the review. */
const taken = new Map<string, Shown>()

beforeAll(async () => {
  on = await connected()
  for (const [user, real_name] of Object.entries(people)) {
    on.fake.addUser(user, { real_name, is_admin: user === 'USAM', is_restricted: user === 'UGUEST' })
  }
  on.fake.addChannel('CTEAM', { members: Object.keys(people) })
  chat = slackConversation(on.fake, { paula: 'UPAULA', sam: 'USAM' }, on.settled)
  browser = await openBrowser()
  await mkdir(artifacts, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await on.close()
})

function take(stage: string, shown: Shown | undefined): void {
  if (!shown) throw new Error(`nothing stands to be taken as ${stage}`)
  taken.set(stage, shown)
}

const card = (user: string, text: RegExp) => on.fake.messages(user).findLast((one) => text.test(one.text))

async function openHome(user: string): Promise<Shown | undefined> {
  await on.fake.as(user).openHome()
  await on.settled()
  return on.fake.home(user)
}

test('from the first word to the draft', async () => {
  await openHome('USAM')
  await chat.say('paula', announcement)
  take('interview', card('UPAULA', /questions 1 of 5/))
  for (const values of answers) {
    await chat.press('paula', values === answers.at(-1) ? 'Draft the threats' : 'Next', values)
  }
  take('answered', card('UPAULA', /questions 3 of 5/))
  take('draft', card('UPAULA', /threat model/))
  take('work-list', card('UPAULA', /work list/))
})

test('proposing, signing and signing off', async () => {
  await chat.press('paula', 'Go through them')
  take('threat', on.fake.view('UPAULA'))
  for (let left = 40; left > 0 && on.fake.view('UPAULA'); left -= 1) {
    await chat.press('paula', 'Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  }
  take('to-sign', card('USAM', /work list/))
  take('home', await openHome('USAM'))
  await chat.press('sam', 'Decide T1')
  take('sign', on.fake.view('USAM'))
  for (let left = 40; left > 0 && on.fake.view('USAM'); left -= 1) {
    await chat.press('sam', 'Record my decision', { decision: 'sign' })
  }
  await chat.press('paula', 'Open questions')
  take('open-questions', on.fake.view('UPAULA'))
  await chat.press('paula', 'Ask', { to: 'UMILAN' })
  take('asked', card('UMILAN', /asks you/))
  take('sign-off', card('USAM', /sign-off/))
  await chat.press('sam', /^Sign off/, { sawSetAside: true })
  take('signed-off', card('USAM', /Signed off/))
  await on.fake.as('USAM').slash('status')
  await on.settled()
  take('status', on.fake.ephemerals('USAM', 'USAM').at(-1))
})

test('a guest in a channel is refused in private', async () => {
  await on.fake.as('UPAULA').say('CTEAM', `<@${on.fake.bot.userId}> We are building an invoice reader`)
  await on.settled()
  const interview = card('CTEAM', /questions 1 of 5/)
  if (!interview) throw new Error('nothing was asked in the channel')
  await on.fake.as('UGUEST').clickMessage(interview, 'Skip these')
  await on.settled()
  take('refusal', on.fake.ephemerals('CTEAM', 'UGUEST').at(-1))
})

test.each([
  ['', 680],
  ['-phone', 390],
])('every word and picture stands within the screen: slack-*%s.png, %i pixels', async (suffix, width) => {
  expect(taken.size).toBe(14)
  const page = await browser.newPage({ viewport: { width, height: 120 } })
  for (const [stage, shown] of taken) {
    await page.setContent(galleryPage(shown, (file) => on.fake.files.get(file)?.bytes))
    const pictures = await loadedPictures(page)
    await page.screenshot({ path: join(artifacts, `slack-${stage}${suffix}.png`), fullPage: true })
    const found = { stage, pictures, lost: await lostTexts(page, shown), outside: await outside(page) }
    expect(found).toEqual({ stage, pictures: picturesOn[stage] ?? 0, lost: [], outside: [] })
  }
  await page.close()
})

/** The texts of the blocks, and of a modal's frame, that are nowhere on the page. */
async function lostTexts(page: Page, { type, title, submit, blocks }: Shown): Promise<string[]> {
  const words = await page.evaluate(() => {
    const held = [...document.querySelectorAll('input, img')].map((one) => {
      return one.getAttribute('alt') ?? one.getAttribute('value') ?? ''
    })
    return [document.body.textContent, ...held].join(' ')
  })
  const here = words.replaceAll(/\s/g, '')
  const framed = type === 'modal' ? { title, submit, blocks } : { blocks }
  return textsOf(framed).filter((text) => !here.includes(text.replaceAll(/\s/g, '')))
}

/** What runs off the right side. */
async function outside(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth)
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  )
}

async function loadedPictures(page: Page): Promise<number> {
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  return await page.evaluate(() => [...document.images].filter(({ naturalWidth }) => naturalWidth > 0).length)
}
