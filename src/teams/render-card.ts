// The blocks of a card, one kind after the other, as parts to be fitted into a message.
import type { Action, Block, Input, Item, Picture, Values } from '../conversation/card.ts'
import type { Part } from '../conversation/fit-within.ts'
import type { Press } from '../conversation/press.ts'
import { apart, beside, buttonParts } from './render-button.ts'
import { inputParts } from './render-input.ts'
import { bold, type Element, line, linePart, lines, quiet, type Style, textParts } from './render-text.ts'

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

/** What stands above a list or table. */
const heading = (words: string): Element => line([[words, bold]], { spacing: 'Medium' })

export function titleParts(title: string): Parts {
  if (title.trim() === '') return []
  return [{ block: line([[title, { weight: 'Bolder', size: 'Large' }]]), kind: 'title', count: 1 }]
}

export function blockParts(blocks: Block[], drawing: Drawing): Parts {
  return blocks.flatMap((block) => oneBlock(block, drawing))
}

function oneBlock(block: Block, drawing: Drawing): Parts {
  switch (block.kind) {
    case 'input':
      return drawnInput(block.input, drawing)
    case 'text':
      return styledText(block)
    case 'facts':
      return block.facts.flatMap(({ label, value }) => {
        const [first = '', ...rest] = value.split('\n')
        const runs: [string, Style?][] = label === '' ? [[first]] : [[`${label}: `, bold], [first]]
        return [line(runs, { spacing: 'Small' }), ...lines(rest.join('\n'))].map((one) => linePart(one))
      })
    case 'table':
      return [linePart(heading(block.caption)), ...table(block)]
    case 'items':
      return [linePart(heading(block.label)), ...block.items.map((one) => itemPart(one, drawing))]
    case 'picture':
      return picture(block, drawing)
    case 'actions':
      return drawing.readOnly ? [] : actionParts(block.actions, drawing)
    default:
      return block satisfies never
  }
}

function drawnInput(input: Input, { readOnly, form = false, values, errors }: Drawing): Parts {
  return readOnly ? [] : inputParts(input, { required: form, values, error: errors[input.name] })
}

function actionParts(actions: Action[], { ground, form }: Drawing): Parts {
  const buttons = actions.map((action) => pressing(action, ground))
  return buttonParts(buttons, form ? apart : {})
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
      return lines(text, bold).map((one, at) => linePart(at === 0 ? { ...one, spacing: 'Medium' } : one))
    case 'warning':
      return text.trim() === '' ? [] : textParts(`⚠ ${text}`, { weight: 'Bolder', color: 'Warning' })
    case undefined:
      return textParts(text)
    default:
      return style satisfies never
  }
}

/** More columns than a phone has room for are a line for each row. */
const columnsOnPhones = 4

function table({ columns, rows }: Extract<Block, { kind: 'table' }>): Parts {
  const count = Math.max(columns.length, ...rows.map(({ length }) => length))
  const filled = [columns, ...rows].map((row) => Array.from({ length: count }, (_, at) => row[at] || '–'))
  const [names = [], ...values] = filled
  if (count === 0) return []
  if (count > columnsOnPhones) return wideTable(names, values)
  const cells = (row: string[], style: Style) =>
    row.map((one) => ({ type: 'TableCell', items: [line([[one, style]])] }))
  // Each column as wide as its longest word, so that on a phone none is broken.
  const widths = names.map((_, at) => longestWord(filled.map((row) => row[at] ?? '')))
  const block = {
    type: 'Table',
    firstRowAsHeader: true,
    showGridLines: false,
    columns: widths.map((width) => ({ width })),
    rows: [
      { type: 'TableRow', cells: cells(names, { ...bold, size: 'Small' }) },
      ...values.map((row) => ({ type: 'TableRow', cells: cells(row, {}) })),
    ],
  }
  return [{ block, kind: 'table', count: 1 }]
}

const longestWord = (texts: string[]): number =>
  Math.min(20, Math.max(4, ...texts.flatMap((one) => one.split(/\s/)).map(({ length }) => length)))

function wideTable(names: string[], rows: string[][]): Parts {
  if (rows.length === 0) return [linePart(line([[names.join(' · ')]]))]
  return rows.map((row) => {
    const runs = names.flatMap((name, at): [string, Style?][] => [
      [`${at === 0 ? '' : ' · '}${name}: `],
      [row[at] ?? '', at === 0 ? bold : {}],
    ])
    return linePart(line(runs, { spacing: 'Small' }))
  })
}

/** What can be done about a line stands beside it. */
function itemPart({ title, detail, action }: Item, { ground, readOnly }: Drawing): Part<Element> {
  const said = [
    ...(title.trim() === '' ? [] : [line([[title]])]),
    ...lines(detail, quiet).map((one) => ({ ...one, spacing: 'None' })),
  ]
  if (!action || readOnly) return linePart({ type: 'Container', spacing: 'Small', items: said })
  return beside(said, pressing(action, ground, false))
}

/** A matrix of five by five is read at this width already, and fits on a phone. */
const matrixWidth = '300px'

function picture(block: Extract<Block, { kind: 'picture' }>, { pictures }: Drawing): Parts {
  const url = pictures(block)
  if (!url) return textParts(block.alt, quiet)
  const size = block.picture === 'risks' ? { width: matrixWidth } : { size: 'Stretch' }
  const image = { type: 'Image', url, altText: block.alt, ...size, msteams: { allowExpand: true } }
  return [{ block: image, kind: 'picture', count: 1 }]
}
