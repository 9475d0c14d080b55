// What was filled in on a card in Teams, by the inputs' names: Teams sends only texts, so an id carries its kind.
import type { Input, Values } from '../conversation/card.ts'

const marks = { choices: '[]', tick: '?', people: '@' } as const

/** The id of an input: `name`, `name[]` for several choices, `name?` for a tick, `name@` for a person. */
export function inputId(input: Input): string {
  if (input.kind === 'choices' || input.kind === 'tick') return input.name + marks[input.kind]
  return input.kind === 'choice' && input.people ? input.name + marks.people : input.name
}

/** @returns the values, and which of them name people */
export function readValues(data: Record<string, unknown>): { values: Values; people: string[] } {
  const given = Object.entries(data).filter(([id]) => id !== 'cs')
  const values = given.map(([id, value]): [string, Values[string]] => {
    // Anything but a text did not come from an input; a number or a truth value says the same as one.
    const text = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : ''
    if (id.endsWith(marks.choices)) return [id.slice(0, -2), text === '' ? [] : text.split(',')]
    if (id.endsWith(marks.tick)) return [id.slice(0, -1), text === 'true']
    return [id.endsWith(marks.people) ? id.slice(0, -1) : id, text]
  })
  const people = given.flatMap(([id]) => (id.endsWith(marks.people) ? [id.slice(0, -1)] : []))
  // An entry by any name is an entry of its own, never a prototype.
  return { values: Object.fromEntries(values), people }
}
