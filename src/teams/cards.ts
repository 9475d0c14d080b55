// Cards and forms as Adaptive Cards 1.5 with Universal Actions.
import { type Action, type Card, type Form, inputsOf, type Values } from '../conversation/card.ts'
import { fitWithin, type Part } from '../conversation/fit-within.ts'
import { shorten } from '../conversation/printable.ts'
import { currentValue, shownInputs } from '../conversation/shown-inputs.ts'
import { said } from '../conversation/texts.ts'
import { choiceParts, choicesOf } from './choice-buttons.ts'
import { defused } from './escape.ts'
import { limits } from './limits.ts'
import { apart, type Button, buttonParts } from './render-button.ts'
import { blockParts, type Drawing, type Ground, pressing, titleParts } from './render-card.ts'
import { type Element, line, problemPart, textParts } from './render-text.ts'

/** The content of an attachment of the type below. */
export type AdaptiveCard = Element & { type: 'AdaptiveCard' }
export const cardType = 'application/vnd.microsoft.card.adaptive'

/** What came of the last press, to stand on top. */
export interface Note {
  text: string
  tone: 'good' | 'attention'
}

/** How a card is drawn this time. */
export interface Look {
  ground?: Ground
  values?: Values
  errors?: Record<string, string>
  pictures?: Drawing['pictures']
  note?: Note | undefined
  /** The accounts for whom the client fetches their own view when it shows the card. */
  viewers?: string[]
}

const noPictures = () => undefined

function drawingOf({ ground = {}, values = {}, errors = {}, pictures = noPictures }: Look): Drawing {
  return { ground, values, errors, pictures }
}

/** A card with all that can be done on it; one that took another's place has a way back. */
export function renderCard(card: Card, look: Look): AdaptiveCard {
  const { ground = {}, note } = look
  const parts = [
    ...noteParts(note),
    ...titleParts(card.title),
    ...blockParts(card.blocks, drawingOf(look)),
    ...(ground.by ? backParts(ground, said.close) : []),
  ]
  return adaptive(parts, card, look)
}

/** A card for everyone who looks on: to be read, with one button to one's own view of it. */
export function renderShared(card: Card, look: Look): AdaptiveCard {
  const { key } = look.ground ?? {}
  const open: Button = { label: said.openForMe, verb: 'refresh', inputs: false, carried: { do: 'refresh', key } }
  const parts = [
    ...titleParts(card.title),
    ...blockParts(card.blocks, { ...drawingOf(look), readOnly: true }),
    ...buttonParts([open]),
  ]
  return adaptive(parts, card, look)
}

/**
 * A form in the place of a card. Teams has no fields that follow others: a choice on which fields depend is a row of
 * buttons, and the form is drawn anew with what the choice asks for.
 */
export function renderForm(form: Form, look: Look): AdaptiveCard {
  const { ground = {}, values = {}, errors = {}, note } = look
  const drawing = { ...drawingOf(look), form: true }
  const inputs = inputsOf(form.blocks)
  const shown = new Set(shownInputs(inputs, values))
  const choices = form.submit ? choicesOf(inputs).filter((one) => shown.has(one)) : []
  const set = Object.fromEntries(
    choices.flatMap((one) => {
      const made = one.options.find(({ value }) => value === currentValue(one, values))
      return made ? [[one.name, made.value]] : []
    }),
  )
  const open = choices.some(({ name }) => !Object.hasOwn(set, name))
  const body = form.blocks.flatMap((block): Part<Element>[] => {
    if (block.kind !== 'input') return blockParts([block], drawing)
    if (!shown.has(block.input)) return []
    const choice = choices.find((one) => one === block.input)
    if (choice && form.submit) return choiceParts(choice, inputs, { ground, set, submit: form.submit, errors })
    return blockParts([block], drawing)
  })
  const stray = Object.entries(errors).filter(([name]) => ![...shown].some((one) => one.name === name))
  const send = form.submit && !open ? [sending(form.submit, ground, set)] : []
  const parts = [
    ...noteParts(note),
    ...titleParts(form.title),
    ...body,
    ...stray.map(([, words]) => problemPart(words)),
    ...buttonParts(
      [...send, ...(hasWayBack(ground) ? [backButton(ground, form.submit ? said.notNow : said.close)] : [])],
      apart,
    ),
  ]
  return adaptive(parts, { title: form.title, summary: form.title }, look)
}

/** The button that sends a form, with the choices that buttons made. */
function sending(submit: Action, ground: Ground, set: Record<string, string>): Button {
  const button = pressing(submit, ground, true)
  return Object.keys(set).length > 0 ? { ...button, carried: { ...button.carried, set } } : button
}

/** A few words in the place of a card. */
export function renderWords(text: string, look: Look): AdaptiveCard {
  const { ground = {}, note } = look
  const parts = [...noteParts(note), ...textParts(text), ...backParts(ground, said.close)]
  return adaptive(parts, { title: '', summary: text }, look)
}

const hasWayBack = ({ key, base }: Ground): boolean => key !== undefined || base !== undefined

function backButton({ key, base }: Ground, label: string): Button {
  return { label, verb: 'back', inputs: false, carried: { do: 'back', key, base } }
}

function backParts(ground: Ground, label: string): Part<Element>[] {
  return hasWayBack(ground) ? buttonParts([backButton(ground, label)]) : []
}

function noteParts(note: Note | undefined): Part<Element>[] {
  if (!note) return []
  const items = note.text.split('\n').map((text) => line([[text, { weight: 'Bolder' }]]))
  return [{ block: { type: 'Container', style: note.tone, items }, kind: 'title', count: 1 }]
}

function adaptive(
  parts: Part<Element>[],
  { title, summary }: { title: string; summary: string },
  look: Look,
): AdaptiveCard {
  const { ground: { key } = {}, viewers = [] } = look
  const action = { type: 'Action.Execute', title: said.refresh, verb: 'refresh', data: { cs: { do: 'refresh', key } } }
  const words = [summary, title, 'Countersign'].find((one) => one.trim() !== '') ?? ''
  return {
    $schema: 'https://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: defused(shorten(words, limits.summary)),
    ...(key !== undefined && viewers.length > 0
      ? { refresh: { action, userIds: viewers.slice(0, limits.viewers) } }
      : {}),
    msteams: { width: 'Full' },
    body: fitWithin(parts, {
      size: limits.messageBytes - limits.envelopeBytes,
      most: Number.POSITIVE_INFINITY,
      sizeOf: bytesOf,
      note: (text) => line([[text]]),
      elsewhere: said.teamsElsewhere,
    }),
  }
}

/** How much an element takes on the wire. */
export function bytesOf(element: unknown): number {
  return Buffer.byteLength(JSON.stringify(element)) + 1
}
