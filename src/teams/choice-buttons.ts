// A choice on which other fields depend, as buttons.
import type { Action, Input } from '../conversation/card.ts'
import type { Part } from '../conversation/fit-within.ts'
import { said } from '../conversation/texts.ts'
import { type Button, beside, buttonParts } from './render-button.ts'
import type { Ground } from './render-card.ts'
import { bold, type Element, line, linePart, problemPart, quiet, textParts } from './render-text.ts'

export type Choice = Extract<Input, { kind: 'choice' }>

/** The choices of a form that have to be made and that other fields follow. */
export function choicesOf(inputs: Input[]): Choice[] {
  return inputs.filter(
    (one): one is Choice =>
      one.kind === 'choice' &&
      !one.optional &&
      one.options.length > 0 &&
      inputs.some(({ when }) => when?.input === one.name),
  )
}

/** A choice still to be made as its options; one that was made, with a way to make it anew. */
export function choiceParts(
  choice: Choice,
  inputs: Input[],
  on: { ground: Ground; set: Record<string, string>; submit: Action; errors: Record<string, string> },
): Part<Element>[] {
  const { ground, set, errors } = on
  const made = choice.options.find(({ value }) => value === set[choice.name])
  const wrong = errors[choice.name]
  const remark = wrong ? [problemPart(wrong)] : []
  if (!made) {
    const followed = (value: string) =>
      inputs.some(({ when }) => when?.input === choice.name && when.is.includes(value))
    const buttons = choice.options.map((option) => optionButton(choice.name, option, followed(option.value), on))
    const hint = choice.hint ? textParts(choice.hint, quiet) : []
    return [linePart(line([[choice.label]])), ...hint, ...remark, ...buttonParts(buttons)]
  }
  const { [choice.name]: _, ...others } = set
  const again: Button = {
    label: said.chooseAnother,
    accessibleLabel: `${said.chooseAnother}: ${choice.label}`,
    verb: 'choose',
    inputs: false,
    carried: { do: 'choose', ...ground, set: others },
  }
  const label = line([[`${choice.label}: `, bold], [made.label]])
  return [beside([label], again), ...remark]
}

/** An option that asks for nothing more is sent at once. */
function optionButton(
  name: string,
  { value, label }: { value: string; label: string },
  followed: boolean,
  { ground, set: before, submit }: { ground: Ground; set: Record<string, string>; submit: Action },
): Button {
  const set = { ...before, [name]: value }
  if (followed) return { label, verb: 'choose', inputs: true, carried: { do: 'choose', ...ground, set } }
  const { press } = submit
  return { label, style: 'primary', verb: press.verb, inputs: true, carried: { do: 'press', press, ...ground, set } }
}
