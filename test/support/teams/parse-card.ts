// Microsoft's own parser of Adaptive Cards as a linter.
import { createRequire } from 'node:module'
import type * as AdaptiveCards from 'adaptivecards'
import { piecesOf } from './card-pieces.ts'
import type { Card } from './wire.ts'

// Its modules name each other without extensions, which Node does not resolve; the bundle has no types.
const library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof AdaptiveCards
// So that the parsed pieces keep what they were parsed from.
library.GlobalSettings.enableFullJsonRoundTrip = true

/** Everything the parser of version 1.5 complains about, by where it stands. */
export function parserProblems(card: Card): string[] {
  const copy = structuredClone(card)
  const pieces = piecesOf(copy)
  const pointers = new Map(pieces.map(({ node, pointer }) => [node, pointer]))
  // Teams knows people pickers in 1.5 already: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker
  for (const { node } of pieces) {
    if (!node['choices.data']) continue
    delete node['choices.data']
    node.choices = [...(node.choices as Card[]), { title: 'someone', value: 'from the directory' }]
  }
  const context = new library.SerializationContext(library.Versions.v1_5)
  const parsed = new library.AdaptiveCard()
  parsed.parse(copy, context)
  const atParse = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index))
  return [...atParse, ...parsed.validateProperties().validationEvents].map(({ source, message }) => {
    const { _rawProperties } = (source ?? {}) as { _rawProperties?: Card }
    return `${(_rawProperties && pointers.get(_rawProperties)) ?? ''}: ${message}`
  })
}
