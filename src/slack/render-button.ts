// Buttons, each with the press it sends.

import type { types } from '@slack/bolt'
import type { Action } from '../conversation/card.ts'
import { printable, shorten } from '../conversation/printable.ts'
import { limits } from './limits.ts'
import { labelled } from './render-text.ts'
import type { Part } from './render-within.ts'

/** @param number tells the button apart from the others of its message */
export function renderButton(action: Action, number: number): { button: types.Button; inFull: Part[] } {
  const { label, inFull } = labelled(action.label.trim() === '' ? '…' : action.label, limits.button)
  const value = JSON.stringify(action.press)
  if (value.length > limits.buttonValue) throw new Error(`the press of “${action.label}” is too long for a button`)
  const accessible = printable(action.accessibleLabel ?? '').trim()
  return {
    button: {
      type: 'button',
      action_id: `press:${number}`,
      text: label,
      value,
      ...(action.style ? { style: action.style } : {}),
      ...(accessible ? { accessibility_label: shorten(accessible, limits.accessibilityLabel) } : {}),
    },
    inFull,
  }
}

/** Buttons in rows. */
export function renderActions(actions: Action[], number: () => number): Part[] {
  const all = actions.map((action) => renderButton(action, number()))
  const rows = Array.from({ length: Math.ceil(all.length / limits.buttonsInRow) }, (_, row) =>
    all.slice(row * limits.buttonsInRow, (row + 1) * limits.buttonsInRow),
  )
  return rows.flatMap((row): Part[] => [
    ...row.flatMap(({ inFull }) => inFull),
    { block: { type: 'actions', elements: row.map(({ button }) => button) }, kind: 'button', count: row.length },
  ])
}
