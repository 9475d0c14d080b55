// The blocks of a card, one kind after the other, as parts to be fitted into a message.
import {
  type Action,
  type Block,
  type Input,
  type Item,
  inputsOf,
  type Picture,
  type Values,
} from '../conversation/card.ts'
import type { Part } from '../conversation/fit-within.ts'
import type { Press } from '../conversation/press.ts'
import { buttonParts, renderButton } from './render-button.ts'
import { inputParts } from './render-input.ts'
import { type Element, line, linePart, lines, type Style, textParts } from './render-text.ts'

type Parts = Part<Element>[]

/** What a card stands on, so that its buttons find the way back. */
export interface Ground {
  /** The message that is kept up to date: `stream/key`. */
  key?: string | undefined
  /** The press that draws the message's own card, where it is no such message. */
  base?: Press | undefined
  /** The press that drew what stands there now, where that is not the message's own card. */
  by?: Press | undefined
}

export interface Drawing {
  ground: Ground
  values: Values
  /** By the inputs' names. */
  errors: Record<string, string>
  /** A picture as a `data:` address; undefined where it may not or cannot be shown: then its alt text stands instead. */
  pictures: (picture: Picture) => string | undefined
  /** Without inputs and buttons: for where everyone looks on. */
  readOnly?: boolean
  /** In a form the client asks for what is not optional. */
  form?: boolean
}

export const bold = { weight: 'Bolder' } as const
const quiet = { isSubtle: true, size: 'Small' } as const

export function titleParts(title: string): Parts {
  if (title.trim() === '') return []
  return [{ block: line([[title, { weight: 'Bolder', size: 'Medium' }]]), kind: 'title', count: 1 }]
}

export function blockParts(blocks: Block[], drawing: Drawing, shown = inputsOf(blocks)): Parts {
  return blocks.flatMap((block) => {
    if (block.kind !== 'input') return oneBlock(block, drawing)
    return shown.includes(block.input) ? drawnInput(block.input, drawing) : []
  })
}

export function drawnInput(input: Input, { readOnly, form = false, values, errors }: Drawing): Parts {
  return readOnly ? [] : inputParts(input, { required: form, values, error: errors[input.name] })
}

function oneBlock(block: Exclude<Block, { kind: 'input' }>, drawing: Drawing): Parts {
  switch (block.kind) {
    case 'text':
      return styledText(block)
    case 'facts':
      return block.facts.flatMap(({ label, value }) => {
        const [first = '', ...rest] = value.split('\n')
        const runs: [string, Style?][] = label === '' ? [[first]] : [[`${label}: `, bold], [first]]
        return [line(runs, { spacing: 'Small' }), ...lines(rest.join('\n'))].map((one) => linePart(one))
      })
    case 'table':
      return [linePart(line([[block.caption, bold]])), { block: table(block), kind: 'table', count: 1 }]
    case 'items':
      return [
        linePart(line([[block.label, bold]], { spacing: 'Medium' })),
        ...block.items.map((one) => itemPart(one, drawing)),
      ]
    case 'picture':
      return picture(block, drawing)
    case 'actions':
      return drawing.readOnly ? [] : buttonParts(block.actions.map((action) => pressing(action, drawing.ground)))
    default:
      return block satisfies never
  }
}

/** A button that sends a press, with what is filled in where the card is no form: a form has one button that sends it. */
export function pressing(
  { label, accessibleLabel, style, press }: Action,
  ground: Ground,
  inputs = ground.by === undefined,
) {
  return {
    label,
    accessibleLabel,
    style,
    verb: press.verb,
    inputs,
    carried: { do: 'press' as const, press, ...ground },
  }
}

function styledText({ text, style }: Extract<Block, { kind: 'text' }>): Parts {
  switch (style) {
    case 'quiet':
      return textParts(text, quiet)
    case 'quote':
      return [linePart({ type: 'Container', style: 'emphasis', items: lines(text, { italic: true }) })]
    case 'strong':
      return textParts(text, bold)
    case 'warning':
      return text.trim() === '' ? [] : textParts(`⚠ ${text}`, { weight: 'Bolder', color: 'Warning' })
    case undefined:
      return textParts(text)
    default:
      return style satisfies never
  }
}

function table({ columns, rows }: Extract<Block, { kind: 'table' }>): Element {
  const cells = (all: string[], style: Style) =>
    columns.map((_, at) => ({ type: 'TableCell', items: [line([[all[at] || '–', style]])] }))
  return {
    type: 'Table',
    firstRowAsHeader: true,
    columns: columns.map(() => ({ width: 1 })),
    rows: [
      { type: 'TableRow', cells: cells(columns, bold) },
      ...rows.map((row) => ({ type: 'TableRow', cells: cells(row, {}) })),
    ],
  }
}

/** What can be done about a line stands beside it. */
function itemPart({ title, detail, action }: Item, { ground, readOnly }: Drawing): Part<Element> {
  const said = [
    ...(title.trim() === '' ? [] : [line([[title, bold]])]),
    ...lines(detail, quiet).map((one) => ({ ...one, spacing: 'None' })),
  ]
  if (!action || readOnly) return linePart({ type: 'Container', spacing: 'Small', items: said })
  const button = { type: 'ActionSet', actions: [renderButton(pressing(action, ground, false))] }
  const columns = [
    { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: said },
    { type: 'Column', width: 'auto', verticalContentAlignment: 'Center', items: [button] },
  ]
  return { block: { type: 'ColumnSet', spacing: 'Small', columns }, kind: 'button', count: 1 }
}

function picture(block: Extract<Block, { kind: 'picture' }>, { pictures }: Drawing): Parts {
  const url = pictures(block)
  if (!url) return textParts(block.alt, quiet)
  const image = { type: 'Image', url, altText: block.alt, size: 'Stretch', msteams: { allowExpand: true } }
  return [{ block: image, kind: 'picture', count: 1 }]
}
