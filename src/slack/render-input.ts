// Inputs: one input block each, in the shape that takes the fewest taps.

import type { types } from '@slack/bolt'
import type { Input, Option, Values } from '../conversation/card.ts'
import { cut, pieces, printable, shorten } from '../conversation/printable.ts'
import { currentValue } from '../conversation/shown-inputs.ts'
import { limits } from './limits.ts'
import { bullets, labelled, plain, richLines, sectionParts } from './render-text.ts'
import type { Part } from './render-within.ts'
import { actionIds, partName } from './values.ts'

/** How an input is drawn. */
export interface Drawn {
  /** Whether Slack itself asks for it: in a modal, where only inputs that apply are shown. */
  required: boolean
  /** Whether other inputs follow it, so that its choice is sent at once. */
  controls: boolean
  values: Values
}

/** As many options as stand open without pushing the rest of a card off the screen. */
const fewOptions = 3

const tickOption = { value: 'yes', text: plain('Yes') }

/** An input, with what of it is too long for its field before it. */
export function renderInput(input: Input, { required, controls, values }: Drawn): Part[] {
  const { label, inFull } = labelled(input.label.trim() === '' ? input.name : input.label, limits.label)
  const value = currentValue(input, values)
  if (input.kind === 'text') return [...inFull, ...textParts(input, label, String(value ?? ''), required, controls)]
  const action_id = controls ? actionIds.choose : input.kind === 'tick' ? actionIds.tick : actionIds.value
  const drawn = element(input, action_id, value, { controls, roomy: required })
  if (!drawn) return sectionParts(`${input.label}: there is nothing to choose from.`)
  return [...inFull, ...drawn.inFull, ...block(input, input.name, label, drawn.element, required, controls)]
}

function block(
  { hint, optional, kind }: Pick<Input, 'hint' | 'optional' | 'kind'>,
  block_id: string,
  label: types.PlainTextElement,
  element: types.InputBlockElement,
  required: boolean,
  dispatch_action: boolean,
): Part[] {
  const help = hint?.trim() ? labelled(hint, limits.label) : undefined
  const input: types.InputBlock = {
    type: 'input',
    block_id,
    label,
    element,
    // Slack asks for what is required only where a modal is sent; on a message “(optional)” would stand at every field.
    optional: required && (optional === true || kind === 'tick'),
    ...(help ? { hint: help.label } : {}),
    ...(dispatch_action ? { dispatch_action } : {}),
  }
  return [...(help?.inFull ?? []), { block: input, kind: 'field', count: 1 }]
}

/** A text field; a text longer than Slack lets anyone edit in one stands in several, and is read as one again. */
function textParts(
  input: Extract<Input, { kind: 'text' }>,
  label: types.PlainTextElement,
  value: string,
  required: boolean,
  controls: boolean,
): Part[] {
  const most = Math.min(input.limit, limits.typedText)
  const held = pieces(value, most)
  // As many fields as at first, however much was deleted since: a field that goes takes its text along.
  const count = Math.max(held.length, pieces(input.value ?? '', most).length)
  const hint =
    count === 1
      ? input.hint
      : `${input.hint ? `${input.hint} · ` : ''}In ${count} fields, as Slack takes ${most} characters in one. They are kept as one text.`
  return Array.from({ length: count }, (_, at): Part[] => {
    const initial_value = held[at] ?? ''
    const more = at > 0
    const name = more ? plain(shorten(`${label.text} (part ${at + 1})`, limits.label)) : label
    const field: types.PlainTextInput = {
      type: 'plain_text_input',
      action_id: controls ? actionIds.choose : actionIds.value,
      multiline: input.lines === 'several' || value.includes('\n'),
      max_length: most,
      ...(initial_value === '' ? {} : { initial_value }),
    }
    const shown = { ...input, hint: more ? undefined : hint, optional: more || input.optional }
    return block(shown, partName(input.name, at + 1), name, field, required, controls)
  }).flat()
}

/** The element of an input that is not text; undefined for a choice of nothing. */
function element(
  input: Exclude<Input, { kind: 'text' }>,
  action_id: string,
  value: Values[string] | undefined,
  { controls, roomy }: { controls: boolean; roomy: boolean },
): { element: types.InputBlockElement; inFull: Part[] } | undefined {
  switch (input.kind) {
    case 'date':
      return {
        element: { type: 'datepicker', action_id, ...(value ? { initial_date: String(value) } : {}) },
        inFull: [],
      }
    case 'tick': {
      const initial = value === true ? { initial_options: [tickOption] } : {}
      return { element: { type: 'checkboxes', action_id, options: [tickOption], ...initial }, inFull: [] }
    }
    case 'choice': {
      if (input.people) return { element: peoplePicker(input.options, action_id, value), inFull: [] }
      const { options, inFull } = optionsOf(input.options)
      if (options.length === 0) return undefined
      const initial_option = options.find((option) => option.value === value)
      const initial = initial_option ? { initial_option } : {}
      // Slack stands each option on a line of its own: only a few, or the choice a form turns on, are worth the height.
      if (options.length <= (controls ? limits.optionsToTap : fewOptions))
        return { element: { type: 'radio_buttons', action_id, options, ...initial }, inFull }
      return { element: { type: 'static_select', action_id, ...listed(options), ...initial }, inFull }
    }
    case 'choices': {
      const { options, inFull } = optionsOf(input.options)
      if (options.length === 0) return undefined
      const chosen = options.filter((option) => [value].flat().includes(option.value))
      const initial = chosen.length > 0 ? { initial_options: chosen } : {}
      // Boxes that report as a choice are read as a tick.
      if (options.length <= (roomy ? limits.optionsToTap : fewOptions) && !controls)
        return { element: { type: 'checkboxes', action_id, options, ...initial }, inFull }
      return { element: { type: 'multi_static_select', action_id, ...listed(options), ...initial }, inFull }
    }
    default:
      return input satisfies never
  }
}

/** Everyone on this Slack, also those the bot has not met. */
function peoplePicker(known: Option[], action_id: string, value: Values[string] | undefined): types.UsersSelect {
  const accounts = known.find((one) => one.value === value)?.accounts ?? []
  const [initial_user] = accounts.flatMap((account) => /^slack:[^/]+\/(.+)$/.exec(account)?.[1] ?? [])
  return { type: 'users_select', action_id, ...(initial_user ? { initial_user } : {}) }
}

type SlackOption = types.PlainTextOption & { value: string }

/** Options with labels of two lines; longer ones are said in full before the field. */
function optionsOf(all: Option[]): { options: SlackOption[]; inFull: Part[] } {
  const options = all.map(({ value, label }): SlackOption => {
    if (value.length > limits.optionValue)
      throw new Error(`the value of “${label}” is too long for an option: ${value}`)
    const [text, rest] = cut(printable(label).trim() || value, limits.option)
    return { value, text: plain(text), ...(rest ? { description: plain(shorten(rest, limits.option)) } : {}) }
  })
  const long = all.filter((_, at) => options[at]?.description?.text.endsWith('…'))
  return {
    options,
    inFull: richLines(
      long.map(({ label }) => [{ text: label }]),
      bullets,
    ),
  }
}

/** The options of a list, beyond a hundred in groups named by their range. */
function listed(options: SlackOption[]) {
  const most = limits.optionsInList
  if (options.length <= most) return { options }
  const groups = Math.ceil(options.length / most)
  if (groups > limits.optionGroups) throw new Error(`${options.length} options are too many for a list`)
  const option_groups = Array.from({ length: groups }, (_, group) => {
    const some = options.slice(group * most, (group + 1) * most)
    return { label: plain(`${group * most + 1}–${group * most + some.length}`), options: some }
  })
  return { option_groups }
}
