// Cards as elements.
import type { Action, Block, Card, Picture } from '../../conversation/card.ts'
import { element } from './element.ts'
import { followConditions, renderInput } from './inputs.ts'

/** What happens when a button of a card is pressed; `card` is where its inputs stand. */
export type OnPress = (action: Action, card: HTMLElement, button: HTMLButtonElement) => void

export function renderCard({ title, blocks }: Pick<Card, 'title' | 'blocks'>, onPress: OnPress): HTMLElement {
  const card = element('article', { class: 'card' }, title !== '' && element('h3', {}, title))
  renderBlocks(card, blocks, onPress)
  return card
}

/** Adds blocks to a card or dialog. */
export function renderBlocks(card: HTMLElement, blocks: Block[], onPress: OnPress): void {
  card.append(...blocks.map((block) => renderBlock(block, card, onPress)))
  followConditions(card)
}

function renderBlock(block: Block, card: HTMLElement, onPress: OnPress): HTMLElement {
  switch (block.kind) {
    case 'text':
      return block.style === 'quote'
        ? element('blockquote', {}, block.text)
        : element('p', { class: block.style }, block.text)
    case 'facts':
      return element(
        'dl',
        {},
        ...block.facts.flatMap(({ label, value }) => [element('dt', {}, label), element('dd', {}, value)]),
      )
    case 'table':
      return element(
        'table',
        {},
        element('caption', {}, block.caption),
        element('thead', {}, element('tr', {}, ...block.columns.map((name) => element('th', { scope: 'col' }, name)))),
        element(
          'tbody',
          {},
          ...block.rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell)))),
        ),
      )
    case 'items':
      return element(
        'section',
        {},
        element('h4', {}, block.label),
        element(
          'ul',
          { class: 'items' },
          ...block.items.map(({ title, detail, action }) =>
            element(
              'li',
              {},
              element('div', {}, title, element('small', {}, detail)),
              action && renderAction(action, card, onPress),
            ),
          ),
        ),
      )
    case 'picture':
      return renderPicture(block)
    case 'input':
      return renderInput(block.input)
    case 'actions':
      return element('div', { class: 'actions' }, ...block.actions.map((action) => renderAction(action, card, onPress)))
    default:
      return block satisfies never
  }
}

function renderPicture({ picture, review, version, alt }: Picture): HTMLElement {
  const src = `/pictures/${encodeURIComponent(review)}/${picture}.svg?v=${encodeURIComponent(version)}`
  return element('figure', {}, element('img', { src, alt, loading: 'lazy' }))
}

export function renderAction(action: Action, card: HTMLElement, onPress: OnPress): HTMLButtonElement {
  const button = element(
    'button',
    { type: 'button', class: action.style, 'aria-label': action.accessibleLabel },
    action.label,
  )
  button.addEventListener('click', () => onPress(action, card, button))
  return button
}
