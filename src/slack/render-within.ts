// Parts of a card within the room of a Slack message or view.
import type { types } from '@slack/bolt'
import { type Part as AnyPart, fitWithin as fitParts } from '../conversation/fit-within.ts'
import { limits } from './limits.ts'

export type Part = AnyPart<types.KnownBlock>

/** What holds blocks. */
export type Surface = 'message' | 'modal' | 'home'

const elsewhere: Record<Surface, string> = {
  message: 'into one Slack message. Say “mine” for what waits for you; the web chat shows everything.',
  modal: 'into one Slack window. The web chat shows everything.',
  home: 'into this tab. Say “mine” for what waits for you; the web chat shows everything.',
}

/** The id Slack gives every block. */
const idSize = 20

/** The parts' blocks, in order; if they do not all fit, those that matter most and a line that counts the others. */
export function fitWithin(surface: Surface, parts: Part[]): types.KnownBlock[] {
  const message = surface === 'message'
  return fitParts(parts, {
    size: message ? limits.messageSize : limits.viewBytes,
    most: message ? limits.messageBlocks : limits.viewBlocks,
    sizeOf(block) {
      const json = JSON.stringify(block)
      return idSize + (message ? json.length : Buffer.byteLength(json))
    },
    note: (text) => ({ type: 'section', text: { type: 'plain_text', text, emoji: false } }),
    elsewhere: elsewhere[surface],
  })
}
