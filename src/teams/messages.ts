// Activities that carry a card. A card goes alone: with text beside it Teams splits the activity, and its id does not come
// back (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages).
import type { Card, Picture } from '../conversation/card.ts'
import { shorten } from '../conversation/printable.ts'
import { type AdaptiveCard, bytesOf, cardType, type Look, renderCard, renderShared, renderWords } from './cards.ts'
import { literal } from './escape.ts'
import { limits } from './limits.ts'
import type { Pictures } from './pictures.ts'

export interface Activity {
  type: 'message'
  summary: string
  attachments: { contentType: string; content: AdaptiveCard }[]
}

export function activityOf(content: AdaptiveCard, summary: string): Activity {
  return {
    type: 'message',
    summary: literal(shorten(summary.trim() || 'Countersign', limits.summary)),
    attachments: [{ contentType: cardType, content }],
  }
}

/** A few words as a message. */
export function wordsMessage(text: string): Activity {
  return activityOf(renderWords(text, {}), text)
}

/**
 * A card as the message that is kept up to date.
 * @param shared whether others look on: they see no threats and no pictures, and nothing that can be pressed but one's own view
 * @returns the message, and the pictures that found no room in it
 */
export function messageOf(
  card: Card,
  { key, viewers, shared, pictures }: { key: string; viewers: string[]; shared: boolean; pictures: Pictures },
): { activity: Activity; apart: { picture: Picture; url: string }[] } {
  const look = { ground: { key }, viewers }
  if (shared) return { activity: activityOf(renderShared(card, look), card.summary), apart: [] }
  const { content, apart } = withPictures(card, look, pictures)
  return { activity: activityOf(content, card.summary), apart }
}

/** A card with as many of its pictures as it has room for, and the others. */
export function withPictures(
  card: Card,
  look: Look,
  pictures: Pictures,
): { content: AdaptiveCard; apart: { picture: Picture; url: string }[] } {
  const drawn = card.blocks.flatMap((block) => {
    const url = block.kind === 'picture' ? pictures(block) : undefined
    return block.kind === 'picture' && url ? [{ picture: block, url }] : []
  })
  const bare = renderCard(card, look)
  if (drawn.length === 0) return { content: bare, apart: [] }
  let left = limits.messageBytes - limits.envelopeBytes - bytesOf(bare)
  const inline = new Set<Picture>()
  for (const { picture, url } of drawn) {
    if (bytesOf(url) > left) continue
    left -= bytesOf(url)
    inline.add(picture)
  }
  const content = renderCard(card, { ...look, pictures: (one) => (inline.has(one) ? pictures(one) : undefined) })
  return { content, apart: drawn.filter(({ picture }) => !inline.has(picture)) }
}

/** A picture as a message of its own; undefined where not even that has room for it. */
export function pictureMessage({ picture, url }: { picture: Picture; url: string }): Activity | undefined {
  if (bytesOf(url) > limits.messageBytes - limits.envelopeBytes - 1_000) return undefined
  const card: Card = { title: '', summary: picture.alt, blocks: [{ ...picture, kind: 'picture' }] }
  return activityOf(renderCard(card, { pictures: () => url }), picture.alt)
}
