// What was filled in on a Slack message or modal.
import type { ViewStateValue } from '@slack/bolt'
import type { Values } from '../conversation/card.ts'

type State = Record<string, Record<string, ViewStateValue>>

/** Values by the inputs' names: an input's block carries its name. */
export function readState(state: State | undefined): Values {
  const values: Values = {}
  for (const [name, elements] of Object.entries(state ?? {})) {
    for (const element of Object.values(elements)) {
      const value = filledIn(element)
      if (value !== undefined) values[name] = value
    }
  }
  return values
}

function filledIn(element: ViewStateValue): Values[string] | undefined {
  if (element.type === 'checkboxes') return (element.selected_options?.length ?? 0) > 0
  if (element.selected_options) return element.selected_options.map(({ value }) => value ?? '')
  if (element.selected_option) return element.selected_option.value
  return element.selected_date ?? element.value ?? undefined
}
