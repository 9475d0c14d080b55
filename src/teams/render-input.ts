// Inputs: one element each, with what is wrong with it right below.
import type { Input, Values } from '../conversation/card.ts'
import type { Part } from '../conversation/fit-within.ts'
import { currentValue } from '../conversation/shown-inputs.ts'
import { said } from '../conversation/texts.ts'
import { defused, literal } from './escape.ts'
import { type Element, line, linePart, problemPart, quiet } from './render-text.ts'
import { inputId } from './values.ts'

/** As many options as stand open without pushing the rest of a card off the screen. */
const fewOptions = 3
const optionsToTick = 10

/**
 * @param required whether the client asks for what is not optional: in a form
 * @param error what is wrong with it
 */
export function inputParts(
  input: Input,
  { required, values, error }: { required: boolean; values: Values; error?: string | undefined },
): Part<Element>[] {
  const hint = input.kind === 'text' || !input.hint ? [] : [linePart(line([[input.hint, quiet]], { spacing: 'Small' }))]
  const wrong = error ? [problemPart(error, { spacing: 'Small' })] : []
  if ('options' in input && input.options.length === 0 && !isPeople(input)) {
    return [linePart(line([[`${input.label}: there is nothing to choose from.`]])), ...wrong]
  }
  return [{ block: element(input, required, currentValue(input, values)), kind: 'field', count: 1 }, ...hint, ...wrong]
}

const isPeople = (input: Input): boolean => input.kind === 'choice' && input.people === true

function element(input: Input, required: boolean, value: Values[string] | undefined): Element {
  const asked = required && !input.optional
  const mark = required && input.optional ? ' (optional)' : ''
  const base = {
    id: inputId(input),
    label: `${defused(input.label.trim() || input.name)}${mark}`,
    ...(asked ? { isRequired: true, errorMessage: said.fillIn } : {}),
  }
  switch (input.kind) {
    case 'text': {
      const text = String(value ?? '')
      return {
        type: 'Input.Text',
        ...base,
        isMultiline: input.lines === 'several' || text.includes('\n'),
        maxLength: input.limit,
        ...(text === '' ? {} : { value: text }),
        ...(input.hint ? { placeholder: literal(input.hint) } : {}),
      }
    }
    case 'date':
      return {
        type: 'Input.Date',
        ...base,
        ...(value ? { value: String(value) } : {}),
        ...(input.from ? { min: input.from } : {}),
        ...(input.to ? { max: input.to } : {}),
      }
    case 'tick':
      // A tick that must be set is asked for by the core, which says why.
      return { type: 'Input.Toggle', id: base.id, title: base.label, value: String(value === true), wrap: true }
    case 'choice':
      return { type: 'Input.ChoiceSet', ...base, ...choice(input, String(value ?? '')) }
    case 'choices': {
      const chosen = [value ?? []].flat().map(String)
      const style = input.options.length <= optionsToTick ? 'expanded' : 'compact'
      return { type: 'Input.ChoiceSet', ...base, isMultiSelect: true, style, ...options(input, chosen) }
    }
    default:
      return input satisfies never
  }
}

type Choice = Extract<Input, { kind: 'choice' }>

function choice(input: Choice, value: string): Element {
  const chosen = value === '' ? [] : [value]
  if (input.people) {
    // Everyone of the tenant: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker
    const everyone = { 'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' } }
    return { style: 'filtered', placeholder: said.pickPerson, ...options(input, chosen), ...everyone }
  }
  if (input.options.length <= fewOptions) return { style: 'expanded', ...options(input, chosen) }
  return { style: 'compact', placeholder: said.choose, ...options(input, chosen) }
}

function options(input: Extract<Input, { kind: 'choice' | 'choices' }>, chosen: string[]): Element {
  const known = chosen.filter((one) => input.options.some(({ value }) => value === one))
  const comma = input.options.find(({ value }) => value.includes(','))
  if (comma) throw new Error(`Teams joins choices by commas, so “${comma.value}” would be read as two`)
  return {
    choices: input.options.map(({ value, label }) => ({ value, title: defused(label.trim() || value) })),
    ...(known.length > 0 ? { value: known.join(',') } : {}),
    wrap: true,
  }
}
