// The card of a message that stands somewhere, as it is now.
import type { Card } from '../conversation/card.ts'
import { desiredMessages } from '../conversation/desired-messages.ts'
import { refusalText } from '../conversation/refusals.ts'
import { outsider } from '../domain/authority.ts'
import { type App, actingNow, type Visitor } from './app.ts'
import { readReview, readWorkspace } from './command.ts'

/** A message's key in parts: the stream of its review, and its name there, with the platform of a person's behind an @. */
export function partsOf(key: string): { stream: string; name: string } {
  const [, stream = '', name = ''] = /^(review\/[0-9a-f]{16})\/(.+)$/.exec(key) ?? []
  return { stream, name }
}

/**
 * The card of a message, for someone who may see it: a person's own, or one that stands where a review takes place.
 * @param key the message's own, `review/id/key`, with the platform of a person's behind an @
 * @returns the card, or why there is none
 */
export async function standingCard(
  app: App,
  visitor: Visitor,
  key: string,
): Promise<{ card: Card } | { refused: string }> {
  const { stream, name } = partsOf(key)
  const found = await readReview(app, visitor.workspace, stream.replace('review/', ''))
  const workspace = found?.workspace ?? (await readWorkspace(app, visitor.workspace))
  const outside = outsider(workspace, actingNow(app, visitor))
  if (outside) return { refused: refusalText(outside, workspace) }
  const own = name.replace(/@\w+$/, '')
  const message = found && desiredMessages(found.review, workspace).find((one) => one.key === own)
  if (!message || (message.to.kind === 'person' && message.to.person !== visitor.person)) {
    return { refused: refusalText({ code: 'no_such_thing' }, workspace) }
  }
  return { card: message.card }
}
