// What was filled in on a Slack message or modal, and which inputs apply to it.
import type { ViewStateValue } from '@slack/bolt'
import type { Values } from '../conversation/card.ts'

export type State = Record<string, Record<string, ViewStateValue>> | undefined

/** The action an input reports under: Slack sends a choice that shows or hides other inputs at once. */
export const actionIds = { value: 'value', choose: 'choose', tick: 'tick' }

/** The kind of an action: its id may carry the form it stands in. */
export function actionOf(id: string): string {
  return id.split(':')[0] ?? id
}

/** The block of one part of a text too long for one field; the first part goes by the input's name. */
export function partName(name: string, part: number): string {
  return part === 1 ? name : `${name}~${part}`
}

/** Values by the inputs' names: an input's block carries its name. */
export function readState(state: State): Values {
  const found = Object.entries(state ?? {}).flatMap(([block, elements]) =>
    Object.entries(elements).flatMap(([action, element]) => {
      const value = filledIn(actionOf(action), element)
      const [, name = block, part = '1'] = /^(.+)~(\d+)$/s.exec(block) ?? []
      return value === undefined ? [] : [{ name, part: Number(part), value }]
    }),
  )
  const values = new Map<string, Values[string]>()
  for (const { name, value } of found.sort((a, b) => a.part - b.part)) {
    const before = values.get(name)
    values.set(name, typeof before === 'string' && typeof value === 'string' ? before + value : value)
  }
  return Object.fromEntries(values)
}

/** The Slack users chosen in people pickers, by the inputs' names; who they are is for others to find out. */
export function usersIn(state: State): [name: string, user: string][] {
  return Object.entries(state ?? {}).flatMap(([name, elements]) =>
    Object.values(elements).flatMap(({ type, selected_user }): [string, string][] =>
      type === 'users_select' && selected_user ? [[name, selected_user]] : [],
    ),
  )
}

function filledIn(action: string, element: ViewStateValue): Values[string] | undefined {
  const chosen = element.selected_options?.map(({ value }) => value ?? '')
  // Several choices stand under `value`, a tick under another id: empty, the two would look the same.
  if (element.type === 'checkboxes' && action !== actionIds.value) return (chosen?.length ?? 0) > 0
  return chosen ?? element.selected_option?.value ?? element.selected_date ?? element.value ?? undefined
}
