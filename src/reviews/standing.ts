// The card of a message that stands somewhere, as it is now.
import type { Card } from '../conversation/card.ts'
import { desiredMessages } from '../conversation/desired-messages.ts'
import { refusalText } from '../conversation/refusals.ts'
import { outsider } from '../domain/authority.ts'
import { type App, actingNow, type Visitor } from './app.ts'
import { readReview, readWorkspace } from './command.ts'

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
  const [, id = '', name = ''] = /^review\/([0-9a-f]{16})\/([^@]+)(?:@\w+)?$/.exec(key) ?? []
  const found = await readReview(app, visitor.workspace, id)
  const workspace = found?.workspace ?? (await readWorkspace(app, visitor.workspace))
  const outside = outsider(workspace, actingNow(app, visitor))
  if (outside) return { refused: refusalText(outside, workspace) }
  const message = found && desiredMessages(found.review, workspace).find((one) => one.key === name)
  if (!message || (message.to.kind === 'person' && message.to.person !== visitor.person)) {
    return { refused: refusalText({ code: 'no_such_thing' }, workspace) }
  }
  return { card: message.card }
}
