// Cards and forms as Block Kit.

import { createHash } from 'node:crypto'
import type { types } from '@slack/bolt'
import { z } from 'zod'
import type { Card, Form, Values } from '../conversation/card.ts'
import { Press } from '../conversation/press.ts'
import { printable, shorten } from '../conversation/printable.ts'
import { escapeText } from './escape.ts'
import { limits } from './limits.ts'
import { draw, type Files, noFiles, renderBlocks, titleParts } from './render-card.ts'
import { labelled, plain } from './render-text.ts'
import { fitWithin } from './render-within.ts'

export type { Files } from './render-card.ts'

type KnownBlock = types.KnownBlock

const product = 'Countersign'

/** A message: its blocks, and the text that notifications and screen readers use. */
export function renderMessage(card: Card, files: Files = noFiles): { text: string; blocks: KnownBlock[] } {
  const summary = [card.summary, card.title, product].map((text) => printable(text).trim()).find((text) => text !== '')
  const parts = [...titleParts(card.title), ...renderBlocks(card.blocks, draw('message', files))]
  return { text: escapeText(shorten(summary ?? product, limits.summary)), blocks: fitWithin('message', parts) }
}

/** The home tab: cards one below the other. */
export function renderHome(cards: Card[], files: Files = noFiles): types.HomeView {
  const drawing = draw('home', files)
  const parts = cards.flatMap((card) => [...titleParts(card.title), ...renderBlocks(card.blocks, drawing)])
  return { type: 'home', blocks: fitWithin('home', parts) }
}

/**
 * A modal with the inputs that apply to what is filled in. Slack has no conditional fields: a choice others follow is
 * sent at once, and the form drawn anew.
 * @param opened the press that opened the form travels along so that the form can be drawn anew; `values` is what is
 * filled in already
 */
export function renderModal(
  { title, shortTitle, blocks, submit }: Form,
  { by, values = {}, files = noFiles }: { by?: Press; values?: Values; files?: Files } = {},
): types.ModalView {
  const metadata: Metadata = { submit: submit?.press ?? null, by: by ?? null }
  const private_metadata = JSON.stringify(metadata)
  if (private_metadata.length > limits.metadata) throw new Error(`“${title}” has too much metadata for a modal`)
  const whole = printable(title).trim() || product
  const button = submit ? labelled(submit.label.trim() || 'Send', limits.modalTitle) : undefined
  const body = renderBlocks(blocks, draw('modal', files, values))
  // Slack refuses inputs without a submit, also where the card's own buttons send them, and a modal without blocks.
  const needsSubmit = body.some(({ kind }) => kind === 'field')
  const label = button?.label ?? (needsSubmit ? plain('Done') : undefined)
  const long = whole.length > limits.modalTitle || body.length === 0
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata,
    title: plain(shorten(long ? (shortTitle ?? whole) : whole, limits.modalTitle)),
    close: plain(label ? 'Not now' : 'Close'),
    ...(label ? { submit: label } : {}),
    blocks: ofForm(
      submit?.press,
      fitWithin('modal', [...(long ? titleParts(whole) : []), ...body, ...(button?.inFull ?? [])]),
    ),
  }
}

/**
 * Slack keeps what was typed where block and action keep their ids, also when another form takes a modal's place: with
 * the form in the action's id, one threat's reason never turns up under the next.
 */
function ofForm(submit: Press | undefined, blocks: KnownBlock[]): KnownBlock[] {
  const { verb, review, subject } = submit ?? {}
  const form = createHash('sha256')
    .update(JSON.stringify([verb, review, subject]))
    .digest('hex')
    .slice(0, 8)
  return blocks.map((block) => {
    if (block.type !== 'input') return block
    const action_id = `${block.element.action_id}:${form}`
    return { ...block, element: { ...block.element, action_id } } as KnownBlock
  })
}

const Metadata = z.strictObject({ submit: Press.nullable(), by: Press.nullable() })
type Metadata = z.infer<typeof Metadata>

/** What a modal's private metadata carries back; undefined when it is not ours. */
export function readMetadata(metadata: string): { submit: Press | null; by: Press | null } | undefined {
  try {
    return Metadata.safeParse(JSON.parse(metadata)).data
  } catch {
    return undefined
  }
}
