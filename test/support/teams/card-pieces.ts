// Adaptive Cards 1.5 taken apart: which pieces there are, what they may say, and where each stands.
import type { Card, Json } from './wire.ts'

export interface Piece {
  /** A JSON pointer. */
  pointer: string
  type: string
  node: Json
  /** It, or something around it, is not visible. */
  hidden: boolean
}

interface Shape {
  /** The properties it may have, besides those of its family. */
  own: string
  /** Properties that hold other pieces, with the type of those that do not name theirs. */
  inner?: Record<string, string>
}

const cell = {
  own: 'items selectAction style verticalContentAlignment bleed backgroundImage minHeight rtl',
  inner: { items: '', selectAction: '' },
}

/** https://adaptivecards.io/explorer/ as of 1.5, and what Teams adds */
const shapes: Record<string, Shape> = {
  AdaptiveCard: {
    own: '$schema version refresh body actions selectAction fallbackText backgroundImage minHeight rtl speak lang verticalContentAlignment msteams',
    inner: { refresh: 'Refresh', body: '', actions: '', selectAction: '' },
  },
  Refresh: { own: 'action userIds expires', inner: { action: '' } },
  TextBlock: { own: 'text color fontType horizontalAlignment isSubtle maxLines size weight wrap style' },
  RichTextBlock: { own: 'inlines horizontalAlignment', inner: { inlines: 'TextRun' } },
  TextRun: {
    own: 'text color fontType highlight isSubtle italic selectAction size strikethrough underline weight',
    inner: { selectAction: '' },
  },
  Image: {
    own: 'url altText backgroundColor horizontalAlignment selectAction size style width msteams',
    inner: { selectAction: '' },
  },
  ImageSet: { own: 'images imageSize', inner: { images: 'Image' } },
  Container: cell,
  Column: { ...cell, own: `${cell.own} width` },
  TableCell: cell,
  ColumnSet: {
    own: 'columns selectAction style bleed minHeight horizontalAlignment',
    inner: { columns: 'Column', selectAction: '' },
  },
  FactSet: { own: 'facts', inner: { facts: 'Fact' } },
  Fact: { own: 'title value' },
  ActionSet: { own: 'actions horizontalAlignment', inner: { actions: '' } },
  Table: {
    own: 'columns rows firstRowAsHeader firstRowAsHeaders showGridLines gridStyle horizontalCellContentAlignment verticalCellContentAlignment',
    inner: { columns: 'TableColumnDefinition', rows: 'TableRow' },
  },
  TableColumnDefinition: { own: 'width horizontalCellContentAlignment verticalCellContentAlignment' },
  TableRow: {
    own: 'cells style horizontalCellContentAlignment verticalCellContentAlignment',
    inner: { cells: 'TableCell' },
  },
  'Input.Text': {
    own: 'isMultiline maxLength placeholder regex style inlineAction value',
    inner: { inlineAction: '' },
  },
  'Input.Number': { own: 'max min placeholder value' },
  'Input.Date': { own: 'max min placeholder value' },
  'Input.Time': { own: 'max min placeholder value' },
  'Input.Toggle': { own: 'title value valueOff valueOn wrap' },
  'Input.ChoiceSet': {
    own: 'choices choices.data isMultiSelect style value placeholder wrap',
    inner: { choices: 'Choice' },
  },
  Choice: { own: 'title value' },
  'Action.Execute': { own: 'verb data associatedInputs' },
  'Action.Submit': { own: 'data associatedInputs' },
  'Action.ShowCard': { own: 'card', inner: { card: 'AdaptiveCard' } },
  'Action.ToggleVisibility': { own: 'targetElements' },
}

const parts = new Set(['AdaptiveCard', 'Refresh', 'TextRun', 'Fact', 'Choice', 'TableColumnDefinition'])
const ofElements = 'id isVisible separator spacing height fallback requires'
const ofInputs = 'label isRequired errorMessage'
const ofActions = 'id title iconUrl style fallback tooltip isEnabled mode requires'

/** The names a piece may have; undefined for a type that Adaptive Cards 1.5 does not know. */
export function propertiesOf(type: string): Set<string> | undefined {
  const shape = shapes[type]
  if (!shape) return undefined
  const family = type.startsWith('Action.') ? ofActions : parts.has(type) ? '' : ofElements
  const inputs = type.startsWith('Input.') ? ofInputs : ''
  return new Set(`type ${shape.own} ${family} ${inputs}`.split(' '))
}

/** Every piece of a card, in the order people read them; what stands under an unknown type is not looked at. */
export function piecesOf(card: Card): Piece[] {
  const pieces: Piece[] = []
  const look = (given: unknown, pointer: string, usual: string, around: boolean): void => {
    if (Array.isArray(given)) {
      for (const [index, one] of given.entries()) look(one, `${pointer}/${index}`, usual, around)
      return
    }
    if (typeof given !== 'object' || given === null) return
    const node = given as Json
    const type = String(node.type ?? usual)
    const hidden = around || node.isVisible === false
    pieces.push({ pointer, type, node, hidden })
    const inner = { ...shapes[type]?.inner, fallback: '' }
    for (const [key, one] of Object.entries(inner)) look(node[key], `${pointer}/${key}`, one, hidden)
  }
  look(card, '', 'AdaptiveCard', false)
  return pieces
}

/** Whether a piece stands where clients show it: not in a fallback or a refresh. */
export const isShown = ({ pointer }: Piece): boolean => !/\/fallback(\/|$)|^\/refresh(\/|$)/.test(pointer)

/** The buttons a person can press. */
export function buttonsOf(card: Card): Card[] {
  const shown = piecesOf(card).filter((one) => one.type.startsWith('Action.') && isShown(one) && !one.hidden)
  return shown.map(({ node }) => node)
}

/** Text without what nobody sees. */
export const visible = (text: string): string => text.replaceAll('\u200c', '')

/** Whether a button's title or tooltip reads so. */
export function readsAs({ title, tooltip }: Card, label: string | RegExp): boolean {
  const texts = [title, tooltip].filter((one) => typeof one === 'string').map(visible)
  return texts.some((text) => (typeof label === 'string' ? text === label : label.test(text)))
}
