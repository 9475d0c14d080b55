// What was filled in on a view or message, as Slack reports it.
import type { ViewStateValue } from '@slack/bolt'
import { elementsOf, type Payload } from './block-kit-limits.ts'

/** What Slack sends of a view nobody touched: what each field starts with. */
export function stateOf(view: Payload): Record<string, Record<string, ViewStateValue>> {
  const inputs = elementsOf(view).filter(({ block }) => block.type === 'input')
  return Object.fromEntries(
    inputs.map(({ block, element }) => [block.block_id, { [String(element.action_id)]: initialOf(element) }]),
  )
}

function initialOf(element: Record<string, unknown>): ViewStateValue {
  const type = String(element.type)
  switch (type) {
    case 'plain_text_input':
      return { type, value: (element.initial_value as string | undefined) ?? null }
    case 'datepicker':
      return { type, selected_date: (element.initial_date as string | undefined) ?? null }
    case 'users_select':
      return { type, selected_user: (element.initial_user as string | undefined) ?? null }
    case 'radio_buttons':
    case 'static_select':
      return { type, selected_option: (element.initial_option as ViewStateValue['selected_option']) ?? null }
    default:
      return { type, selected_options: (element.initial_options as ViewStateValue['selected_options']) ?? [] }
  }
}
