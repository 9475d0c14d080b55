// What a person reads of a card: its words without marks, what its inputs hold, buttons in brackets.
import { isShown, type Piece, piecesOf, visible } from './card-pieces.ts'
import type { Card, Json, Seen } from './wire.ts'

/** Everything one message shows. */
export function readSeen({ card, text }: Seen): string {
  return visible([text ?? '', card ? readCard(card) : ''].filter((one) => one !== '').join('\n'))
}

function readCard(card: Card): string {
  const shown = piecesOf(card).filter((one) => isShown(one) && !one.hidden)
  return shown
    .map(readPiece)
    .filter((one) => one !== '')
    .join('\n')
}

function readPiece({ type, node }: Piece): string {
  if (type.startsWith('Action.')) return readButton(node)
  if (type === 'Input.Toggle') return unmarked(node.title)
  if (type === 'Input.ChoiceSet') return [node.label, ...optionsSeen(node)].join('\n')
  if (type.startsWith('Input.')) return [node.label, node.value].filter((one) => one).join('\n')
  switch (type) {
    case 'TextBlock':
      return unmarked(node.text)
    case 'RichTextBlock':
      return (node.inlines as (string | Json)[]).map((one) => (typeof one === 'string' ? one : one.text)).join('')
    case 'Fact':
      return `${unmarked(node.title)}: ${unmarked(node.value)}`
    case 'Image':
      return `(${node.altText ?? ''})`
  }
  return ''
}

/** All options where they stand open, else the chosen ones. */
function optionsSeen({ choices, value, style }: Json): string[] {
  const all = choices as { title: string; value: string }[]
  if (style === 'expanded') return all.map(({ title }) => unmarked(title))
  const chosen = String(value ?? '').split(',')
  return all.filter((one) => chosen.includes(one.value)).map(({ title }) => title)
}

function readButton({ title, tooltip }: Json): string {
  return `[${title ?? ''}${tooltip && tooltip !== title ? ` (${tooltip})` : ''}]`
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&nbsp;': ' ' }

/** Markdown as people see it. */
function unmarked(text: unknown): string {
  return String(text ?? '').replace(
    /\\([^\w\s])|(&(?:amp|lt|gt|quot|nbsp);)|\*\*|(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu,
    (_, escaped, entity) => escaped ?? entities[entity] ?? '',
  )
}
