// A person at the web chat in a real browser: clicks, types, and looks.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'

const artifacts = join(import.meta.dirname, '../artifacts')
const executablePath = '/usr/bin/chromium'

export async function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(`The browser tests need ${executablePath}: apt-get install chromium.`)
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] })
}

export interface Person {
  page: Page
  /** Faults the page reported. */
  faults: string[]
  become(name: string): Promise<void>
  say(words: string): Promise<void>
  /** Presses a button by what it is called, on the newest card that has it or in the open dialog. */
  press(name: string | RegExp): Promise<void>
  /** Closes the dialog without sending anything. */
  dismiss(): Promise<void>
  /** Fills fields by their labels: text, a date, or the options to tap. */
  fill(label: string | RegExp, value: string | (string | RegExp)[]): Promise<void>
  sees(words: string | RegExp): Promise<void>
  picture(name: string): Promise<void>
}

export async function personAt(
  browser: Browser,
  address: string,
  viewport = { width: 1280, height: 960 },
): Promise<Person> {
  await mkdir(artifacts, { recursive: true })
  const page = await browser.newPage({ viewport })
  page.setDefaultTimeout(8_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(address)
  await page.locator('.card').first().waitFor()
  const dialog = page.locator('dialog[open]')
  const scope = async (): Promise<Locator> => ((await dialog.count()) > 0 ? dialog : page.locator('#conversation'))
  // The page marks what it is busy with, for screen readers and for us.
  const settled = (): Promise<void> => page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  return {
    page,
    faults,
    async become(name) {
      await page.locator('#people label', { hasText: name }).click()
      await settled()
    },
    async say(words) {
      await page.locator('#words').fill(words)
      await page.locator('#words').press('Enter')
    },
    async press(name) {
      const button = (await scope()).getByRole('button', { name, exact: typeof name === 'string' }).last()
      await button.click()
      await settled()
    },
    async dismiss() {
      await dialog.locator('.foot button').last().click()
    },
    async fill(label, value) {
      const within = await scope()
      if (Array.isArray(value)) {
        const group = within.getByRole('group', { name: label }).last()
        for (const option of value) await group.getByText(option, { exact: typeof option === 'string' }).click()
        return
      }
      const field = within.getByLabel(label).last()
      await field.fill(value)
    },
    async sees(words) {
      await page.getByText(words).last().waitFor()
    },
    async picture(name) {
      await page.screenshot({ path: join(artifacts, `${name}.png`) })
    },
  }
}
