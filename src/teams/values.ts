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
  const values: Values = {}
  const people: string[] = []
  for (const [id, given] of Object.entries(data)) {
    if (id === 'cs') continue
    const text = String(given ?? '')
    if (id.endsWith(marks.choices)) values[id.slice(0, -2)] = text === '' ? [] : text.split(',')
    else if (id.endsWith(marks.tick)) values[id.slice(0, -1)] = text === 'true'
    else if (id.endsWith(marks.people)) {
      values[id.slice(0, -1)] = text
      people.push(id.slice(0, -1))
    } else values[id] = text
  }
  return { values, people }
}
