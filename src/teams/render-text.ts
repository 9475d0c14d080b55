// Text as elements of an Adaptive Card that show it letter by letter.
import type { Part } from '../conversation/fit-within.ts'
import { literal } from './escape.ts'

export type Element = Record<string, unknown>

/** How words stand: the properties of a TextRun, https://adaptivecards.io/explorer/TextRun.html */
export interface Style {
  weight?: 'Bolder'
  size?: 'Small' | 'Medium' | 'Large'
  isSubtle?: true
  italic?: true
  color?: 'Attention' | 'Warning' | 'Good'
}

export const bold = { weight: 'Bolder' } as const
export const quiet = { isSubtle: true, size: 'Small' } as const
const alarm = { weight: 'Bolder', color: 'Attention' } as const

/** One line of words in one or more styles; an element of its own, as a break within one is not kept everywhere. */
export function line(runs: [text: string, style?: Style][], more: Element = {}): Element {
  return {
    type: 'RichTextBlock',
    inlines: runs.map(([text, style = {}]) => ({ type: 'TextRun', text: literal(text), ...style })),
    ...more,
  }
}

/** Text as lines; empty lines between paragraphs become their distance. */
export function lines(text: string, style: Style = {}): Element[] {
  const all = text.split('\n')
  return all.flatMap((one, at) => {
    if (one.trim() === '') return []
    const follows = at > 0 && all[at - 1]?.trim() !== ''
    return [line([[one, style]], follows ? { spacing: 'None' } : {})]
  })
}

export function linePart(block: Element, count = 1): Part<Element> {
  return { block, kind: 'line', count }
}

export function textParts(text: string, style?: Style): Part<Element>[] {
  return lines(text, style).map((block) => linePart(block))
}

/** What is wrong: never by its colour alone. */
export function problemPart(words: string, more: Element = {}): Part<Element> {
  return linePart(line([[`⚠ ${words}`, alarm]], more))
}
