// Buttons, each with what it sends.
import type { Action } from '../conversation/card.ts'
import type { Part } from '../conversation/fit-within.ts'
import { shorten } from '../conversation/printable.ts'
import { literal } from './escape.ts'
import { limits } from './limits.ts'
import type { Carried } from './payload.ts'
import { type Element, linePart, lines } from './render-text.ts'

export interface Button {
  label: string
  accessibleLabel?: string | undefined
  style?: Action['style'] | undefined
  verb: string
  carried: Carried
  /** Whether what is filled in goes along, and is checked by the client first. */
  inputs: boolean
}

const tones = { primary: 'positive', danger: 'destructive' } as const

/**
 * Without a verb a click is not routed, and a client that does not know Action.Execute sends the same data as a message.
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
 */
function renderButton({ label, accessibleLabel, style, verb, carried, inputs }: Button): Element {
  const common = {
    title: shorten(literal(label.trim() || '…'), limits.button),
    ...(accessibleLabel ? { tooltip: literal(accessibleLabel) } : {}),
    ...(style ? { style: tones[style] } : {}),
    data: { cs: carried },
    associatedInputs: inputs ? 'auto' : 'none',
  }
  return { type: 'Action.Execute', verb, ...common, fallback: { type: 'Action.Submit', ...common } }
}

/** For buttons that have nothing to do with what stands above them. */
export const apart = { separator: true, spacing: 'Medium' }

/** Buttons in rows of about the same length. */
export function buttonParts(buttons: Button[], more: Element = {}): Part<Element>[] {
  const rows = Math.ceil(buttons.length / limits.buttonsInRow)
  const inRow = Math.ceil(buttons.length / rows)
  return Array.from({ length: rows }, (_, row): Part<Element>[] => {
    const some = buttons.slice(row * inRow, (row + 1) * inRow)
    const around = row === 0 ? more : { spacing: 'Small' }
    const block = { type: 'ActionSet', actions: some.map(renderButton), ...around }
    return [...some.flatMap(inFull).map((one) => linePart(one)), { block, kind: 'button', count: some.length }]
  }).flat()
}

/** A label that is cut off on its button stands above it. */
const inFull = ({ label }: Button): Element[] => (label.length > limits.button ? lines(label) : [])

/** Lines with a button at their right. */
export function beside(items: Element[], button: Button): Part<Element> {
  const action = { type: 'ActionSet', actions: [renderButton(button)] }
  const columns = [
    { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [...items, ...inFull(button)] },
    { type: 'Column', width: 'auto', verticalContentAlignment: 'Center', items: [action] },
  ]
  return { block: { type: 'ColumnSet', spacing: 'Small', columns }, kind: 'button', count: 1 }
}
