// The inputs of a card: what they hold at first, what a person fills in, and what the client lets through.
import { isShown, type Piece, piecesOf } from './card-pieces.ts'
import type { Card, Json, Values } from './wire.ts'

/** The inputs of a card by their bare names: ids without the mark of several choices (`name[]`), a tick (`name?`) or a person (`name@`). */
export function inputsOf(card: Card): Map<string, Json> {
  const inputs = piecesOf(card).filter((one: Piece) => one.type.startsWith('Input.') && isShown(one))
  return new Map(inputs.map(({ node }) => [bareName(String(node.id)), node]))
}

const bareName = (id: string): string => id.replace(/(\[\]|\?|@)$/, '')

export interface FilledIn {
  /** By input id, as the client sends them; what holds nothing is left out. */
  inputs: Record<string, string>
  /** Ids of the inputs that keep the client from sending. */
  blocked: string[]
}

/** What a card holds once a person has filled in these values; fails where they could not. */
export function fillIn(card: Card, values: Values): FilledIn {
  const inputs = inputsOf(card)
  const lost = Object.keys(values).filter((name) => !inputs.has(name))
  if (lost.length > 0)
    throw new Error(`nobody sees a field ${lost.join(', ')}; there are: ${[...inputs.keys()].join(', ') || 'none'}`)
  const held = [...inputs].map(([name, input]) => {
    const value = values[name]
    return { input, value: value === undefined ? initially(input) : typed(name, input, value) }
  })
  return {
    inputs: Object.fromEntries(held.filter(({ value }) => value !== '').map(({ input, value }) => [input.id, value])),
    blocked: held.filter(({ input, value }) => !passes(input, value)).map(({ input }) => String(input.id)),
  }
}

const onOf = ({ valueOn = 'true' }: Json): string => String(valueOn)
const offOf = ({ valueOff = 'false' }: Json): string => String(valueOff)

function initially(input: Json): string {
  return String(input.value ?? (input.type === 'Input.Toggle' ? offOf(input) : ''))
}

function typed(name: string, input: Json, value: Values[string]): string {
  switch (input.type) {
    case 'Input.Toggle':
      if (typeof value !== 'boolean') throw new Error(`“${name}” is ticked or not, not ${JSON.stringify(value)}`)
      return value ? onOf(input) : offOf(input)
    case 'Input.ChoiceSet':
      return chosen(name, input, value)
    case 'Input.Date':
      if (!/^(\d{4}-\d\d-\d\d)?$/.test(String(value))) throw new Error(`“${name}” takes a date, not ${value}`)
  }
  if (typeof value !== 'string') throw new Error(`“${name}” takes text, not ${JSON.stringify(value)}`)
  return value
}

function chosen(name: string, input: Json, value: Values[string]): string {
  const wanted = [value].flat().filter((one) => one !== '')
  const known = (input.choices as Card[]).map((choice) => choice.value)
  const strange = wanted.find((one) => !known.includes(one) && !(input['choices.data'] && isGuid(one)))
  if (strange !== undefined) throw new Error(`“${name}” has no option ${strange}; it has: ${known.join(', ')}`)
  if (wanted.length > 1 && !input.isMultiSelect) throw new Error(`“${name}” takes one option`)
  return wanted.join(',')
}

/** As the people picker gives people of the directory. */
const isGuid = (value: unknown): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value))

/** The client's own checks: https://learn.microsoft.com/adaptive-cards/authoring-cards/input-validation */
function passes(input: Json, value: string): boolean {
  const { type, isRequired, regex, maxLength, min, max } = input
  if (type === 'Input.Toggle') return !isRequired || value === onOf(input)
  // An empty number field compares as NaN: with a bound it never passes, required or not.
  if (type === 'Input.Number' && value === '') return !isRequired && min === undefined && max === undefined
  if (value === '') return !isRequired
  if (type === 'Input.Number') return within(Number(value), min as number, max as number)
  if (type === 'Input.Date') return within(value, min as string, max as string)
  const short = maxLength === undefined || value.length <= (maxLength as number)
  return short && (!regex || new RegExp(regex as string).test(value))
}

function within<T extends string | number>(value: T, min: T | undefined, max: T | undefined): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max)
}
