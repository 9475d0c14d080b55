// A person at the playground in a real browser: writes, fills cards in, presses their buttons, and looks.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Values } from '../../../src/conversation/card.ts'
import type { Playground } from './playground.ts'
import { watchFaults } from './playground-faults.ts'
import { patience, press } from './playground-press.ts'

const artifacts = join(import.meta.dirname, '../../artifacts')

export interface PlaygroundPerson {
  page: Page
  /** What the page reported, and what the bot or the playground refused of each other. */
  faults: string[]
  /** Writes in the person's own conversation with the bot. */
  say(words: string): Promise<void>
  /**
   * Fills the inputs of a card by their names, then presses its enabled button of that title or tooltip, on the newest
   * card that has the button and all inputs. A value without an input is set by the button that stands for it.
   */
  press(label: string | RegExp, values?: Values): Promise<void>
  /** Waits until the words stand in the conversation. */
  sees(words: string | RegExp): Promise<void>
  /** Everything that stands in the conversation. */
  text(): Promise<string>
  picture(name: string): Promise<void>
}

/** Opens the page in a browser context of its own, and waits until the bot has answered that it was installed. */
export async function playgroundPage(
  browser: Browser,
  playground: Playground,
  viewport = { width: 1280, height: 960 },
): Promise<PlaygroundPerson> {
  await mkdir(artifacts, { recursive: true })
  const page = await browser.newPage({ viewport })
  page.setDefaultTimeout(patience)
  const { faults, told } = watchFaults(page)
  // Its fonts come from Microsoft's servers: nothing leaves this machine.
  await page.route(
    (address) => address.origin !== playground.url,
    (route) => route.abort(),
  )
  const installed = Promise.all(['installationUpdate', 'conversationUpdate'].map((name) => told(name)))
  await page.goto(playground.url)
  await installed
  const said = page.locator('[aria-label="Message header"] ~ div')
  const text = async () => (await said.allInnerTexts()).join('\n\n')
  return {
    page,
    faults,
    text,
    async say(words) {
      await page.locator('[role="textbox"][data-lexical-editor]').click()
      await page.keyboard.insertText(words)
      const sent = page.waitForResponse(/\/_conversation\/v1\/conversations\/[^/]+\/messages$/)
      await page.keyboard.press('Enter')
      await sent
    },
    press: (label, values = {}) => press(page, label, values),
    async sees(words) {
      const found = said.getByText(words).filter({ visible: true }).last()
      await found.waitFor().catch(async () => {
        throw new Error(`${playground.user.name} does not see “${words}” but:\n${await text()}`)
      })
    },
    async picture(name) {
      await page.screenshot({ path: join(artifacts, `${name}.png`) })
    },
  }
}
