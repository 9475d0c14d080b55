// Whether everything a card says is also said where it is shown.
import { type Action, type Block, type Input, inputsOf } from '../../src/conversation/card.ts'
import { printable } from '../../src/conversation/printable.ts'

/** The line that counts what found no room. */
export const didNotFit = /\d+ more (line|field|button|table|picture)s?\b.*did not fit/

/**
 * The words of a card that are not in what a platform shows; none where it says that not all did fit.
 * @param said every text that is shown
 * @param inputs those that are shown
 */
export function lostWords(blocks: Block[], title: string, said: string[], inputs = inputsOf(blocks)): string[] {
  if (said.some((one) => didNotFit.test(one))) return []
  const all = said.join('').replaceAll(/[\s\u200c]/g, '')
  const words = [title, ...blocks.flatMap((block) => wordsOf(block, inputs))].flatMap((one) =>
    printable(one).split(/\s+/),
  )
  // What keeps text from coming to life is not seen, and is no word of it.
  return words.filter((word) => !all.includes(word.replaceAll('\u200c', '')))
}

function wordsOf(block: Block, shown: Input[]): string[] {
  const labels = (some: (Action | undefined)[]) => some.flatMap((action) => action?.label ?? [])
  switch (block.kind) {
    case 'text':
      return [block.text]
    case 'facts':
      return block.facts.flatMap(({ label, value }) => [label, value])
    case 'table':
      return [block.caption, ...block.columns, ...block.rows.flat()]
    case 'items':
      return [block.label, ...block.items.flatMap(({ title, detail, action }) => [title, detail, ...labels([action])])]
    case 'picture':
      return [block.alt]
    case 'actions':
      return labels(block.actions)
    case 'input': {
      if (!shown.includes(block.input)) return []
      const options = 'options' in block.input ? block.input.options.map(({ label }) => label) : []
      // A field without options is no field: its hint goes with it.
      const hint = 'options' in block.input && options.length === 0 ? [] : [block.input.hint ?? '']
      return [block.input.label, ...hint, ...options]
    }
  }
}
