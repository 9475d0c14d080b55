// What is wrong with an Adaptive Card: what Teams would not show, or would show otherwise than meant.
import { isShown, type Piece, piecesOf, propertiesOf } from './card-pieces.ts'
import { parserProblems } from './parse-card.ts'
import type { Card, Json } from './wire.ts'

const byteBudget = 80_000
const mostRefreshed = 60

/** @returns problems, each after the JSON pointer to where it stands */
export function cardProblems(given: unknown, at = ''): string[] {
  const card = given as Card
  if (typeof card !== 'object' || card === null || card.type !== 'AdaptiveCard') return [`${at}: not an AdaptiveCard`]
  const pieces = piecesOf(card)
  const problems = [
    ...wholeProblems(card),
    ...pieces.flatMap((piece) => [...shapeProblems(piece), ...pieceProblems(piece)]),
    ...twice(pieces.filter(isInput), 'input id', ({ id }) => id),
    ...twice(pieces.filter(isButton), 'button', ({ tooltip, title }) => tooltip || title),
    ...parserProblems(card),
  ]
  return problems.map((one) => `${at}${one}`)
}

const isEmpty = (value: unknown): boolean => typeof value !== 'string' || value.trim() === ''
const isInput = ({ type }: Piece): boolean => type.startsWith('Input.')
const isButton = (piece: Piece): boolean => piece.type.startsWith('Action.') && isShown(piece)

function wholeProblems(card: Card): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(card))
  return [
    ...when(card.version !== '1.5', `/version: ${card.version}, not 1.5`),
    ...when(isEmpty(card.fallbackText), '/fallbackText: empty'),
    ...when(bytes >= byteBudget, `: ${bytes} bytes, ${byteBudget} are too many`),
    ...when((card.msteams as Json | undefined)?.entities !== undefined, '/msteams/entities: nobody is mentioned'),
  ]
}

function shapeProblems({ pointer, type, node }: Piece): string[] {
  const known = propertiesOf(type)
  if (!known) return [`${pointer}: no ${type} in a card`]
  const strange = Object.keys(node).filter((name) => !known.has(name))
  return strange.map((name) => `${pointer}/${name}: no property of ${type}`)
}

function pieceProblems(piece: Piece): string[] {
  const { pointer, type, node } = piece
  const say = (problems: string[]): string[] => problems.map((one) => `${pointer}${one}`)
  switch (type) {
    case 'TextBlock':
      return say(notJustWords(node, 'text'))
    case 'Fact':
      return say([...notJustWords(node, 'title'), ...notJustWords(node, 'value')])
    case 'Refresh':
      return say(refreshProblems(node))
    case 'Action.Execute':
      return say([
        ...when(isEmpty(node.verb), '/verb: empty, so the click is not routed'),
        ...(isShown(piece) ? executeProblems(node) : []),
      ])
    case 'Action.Submit':
      return say(when(isEmpty(node.title), '/title: empty'))
  }
  return isInput(piece) ? say(inputProblems(node, type)) : []
}

function executeProblems({ title, data, fallback }: Json): string[] {
  const isData = typeof data === 'object' && data !== null
  return [
    ...when(isEmpty(title), '/title: empty'),
    ...when(!isData, '/data: missing'),
    ...when((fallback as Card | undefined)?.type !== 'Action.Submit', '/fallback: no Action.Submit'),
  ]
}

function refreshProblems({ action, userIds = [] }: Json): string[] {
  const ids = Array.isArray(userIds) ? userIds : [userIds]
  return [
    ...when((action as Card | undefined)?.type !== 'Action.Execute', '/action: no Action.Execute'),
    ...when(ids.length > mostRefreshed, `/userIds: ${ids.length}, at most ${mostRefreshed}`),
    ...ids.flatMap((id, index) => when(!/^29:./.test(String(id)), `/userIds/${index}: ${id} is nobody's id in Teams`)),
  ]
}

function inputProblems(node: Json, type: string): string[] {
  const named = type === 'Input.Toggle' ? 'title' : 'label'
  return [
    ...when(isEmpty(node.id), '/id: empty'),
    ...when(isEmpty(node[named]), `/${named}: empty`),
    ...when(node.isRequired === true && isEmpty(node.errorMessage), '/errorMessage: empty, and the input is required'),
    ...(type === 'Input.Toggle' ? notJustWords(node, 'title') : []),
    // Options that stand open are text blocks; those of a list that opens are plain.
    ...(node.style === 'expanded' ? openOptions(node.choices) : []),
  ]
}

function openOptions(choices: unknown): string[] {
  const all = Array.isArray(choices) ? (choices as Json[]) : []
  return all.flatMap((choice, index) => notJustWords(choice, 'title').map((one) => `/choices/${index}${one}`))
}

/** What a client would read as more than words: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format */
export function notJustWords(node: Json, name: string): string[] {
  const text = String(node[name] ?? '')
  return [
    ...when(/(?<!\\)(?:\\\\)*\[(?:\\.|[^\]\\])*\]\(/s.test(text), `/${name}: a link in Markdown`),
    ...when(/\{\{(DATE|TIME)\(/.test(text), `/${name}: a date or time to be filled in`),
    ...when(/<at[\s>]/i.test(text), `/${name}: a mention`),
  ]
}

function twice(pieces: Piece[], what: string, nameOf: (node: Json) => unknown): string[] {
  const seen = new Set<unknown>()
  return pieces.flatMap(({ node, pointer }) => {
    const name = nameOf(node)
    const again = seen.has(name)
    seen.add(name)
    return when(again, `${pointer}: a second ${what} “${name}”`)
  })
}

const when = (wrong: boolean, problem: string): string[] => (wrong ? [problem] : [])
