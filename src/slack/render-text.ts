// Text as blocks that Slack shows letter by letter: rich text and plain text are parsed for nothing.

import type { types } from '@slack/bolt'
import { cut, pieces, printable, shorten } from '../conversation/printable.ts'
import { limits } from './limits.ts'
import type { Part } from './render-within.ts'

/** Words in one weight. */
export interface Run {
  text: string
  bold?: boolean
}

type Wrap = (lines: types.RichTextSection['elements'][]) => types.RichTextBlock['elements']

/** Lines of rich text, over as many blocks as they need. */
export function richLines(lines: Run[][], wrap: Wrap): Part[] {
  const said = lines.map((runs) => runs.map((run) => ({ ...run, text: printable(run.text) })))
  return inBlocks(said.filter(saysSomething)).map((group) => ({
    block: { type: 'rich_text', elements: wrap(group.map((line) => line.map(richText))) },
    kind: 'line',
    count: group.length,
  }))
}

/** One paragraph of lines. */
export const paragraph: Wrap = (lines) => [{ type: 'rich_text_section', elements: broken(lines) }]
export const quote: Wrap = (lines) => [{ type: 'rich_text_quote', elements: broken(lines) }]
export const bullets: Wrap = (lines) => [
  {
    type: 'rich_text_list',
    style: 'bullet',
    elements: lines.map((elements) => ({ type: 'rich_text_section' as const, elements })),
  },
]
/** Monospaced, for tables. */
export const preformatted: Wrap = (lines) => [
  { type: 'rich_text_preformatted', elements: broken(lines) as types.RichTextPreformatted['elements'] },
]

function broken(lines: types.RichTextSection['elements'][]): types.RichTextSection['elements'] {
  return lines.flatMap((line, at) => (at === 0 ? line : [richText({ text: '\n' }), ...line]))
}

function richText({ text, bold }: Run): types.RichTextText {
  return bold ? { type: 'text', text, style: { bold } } : { type: 'text', text }
}

const saysSomething = (line: Run[]) => line.some(({ text }) => text.trim() !== '')

/** Lines in groups that each fit into one block; a line too long for one goes on in the next. */
function inBlocks(lines: Run[][]): Run[][][] {
  const groups: Run[][][] = []
  let room = 0
  for (const line of lines.flatMap(cutLine)) {
    const length = line.reduce((sum, { text }) => sum + text.length, 1)
    if (length > room) {
      groups.push([])
      room = limits.section
    }
    groups.at(-1)?.push(line)
    room -= length
  }
  return groups
}

/** Less room than this at a line's end is left empty rather than filled with a scrap. */
const scrap = 80

function cutLine(line: Run[]): Run[][] {
  const most = limits.section - 1
  let current: Run[] = []
  const lines = [current]
  let room = most
  for (const run of line) {
    let rest = run.text
    while (rest !== '') {
      if (rest.length > room && room < scrap) {
        current = []
        lines.push(current)
        room = most
      }
      const [head, tail] = cut(rest, room)
      current.push({ ...run, text: head })
      room = tail === '' ? room - head.length : 0
      rest = tail
    }
  }
  return lines.filter(saysSomething)
}

/** Text in small grey letters. */
export function contextParts(text: string): Part[] {
  return pieces(printable(text), limits.context)
    .filter((piece) => piece.trim() !== '')
    .map((piece) => ({ block: { type: 'context', elements: [plain(piece)] }, kind: 'line', count: 1 }))
}

/** Sections of plain text, the only text that can have a button beside it: it stands beside the last. */
export function sectionParts(text: string, accessory?: types.Button): Part[] {
  const all = pieces(printable(text), limits.section).filter((piece) => piece.trim() !== '')
  return all.map((piece, at) => ({
    block: {
      type: 'section',
      text: plain(piece),
      ...(accessory && at === all.length - 1 ? { accessory } : {}),
    },
    kind: 'line',
    count: 1,
  }))
}

/** Text that is shown letter by letter, without emoji made of colons. */
export function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text: printable(text), emoji: false }
}

/** A label within a limit, and, where it had to be shortened, the whole of it to stand before. */
export function labelled(text: string, limit: number): { label: types.PlainTextElement; inFull: Part[] } {
  const whole = printable(text)
  return { label: plain(shorten(whole, limit)), inFull: whole.length > limit ? contextParts(whole) : [] }
}
