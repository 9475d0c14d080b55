// The card model: plain data that every surface renders in its own way.
import type { Press } from './press.ts'

/** Words on a button, and what pressing it sends. */
export interface Action {
  label: string
  /** What a screen reader says where the label alone would not be unique on the card. */
  accessibleLabel?: string
  style?: 'primary' | 'danger'
  press: Press
}

export interface Option {
  value: string
  label: string
  /** Of a person: their platform accounts, by which a platform's own people picker knows them. */
  accounts?: string[]
}

interface InputBase {
  name: string
  label: string
  hint?: string
  /** Shown only while another input of the card has one of these values. */
  when?: { input: string; is: string[] }
  optional?: boolean
}

export type Input = InputBase &
  (
    | { kind: 'text'; value?: string; lines: 'one' | 'several'; limit: number }
    /** With `people`, a platform's own people picker may offer everyone it knows; the options are those who were here. */
    | { kind: 'choice'; value?: string; options: Option[]; people?: true }
    | { kind: 'choices'; value?: string[]; options: Option[] }
    | { kind: 'date'; value?: string; from?: string; to?: string }
    | { kind: 'tick'; value?: boolean }
  )

export type Picture = { picture: 'system' | 'risks'; review: string; version: string; alt: string }

export type Block =
  | { kind: 'text'; text: string; style?: 'strong' | 'quiet' | 'quote' | 'warning' }
  | { kind: 'facts'; facts: { label: string; value: string }[] }
  | { kind: 'table'; caption: string; columns: string[]; rows: string[][] }
  | { kind: 'items'; label: string; items: Item[] }
  | ({ kind: 'picture' } & Picture)
  | { kind: 'input'; input: Input }
  | { kind: 'actions'; actions: Action[] }

/** A line of a list with what can be done about it. */
export interface Item {
  title: string
  detail: string
  action?: Action
}

export interface Card {
  title: string
  /** What notifications and screen readers say instead of the card. Never empty. */
  summary: string
  blocks: Block[]
}

/** A card with inputs, shown apart: a modal, a dialog, a swapped card. Without a submit it is only read. */
export interface Form {
  title: string
  /** For a title bar that takes only a few words. */
  shortTitle?: string
  blocks: Block[]
  submit?: Action
}

/** What a person filled in, by the inputs' names. */
export type Values = Record<string, string | string[] | boolean>

export const text = (words: string, style?: Extract<Block, { kind: 'text' }>['style']): Block =>
  style ? { kind: 'text', text: words, style } : { kind: 'text', text: words }
export const input = (one: Input): Block => ({ kind: 'input', input: one })
export const actions = (...all: Action[]): Block => ({ kind: 'actions', actions: all })

/** The inputs of a card or form, wherever they stand. */
export function inputsOf(blocks: Block[]): Input[] {
  return blocks.flatMap((block) => (block.kind === 'input' ? [block.input] : []))
}
