// Pressing a button of a card in the playground, with what the card asks for filled in before.
import type { Locator, Page, Response } from 'playwright-core'
import type { Values } from '../../../src/conversation/card.ts'
import { cardsOn, type PlaygroundButton, type PlaygroundCard } from './playground-card.ts'
import { fill, holds } from './playground-fill.ts'
import { type Plan, planFor } from './playground-plan.ts'

/** How long the page waits for anything. */
export const patience = 8_000
/** Nothing on a card takes time, unless it was drawn anew and its elements are gone. */
const soon = 1_500

/** Presses the button, after those that stand for choices; returns when what the bot answered is shown. */
export async function press(page: Page, label: string | RegExp, values: Values): Promise<void> {
  let left: Values | undefined = values
  let message: string | undefined
  while (left) {
    const plan = await planOn(page, label, left, message)
    const filled = await filledIn(page, plan)
    // A message that comes draws all cards anew and empties their inputs: then it is looked at and filled in again.
    if (!filled) continue
    // An input may have got buttons of its own.
    await click(page, filled, filled.buttons[plan.card.buttons.indexOf(plan.button)] ?? plan.button)
    message = plan.card.message
    left = plan.after
  }
}

async function planOn(page: Page, label: string | RegExp, values: Values, message?: string): Promise<Plan> {
  let cards: PlaygroundCard[] = []
  const plan = await eventually(page, async () => {
    cards = (await cardsOn(page)).filter((card) => !message || card.message === message)
    return cards.map((card) => planFor(card, label, values)).find((one) => one !== undefined)
  })
  if (plan) return plan
  const seen = cards.map(({ inputs, buttons }) => [inputs.map(({ id }) => id), buttons.flatMap(({ labels }) => labels)])
  throw new Error(`no card takes ${JSON.stringify(values)} and has “${label}”, but: ${JSON.stringify(seen)}`)
}

/** The card once it holds all values; nothing when it was drawn anew meanwhile. */
async function filledIn(page: Page, { card, fills }: Plan): Promise<PlaygroundCard | undefined> {
  page.setDefaultTimeout(soon)
  try {
    for (const [input, value] of fills) if (!holds(input, value)) await fill(panelOf(page, card), input, value)
  } catch (error) {
    if (isSame(await asIsNow(page, card), card)) throw error
    return
  } finally {
    page.setDefaultTimeout(patience)
  }
  const now = await asIsNow(page, card)
  if (!now || !isSame(now, card)) return
  for (const [{ id }, value] of fills) {
    const input = now.inputs.find((one) => one.id === id)
    if (!input || !holds(input, value)) throw new Error(`“${id}” holds “${input?.value}” instead of “${value}”`)
  }
  return now
}

async function click(page: Page, card: PlaygroundCard, button: PlaygroundButton): Promise<void> {
  const target = panelOf(page, card).locator('button').nth(button.at)
  if (!['Action.Execute', 'Action.Submit'].includes(button.kind)) return await target.click()
  const answer = page.waitForResponse(/\/_conversation\/v1\/(invoke|submit)$/)
  // Nobody waits for it when the card lets nothing through.
  answer.catch(() => {})
  await target.click()
  const refused = (await asIsNow(page, card))?.inputs.filter(({ error }) => error) ?? []
  if (button.checked && refused.length > 0)
    throw new Error(`the card sends nothing: ${refused.map(({ id, error }) => `${id}: ${error}`).join('; ')}`)
  await shown(page, card, await answer)
}

/** Waits until the answer's card stands in the place of the one that was pressed, or one that was sent meanwhile. */
async function shown(page: Page, card: PlaygroundCard, response: Response): Promise<void> {
  if (!response.ok()) throw new Error(`the press was answered ${await response.text()}`)
  if (response.url().endsWith('/submit')) return
  const { type, value } = await response.json()
  if (type !== 'application/vnd.microsoft.card.adaptive') return
  const content = JSON.stringify(value)
  const isShown = await eventually(page, async () => {
    const now = await asIsNow(page, card)
    return !now || now.content === content || now.content !== card.content || undefined
  })
  if (!isShown) throw new Error(`the answer is not shown: ${content}`)
}

async function asIsNow(page: Page, { message }: PlaygroundCard): Promise<PlaygroundCard | undefined> {
  return (await cardsOn(page)).find((one) => one.message === message)
}

/** Each time a card is drawn, its inputs are new elements. */
function isSame(now: PlaygroundCard | undefined, then: PlaygroundCard): boolean {
  const elements = ({ inputs }: PlaygroundCard) => inputs.map(({ element }) => element).join()
  return now !== undefined && elements(now) === elements(then)
}

/** Not found any more once it was drawn anew. */
function panelOf(page: Page, { at, inputs }: PlaygroundCard): Locator {
  const panel = page.locator('.ac-preview-panel').nth(at)
  const field = inputs.find(({ picksPeople }) => !picksPeople)
  return field ? panel.filter({ has: page.locator(`[id="${field.element}"]`) }) : panel
}

async function eventually<T>(page: Page, look: () => Promise<T | undefined>): Promise<T | undefined> {
  const until = Date.now() + patience
  for (;;) {
    const found = await look()
    if (found !== undefined || Date.now() > until) return found
    await page.waitForTimeout(50)
  }
}
