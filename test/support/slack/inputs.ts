// The inputs of a message or view: what they hold at first, and what a person can fill in.
import type { Filled, SlackBlock, SlackElement, SlackOption, State, StateValue } from './wire.ts'

/** Where an element keeps its value, and where its first value comes from. */
const kinds: Record<string, { field: string; initial: string; many?: true; options?: true }> = {
  plain_text_input: { field: 'value', initial: 'initial_value' },
  number_input: { field: 'value', initial: 'initial_value' },
  email_text_input: { field: 'value', initial: 'initial_value' },
  url_text_input: { field: 'value', initial: 'initial_value' },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
  static_select: { field: 'selected_option', initial: 'initial_option', options: true },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', options: true },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', many: true, options: true },
  checkboxes: { field: 'selected_options', initial: 'initial_options', many: true, options: true },
  users_select: { field: 'selected_user', initial: 'initial_user' },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', many: true },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: { field: 'selected_conversations', initial: 'initial_conversations', many: true },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
}

export interface Placed {
  block: SlackBlock & { block_id: string }
  element: SlackElement & { action_id: string }
}

/** Every element of these blocks, however deep, with the block it stands in. */
export function elementsOf(blocks: SlackBlock[]): Placed[] {
  const found: Placed[] = []
  const look = (given: unknown, within: SlackBlock): void => {
    if (Array.isArray(given)) for (const one of given) look(one, within)
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return
    const one = given as SlackBlock & SlackElement
    const block = one.block_id ? one : within
    if (one.action_id) found.push({ block, element: one } as Placed)
    for (const [key, inner] of Object.entries(one)) if (key !== 'state') look(inner, block)
  }
  for (const block of blocks) look(block, block)
  return found
}

export const inputsOf = (blocks: SlackBlock[]): Placed[] =>
  elementsOf(blocks).filter(({ element }) => element.type in kinds)

/** The blocks as Slack keeps them: what has no id gets one. */
export function withIds(blocks: SlackBlock[], id: () => string): SlackBlock[] {
  const copy = structuredClone(blocks)
  const interactive = new Set([...Object.keys(kinds), 'button', 'overflow'])
  const give = (given: unknown): void => {
    if (Array.isArray(given)) for (const one of given) give(one)
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return
    const one = given as SlackElement
    if (interactive.has(one.type)) one.action_id ??= id()
    for (const inner of Object.values(one)) give(inner)
  }
  for (const block of copy) block.block_id ??= id()
  give(copy)
  return copy
}

/** What the inputs hold; what a person left in an input with the same ids stays, whatever its new initial value. */
export function stateOf(blocks: SlackBlock[], before: State = {}): State {
  const state: State = {}
  for (const { block, element } of inputsOf(blocks)) {
    const kept = before[block.block_id]?.[element.action_id]
    state[block.block_id] = { ...state[block.block_id], [element.action_id]: keep(kept, element) ?? first(element) }
  }
  return state
}

function keep(kept: StateValue | undefined, element: SlackElement): StateValue | undefined {
  if (kept?.type !== element.type) return undefined
  const { field, options } = kindOf(element)
  if (!options) return kept
  const still = [kept[field] ?? []].flat() as SlackOption[]
  const known = optionsOf(element).map(({ value }) => value)
  return still.every(({ value }) => known.includes(value)) ? kept : undefined
}

function first(element: SlackElement): StateValue {
  const { field, initial, many } = kindOf(element)
  const given = (element as unknown as Record<string, unknown>)[initial]
  return { type: element.type, [field]: given ?? (many ? [] : null) }
}

/** The state with what a person filled in; fails where Slack would not let them. */
export function fillIn(blocks: SlackBlock[], state: State, values: Filled): State {
  const next = structuredClone(state)
  for (const [name, value] of Object.entries(values)) {
    const { block, element } = findInput(blocks, name)
    next[block.block_id] = { ...next[block.block_id], [element.action_id]: filled(name, element, value) }
  }
  return next
}

/** An input by its block's id, its action's id, or the start of its block's id before a separator. */
export function findInput(blocks: SlackBlock[], name: string): Placed {
  const found = seekInput(blocks, name)
  if (found) return found
  const there = inputsOf(blocks).map(({ block }) => block.block_id)
  throw new Error(`nobody sees a field “${name}”; there are: ${there.join(', ') || 'none'}`)
}

export function seekInput(blocks: SlackBlock[], name: string): Placed | undefined {
  const inputs = inputsOf(blocks)
  return (
    inputs.find(({ block }) => block.block_id === name) ??
    inputs.find(({ element }) => element.action_id === name) ??
    inputs.find(
      ({ block: { block_id } }) => block_id.startsWith(name) && /^[:.#/|~@]/.test(block_id.slice(name.length)),
    )
  )
}

export function filled(name: string, element: SlackElement, value: Filled[string]): StateValue {
  const { type, max_length = 3000, min_length = 0 } = element
  const { field, many, options } = kindOf(element)
  if (options) {
    const known = optionsOf(element)
    const wanted = value === true ? [known[0]?.value] : value === false || value === '' ? [] : [value].flat()
    const chosen = wanted.map((one) => {
      const option = known.find((other) => other.value === one)
      if (!option) throw new Error(`“${name}” has no option ${one}; it has: ${known.map((o) => o.value).join(', ')}`)
      return option
    })
    return { type, [field]: many ? chosen : (chosen[0] ?? null) }
  }
  if (many) return { type, [field]: [value].flat() }
  if (typeof value !== 'string') throw new Error(`“${name}” takes text, not ${JSON.stringify(value)}`)
  if (type === 'datepicker' && value !== '' && !/^\d{4}-\d\d-\d\d$/.test(value))
    throw new Error(`“${name}” takes a date, not ${value}`)
  if (type === 'plain_text_input' && value !== '' && (value.length > max_length || value.length < min_length))
    throw new Error(`“${name}” takes ${min_length} to ${max_length} characters, not ${value.length}`)
  return { type, [field]: value === '' ? null : value }
}

/** Required inputs that hold nothing: Slack does not send such a modal. */
export function emptyRequired(blocks: SlackBlock[], state: State): string[] {
  return inputsOf(blocks)
    .filter(({ block, element }) => {
      const held = state[block.block_id]?.[element.action_id]?.[kindOf(element).field]
      return block.type === 'input' && !block.optional && [held ?? []].flat().length === 0
    })
    .map(({ block }) => block.label?.text ?? block.block_id)
}

const optionsOf = ({ options, option_groups }: SlackElement): SlackOption[] =>
  options ?? option_groups?.flatMap((group) => group.options) ?? []

function kindOf({ type }: SlackElement): (typeof kinds)[string] {
  return kinds[type] as (typeof kinds)[string]
}
