// The blocks of a card, one kind after the other, as parts to be fitted into a message or view.

import type { types } from '@slack/bolt'
import { type Block, type Item, inputsOf, type Picture, type Values } from '../conversation/card.ts'
import { printable, shorten } from '../conversation/printable.ts'
import { shownInputs } from '../conversation/shown-inputs.ts'
import { limits } from './limits.ts'
import { renderActions, renderButton } from './render-button.ts'
import { renderInput } from './render-input.ts'
import { renderTable } from './render-table.ts'
import { bullets, contextParts, paragraph, plain, quote, richLines, sectionParts } from './render-text.ts'
import type { Part, Surface } from './render-within.ts'

/** The Slack file of a picture, or undefined where it may not or cannot be shown: then its alt text stands instead. */
export type Files = (picture: Picture) => string | undefined

/** For where no picture has been brought to Slack. */
export const noFiles: Files = () => undefined

/** What is counted while the blocks of one message or view are drawn. */
export interface Drawing {
  surface: Surface
  files: Files
  values: Values
  nextButton: () => number
  /** How many characters its tables may still take. */
  tableCharacters: number
}

/** Begins to draw a message or view. */
export function draw(surface: Surface, files: Files, values: Values = {}): Drawing {
  let buttons = 0
  const nextButton = () => {
    buttons += 1
    return buttons
  }
  // Slack says how much table a message takes, and nothing of views: there tables stand as lines.
  return { surface, files, values, nextButton, tableCharacters: surface === 'message' ? limits.tableCharacters : 0 }
}

/** A title: a header where it is short enough, bold text otherwise. */
export function titleParts(title: string): Part[] {
  const whole = printable(title).trim()
  if (whole === '') return []
  if (whole.length > limits.header) return richLines([[{ text: whole, bold: true }]], paragraph)
  return [{ block: { type: 'header', text: plain(whole) }, kind: 'title', count: 1 }]
}

/** The parts of a card or form. */
export function renderBlocks(blocks: Block[], drawing: Drawing): Part[] {
  const inputs = inputsOf(blocks)
  const modal = drawing.surface === 'modal'
  // A message cannot be drawn anew per choice: there every input is shown, none required, and the core asks.
  const shown = new Set(modal ? shownInputs(inputs, drawing.values) : inputs)
  const controls = new Set(modal ? inputs.flatMap(({ when }) => when?.input ?? []) : [])
  return blocks.flatMap((block) => {
    if (block.kind !== 'input') return renderBlock(block, drawing)
    const { input } = block
    if (!shown.has(input)) return []
    return renderInput(input, { required: modal, controls: controls.has(input.name), values: drawing.values })
  })
}

function renderBlock(block: Exclude<Block, { kind: 'input' }>, drawing: Drawing): Part[] {
  switch (block.kind) {
    case 'text':
      return renderText(block)
    case 'facts':
      return richLines(
        block.facts.map(({ label, value }) => [
          { text: label === '' ? '' : `${label}: `, bold: true },
          { text: value },
        ]),
        paragraph,
      )
    case 'table': {
      const { parts, characters } = renderTable(block, drawing.tableCharacters)
      drawing.tableCharacters -= characters
      return parts
    }
    case 'items':
      return [...richLines([[{ text: block.label, bold: true }]], paragraph), ...renderItems(block.items, drawing)]
    case 'picture':
      return renderPicture(block, drawing.files(block))
    case 'actions':
      return renderActions(block.actions, drawing.nextButton)
    default:
      return block satisfies never
  }
}

function renderText({ text, style }: Extract<Block, { kind: 'text' }>): Part[] {
  switch (style) {
    case 'quiet':
      return contextParts(text)
    case 'quote':
      return richLines([[{ text }]], quote)
    case 'strong':
      return richLines([[{ text, bold: true }]], paragraph)
    case 'warning':
      return text.trim() === '' ? [] : richLines([[{ text: '⚠ ' }, { text, bold: true }]], paragraph)
    case undefined:
      return richLines([[{ text }]], paragraph)
    default:
      return style satisfies never
  }
}

/** A line with a button is a section of its own; those without share a list, which leaves more room. */
function renderItems(items: Item[], drawing: Drawing): Part[] {
  const parts: Part[] = []
  let plainItems: Item[] = []
  const flush = () => {
    const lines = plainItems.map(({ title, detail }) => [
      { text: title, bold: true },
      { text: detail === '' ? '' : `\n${detail}` },
    ])
    parts.push(...richLines(lines, bullets))
    plainItems = []
  }
  for (const item of items) {
    if (!item.action) {
      plainItems.push(item)
      continue
    }
    flush()
    const { button, inFull } = renderButton(item.action, drawing.nextButton())
    const said = [item.title, item.detail].filter((text) => text.trim() !== '').join('\n')
    parts.push(...inFull, ...sectionParts(said === '' ? item.action.label : said, button))
  }
  flush()
  return parts
}

function renderPicture({ alt }: Picture, file: string | undefined): Part[] {
  const whole = printable(alt).trim()
  if (!file) return contextParts(whole)
  const alt_text = shorten(whole || 'Picture', limits.altText)
  const block: types.KnownBlock = { type: 'image', slack_file: { id: file }, alt_text }
  return [{ block, kind: 'picture', count: 1 }, ...(whole.length > limits.altText ? contextParts(whole) : [])]
}
