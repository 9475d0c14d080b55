// A whole review in Chromium, by clicks and typing alone, with a picture of each stage.

import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { type Child, endChildren, startScript } from '../support/process.ts'
import { openBrowser, type Person, personAt } from './page.ts'

let dataDir: string
let bot: Child
let browser: Browser
let me: Person
let address: string

async function startBot(port = '0'): Promise<void> {
  bot = startScript('src/main.ts', [], { COUNTERSIGN_DATA_DIR: dataDir, COUNTERSIGN_PORT: port, DATABASE_URL: '' })
  const line = await bot.line('Countersign runs.')
  address = line.slice(line.indexOf('http'))
}

beforeAll(async () => {
  dataDir = await temporaryDataDir('countersign-browser')
  await startBot()
  browser = await openBrowser()
  me = await personAt(browser, address)
})
afterAll(async () => {
  await browser?.close()
  bot.process.kill('SIGINT')
  await bot.ended
  endChildren()
  await rm(dataDir, { recursive: true, force: true })
})

test('the first thing a new user sees says what to do', async () => {
  await me.sees('For this machine only')
  await me.sees(/Say what you are building|begin a review/)
  await me.picture('1-welcome')
})

test('just saying what one is building starts the interview', async () => {
  await me.say('We are building a support copilot on GPT-4o that reads Confluence and the CRM')
  await me.sees('Support copilot on GPT-4o: questions 1 of 5')
  await me.picture('2-interview')
})

test('wave 1: taps and words', async () => {
  await me.fill('Kind of AI', ['assistant with retrieval'])
  await me.fill('How far along', ['in development'])
  await me.fill('Sensitive data it handles', ['personal data', 'conversations'])
  await me.fill(/Users, in your words/, 'About 200 support agents, behind single sign-on.')
  await me.fill('Reachable by', ['employees'])
  await me.fill('Users', ['employees'])
  await me.fill('Several customers share it', ['no'])
  await me.press('Next')
  await me.sees('questions 2 of 5')
})

test('what was typed survives a stop and a restart of the bot', async () => {
  await me.say('stop')
  await me.sees('say “resume” whenever you like')
  const { port } = new URL(address)
  bot.process.kill('SIGINT')
  expect(await bot.ended).toBe(0)
  await startBot(port)
  await me.page.reload()
  await me.sees('questions 2 of 5')
  await me.sees('“We are building a support copilot on GPT-4o that reads Confluence and the CRM”')
})

test('waves 2 to 5: back, edit, ask someone else, I don’t know', async () => {
  await me.fill(/Model, in your words/, 'GPT-4o over Azure.')
  await me.fill('The model comes from', ['a provider’s API'])
  await me.fill('You train or fine-tune a model', ['no'])
  await me.fill(/Supply chain, in your words/, 'LangChain from npm.')
  await me.fill('Third-party packages, models or tool servers', ['yes'])
  await me.press(/^Back/)
  await me.sees('Edit answers 1 of 5')
  await me.picture('3-edit')
  await me.dismiss()
  await me.press('Next')
  await me.sees('questions 3 of 5')

  await me.fill(/Retrieval and memory, in your words/, 'Confluence through pgvector, and ticket texts customers wrote.')
  await me.fill('It retrieves documents', ['yes'])
  await me.fill('It remembers earlier conversations', ['no'])
  await me.fill('It reads content others can write', ['yes'])
  await me.fill('You log prompts or outputs', ['yes'])
  await me.fill('Kept for', ['up to 30 days'])
  await me.fill('The provider keeps prompts', ['I don’t know'])
  await me.fill('You reuse what users type', ['no'])
  await me.fill('The provider trains on it', ['no'])
  await me.press('Next')
  await me.sees('questions 4 of 5')

  await me.fill(/Tools, in your words/, 'Reads the CRM with a service account.')
  await me.fill('It uses tools or other systems', ['yes'])
  await me.fill('What they can do', ['read records'])
  await me.fill('With whose rights', ['a service account’s'])
  await me.press('Ask someone else')
  await me.fill('Which questions', ['Which keys and secrets are within its reach?'])
  await me.fill('Whom', ['Milan'])
  await me.picture('4-ask-someone')
  await me.press('Ask')
  await me.sees('Milan has the question in a direct message.')
  await me.press('Next')
  await me.sees('questions 5 of 5')

  await me.fill(/Output, in your words/, 'The agent reads it as Markdown.')
  await me.fill('What happens with the output', ['rendered as Markdown or HTML', 'read by a person'])
  await me.fill('A person looks first', ['always'])
  await me.press('Draft the threats')
  await me.sees(/\d+ threats, 0 decided/)
  await me.page.locator('figure img').first().scrollIntoViewIfNeeded()
  await me.page.waitForFunction(() =>
    [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0),
  )
  await me.picture('5-draft')
})

test('the colleague answers in their own window, and the draft follows', async () => {
  await me.become('Milan')
  await me.sees('Paula asks you about Support copilot on GPT-4o')
  await me.fill(/Keys, in your words/, 'The OAuth token of the CRM, from the vault.')
  await me.fill('Keys or secrets within reach', ['yes'])
  await me.picture('6-asked')
  await me.press('Send answer')
  await me.become('Paula')
  await me.sees(/Keys within reach are read out/)
})

test('errors stand under their field and nothing typed is lost', async () => {
  await me.press('Go through them')
  await me.picture('7-threat')
  await me.fill('Treatment *', ['Accept'])
  await me.fill(/^Reason/, 'Agents see the sources beside the answer.')
  await me.press('Propose')
  await me.sees('Please choose something.')
  await me.sees('Please write something here.')
  await me.picture('8-error')
  expect(
    await me.page
      .locator('dialog')
      .getByLabel(/^Reason/)
      .inputValue(),
  ).toBe('Agents see the sources beside the answer.')
})

test('two threats that are one are merged, with the reason', async () => {
  await me.press('Merge into another T1')
  await me.fill('Into', [/^T2 /])
  await me.fill(/^Why they are one/, 'The same planted instructions, seen twice.')
  await me.press('Merge')
  await me.press('Go through them')
})

test('every threat is proposed, one form after another', async () => {
  for (let left = 40; left > 0; left -= 1) {
    if ((await me.page.locator('dialog[open]').count()) === 0) break
    await me.fill('Treatment *', ['Mitigate'])
    await me.fill(/^What will be done/, 'Fence content, filter retrieval, cap use, and test before every release.')
    const title = await me.page.locator('#dialog-title').textContent()
    await me.press('Propose')
    await me.page.waitForFunction((before) => {
      const dialog = document.querySelector('dialog') as HTMLDialogElement
      return !dialog.open || dialog.querySelector('h2')?.textContent !== before
    }, title)
  }
  await me.sees(/In your name \(\d+\)/)
  await me.press('Open questions')
  await me.fill('Who finds out', ['Milan'])
  await me.press('Ask')
})

test('a button on a stale card answers in private with the reason', async () => {
  const other = await personAt(browser, address)
  await other.become('Sam')
  await other.press('Decide T2')
  await other.fill('Your decision *', ['Sign it'])
  const late = await personAt(browser, address)
  await late.become('Sam')
  await late.press('Decide T2')
  await late.fill('Your decision *', ['Send it back'])
  await late.fill(/^Why it goes back/, 'Too vague to check.')
  await other.press('Record my decision')
  await late.press('Record my decision')
  await late.sees(/Sam was first, on .* Nothing of yours was recorded\./)
  await late.picture('9-stale')
  await other.page.close()
  await late.page.close()
})

test('the security lead signs one by one, sees the status, and signs off', async () => {
  await me.become('Sam')
  await me.page
    .locator('aside')
    .getByText(/waiting on someone/)
    .waitFor()
  await me.picture('10-status')
  await me.press(/^Decide T3$/)
  await me.picture('11-sign')
  for (let left = 40; left > 0; left -= 1) {
    if ((await me.page.locator('dialog[open]').count()) === 0) break
    await me.fill('Your decision *', ['Sign it'])
    const title = await me.page.locator('#dialog-title').textContent()
    await me.press('Record my decision')
    await me.page.waitForFunction((before) => {
      const dialog = document.querySelector('dialog') as HTMLDialogElement
      return !dialog.open || dialog.querySelector('h2')?.textContent !== before
    }, title)
  }
  await me.sees(/Every threat is treated\./)
  await me.page.getByLabel(/I have looked at/).check()
  await me.picture('12-sign-off')
  await me.press(/^Sign off/)
  await me.sees(/Signed off by Sam/)
  await me.picture('13-signed-off')
})

test('a keyboard alone reaches everything, and every field has a name', async () => {
  await me.become('Paula')
  await me.page.locator('#new-review').focus()
  await me.page.keyboard.press('Enter')
  await me.page.locator('dialog[open]').waitFor()
  await me.page.keyboard.press('Tab')
  await me.page.keyboard.type('Invoice reader')
  await me.page.keyboard.press('Escape')
  expect(await me.page.locator('dialog[open]').count()).toBe(0)
  const nameless = await me.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('input, textarea, select, button, img')]
      .filter((one) => {
        const labels = (one as HTMLInputElement).labels
        const name =
          one.getAttribute('aria-label') ??
          one.getAttribute('alt') ??
          (labels && labels.length > 0 ? 'labelled' : one.textContent)
        return name === null || (name.trim() === '' && one.tagName !== 'IMG')
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  )
  expect(nameless).toEqual([])
})

test('on a phone nothing runs off the side', async () => {
  const phone = await personAt(browser, address, { width: 390, height: 800 })
  await phone.become('Sam')
  await phone.picture('14-phone')
  const runsOff = await phone.page.evaluate(() =>
    [...document.querySelectorAll('header, main, aside, .card, .card *')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth)
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  )
  expect(runsOff).toEqual([])
  await phone.page.close()
})

test('the page reported no fault of its own', () => {
  expect(
    me.faults.filter((fault) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|Failed to fetch/.test(fault)),
  ).toEqual([])
})

test('and the log of it all verifies', async () => {
  const verify = startScript('src/cli/main.ts', ['verify', '--replay'], {
    COUNTERSIGN_DATA_DIR: dataDir,
    DATABASE_URL: '',
  })
  expect(await verify.ended).toBe(0)
  expect(verify.output()).toContain('The log is consistent.')
})
