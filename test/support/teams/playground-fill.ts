// Filling the inputs of a card in the playground with the mouse and the keyboard.
import type { Locator, Page } from 'playwright-core'
import type { Values } from '../../../src/conversation/card.ts'
import type { PlaygroundInput } from './playground-card.ts'

type Value = Values[string]

/** Whether the input would send the value. */
export function holds(input: PlaygroundInput, value: Value): boolean {
  if (input.kind === 'Input.Toggle') return (input.value === input.valueOn) === isTicked(input, value)
  if (!input.several) return input.value === String(value)
  return held(input).toSorted().join() === wanted(value).toSorted().join()
}

/** Puts the value in; fails when the card is drawn anew meanwhile, for its elements are others then. */
export async function fill(card: Locator, input: PlaygroundInput, value: Value): Promise<void> {
  const page = card.page()
  const field = card.locator(`[id="${input.element}"]`)
  switch (input.kind) {
    case 'Input.Text':
      return await field.fill(String(value))
    case 'Input.Number':
      await field.fill(String(value))
      return await field.press('Tab')
    case 'Input.Date':
      return await pickDate(page, field, String(value))
    case 'Input.Toggle':
      return await field.setChecked(isTicked(input, value))
    case 'Input.ChoiceSet':
      return await choose(input.picksPeople ? card.locator('.ms-PeoplePicker input') : field, input, wanted(value))
    default:
      throw new Error(`nobody has taught this harness to fill ${input.kind} “${input.id}”`)
  }
}

const wanted = (value: Value): string[] => [value].flat().map(String)
const held = ({ value }: PlaygroundInput): string[] => (value === '' ? [] : value.split(','))
const isTicked = ({ valueOn }: PlaygroundInput, value: Value): boolean => value === true || value === valueOn

async function choose(field: Locator, input: PlaygroundInput, values: string[]): Promise<void> {
  const { choices, several, expanded, picksPeople } = input
  const places = values.map((value) => choices.findIndex((choice) => choice.value === value))
  if (places.includes(-1)) {
    const offered = choices.map(({ value, title }) => `${value} (${title})`).join(', ')
    throw new Error(`“${input.id}” offers ${offered}, not all of ${values.join(', ')}`)
  }
  const [place = 0] = places
  if (picksPeople) return await pickPerson(field, choices[place]?.title ?? '')
  if (expanded && !several) return await field.locator('input').nth(place).check()
  if (expanded) {
    for (const at of choices.keys()) await field.locator('input').nth(at).setChecked(places.includes(at))
    return
  }
  await field.click()
  const list = field.page().locator(`[id="${await field.getAttribute('aria-controls')}"]`)
  if (!several) return await list.getByRole('option').nth(place).click()
  for (const [at, { value }] of choices.entries())
    if (held(input).includes(value) !== places.includes(at)) await list.getByRole('menuitemcheckbox').nth(at).click()
  await field.press('Escape')
}

/** One word of a name finds people. It is for cards with one such field. */
async function pickPerson(field: Locator, name: string): Promise<void> {
  await field.click()
  await field.pressSequentially(name.split(' ')[0] ?? '')
  await field.page().locator('.ms-Suggestions-item').getByText(name, { exact: true }).click()
}

/** The field takes no typing: its calendar is turned to the month and the day is clicked. */
async function pickDate(page: Page, field: Locator, date: string): Promise<void> {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  await field.click()
  const calendar = page.getByRole('dialog', { name: 'Calendar' })
  const grid = calendar.getByRole('grid')
  const shown = new Date(`1 ${(await grid.getAttribute('aria-label'))?.replace(/,.*/, '')}`)
  const months = (year - shown.getFullYear()) * 12 + (month - 1 - shown.getMonth())
  const turn = calendar.locator(`button[title^="${months < 0 ? 'Previous' : 'Next'} month"]`)
  for (let turned = 1; turned <= Math.abs(months); turned++) {
    await turn.click()
    const next = new Date(shown.getFullYear(), shown.getMonth() + turned * Math.sign(months))
    await calendar.getByRole('button', { name: `${nameOf(next)} ${next.getFullYear()}`, exact: true }).waitFor()
  }
  const name = `${day}, ${nameOf(new Date(year, month - 1))}, ${year}`
  await calendar.getByRole('button', { name, exact: true }).click()
}

function nameOf(date: Date): string {
  return date.toLocaleString('en-US', { month: 'long' })
}
