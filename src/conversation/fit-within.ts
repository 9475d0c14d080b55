// Parts of a card within the room a platform gives; what finds no room is counted, never dropped without a word.

/** A platform's block, and what of the card it shows. */
export interface Part<Block> {
  block: Block
  kind: 'title' | 'button' | 'field' | 'line' | 'table' | 'picture'
  /** How many of its kind it shows. */
  count: number
}

export interface Room<Block> {
  /** What all blocks together may take, by `sizeOf`. */
  size: number
  /** The most blocks. */
  most: number
  sizeOf(block: Block): number
  /** The line that says how much more there is, which is at most 400 in size. */
  note(words: string): Block
  /** Where the rest can be seen: `into … . Say …`. */
  elsewhere: string
}

/** What takes its place first: without buttons and fields nobody can go on, and the title says what it is about. */
const ranks: Part<unknown>['kind'][][] = [['title'], ['button'], ['field'], ['line', 'table', 'picture']]

/** Room for the line that counts. */
const noteSize = 400

/** The parts' blocks, in order; if they do not all fit, those that matter most and a line that counts the others. */
export function fitWithin<Block>(parts: Part<Block>[], room: Room<Block>): Block[] {
  const size = ({ block }: Part<Block>) => room.sizeOf(block)
  const total = parts.reduce((sum, part) => sum + size(part), 0)
  if (parts.length <= room.most && total <= room.size) return parts.map(({ block }) => block)
  const kept = new Set<Part<Block>>()
  let left = room.size - noteSize
  for (const rank of ranks) {
    for (const part of parts.filter(({ kind }) => rank.includes(kind))) {
      // What comes after the first that finds no room would stand out of context.
      if (kept.size === room.most - 1 || size(part) > left) break
      kept.add(part)
      left -= size(part)
    }
  }
  const missing = parts.filter((part) => !kept.has(part))
  const first = parts.indexOf(missing[0] as Part<Block>)
  const blocks = (some: Part<Block>[]) => some.filter((part) => kept.has(part)).map(({ block }) => block)
  const note = room.note(`… and ${counted(missing)} that did not fit ${room.elsewhere}`)
  return [...blocks(parts.slice(0, first)), note, ...blocks(parts.slice(first))]
}

function counted(missing: Part<unknown>[]): string {
  const counts = new Map<string, number>()
  for (const { kind, count } of missing) {
    const name = kind === 'title' ? 'line' : kind
    counts.set(name, (counts.get(name) ?? 0) + count)
  }
  return [...counts].map(([name, count]) => `${count} more ${name}${count === 1 ? '' : 's'}`).join(', ')
}
