// Parts of a card within the room of a message or view; what finds no room is counted, never dropped without a word.
import type { types } from '@slack/bolt'
import { limits } from './limits.ts'

/** A block, and what of the card it shows. */
export interface Part {
  block: types.KnownBlock
  kind: 'title' | 'button' | 'field' | 'line' | 'table' | 'picture'
  /** How many of its kind it shows. */
  count: number
}

/** What holds blocks. */
export type Surface = 'message' | 'modal' | 'home'

const elsewhere: Record<Surface, string> = {
  message: 'into one Slack message. Say “mine” for what waits for you; the web chat shows everything.',
  modal: 'into one Slack window. The web chat shows everything.',
  home: 'into this tab. Say “mine” for what waits for you; the web chat shows everything.',
}

/** What takes its place first: without buttons and fields nobody can go on, and the title says what it is about. */
const ranks: Part['kind'][][] = [['title'], ['button'], ['field'], ['line', 'table', 'picture']]

/** Room for the line that counts, and for the id Slack gives every block. */
const noteSize = 400
const idSize = 20

/** The parts' blocks, in order; if they do not all fit, those that matter most and a line that counts the others. */
export function fitWithin(surface: Surface, parts: Part[]): types.KnownBlock[] {
  const message = surface === 'message'
  const room = message ? limits.messageSize : limits.viewBytes
  const most = message ? limits.messageBlocks : limits.viewBlocks
  const size = ({ block }: Part) => {
    const json = JSON.stringify(block)
    return idSize + (message ? json.length : Buffer.byteLength(json))
  }
  const total = parts.reduce((sum, part) => sum + size(part), 0)
  if (parts.length <= most && total <= room) return parts.map(({ block }) => block)
  const kept = new Set<Part>()
  let left = room - noteSize
  for (const rank of ranks) {
    for (const part of parts.filter(({ kind }) => rank.includes(kind))) {
      // What comes after the first that finds no room would stand out of context.
      if (kept.size === most - 1 || size(part) > left) break
      kept.add(part)
      left -= size(part)
    }
  }
  const missing = parts.filter((part) => !kept.has(part))
  const first = parts.indexOf(missing[0] as Part)
  const blocks = (some: Part[]) => some.filter((part) => kept.has(part)).map(({ block }) => block)
  return [...blocks(parts.slice(0, first)), note(surface, missing), ...blocks(parts.slice(first))]
}

function note(surface: Surface, missing: Part[]): types.KnownBlock {
  const counts = new Map<string, number>()
  for (const { kind, count } of missing) {
    const name = kind === 'title' ? 'line' : kind
    counts.set(name, (counts.get(name) ?? 0) + count)
  }
  const all = [...counts].map(([name, count]) => `${count} more ${name}${count === 1 ? '' : 's'}`)
  const text = `… and ${all.join(', ')} that did not fit ${elsewhere[surface]}`
  return { type: 'section', text: { type: 'plain_text', text, emoji: false } }
}
