// The port to a chat platform: three surfaces stand behind it, and a fourth is one folder.
//
// This half carries messages out. The other half comes in: a surface turns clicks and typed words into calls of `press`
// and `hear` (reviews/), and answers the Reply it gets in its platform's own way, by an exhaustive switch: told in
// private, shown as a form, or with errors under the fields.
import type { Card } from '../conversation/card.ts'
import type { Press } from '../conversation/press.ts'
import type { PersonId } from '../domain/treatment.ts'

/** What a platform gives back for a posted message; stored as it is. */
type MessageRef = unknown

/** A card on its way to where it stands. */
export interface Posting {
  /** The message's own: `stream/key`. */
  key: string
  card: Card
  /** Those who are expected to act on it, the first one first: a platform that shows people different things asks. */
  actors: PersonId[]
  /** Whether a form that sends this press still applies: where someone fills it in, the message is left alone. */
  applies(press: Press): boolean
}

export interface Surface {
  /** The platform's name, as identities and places carry it. */
  name: 'slack' | 'teams' | 'web'
  /** Pictures have to be drawn and brought there first: a burst of decisions redraws them once. */
  slowPictures?: true
  /**
   * A platform that can post under a key does, so that a post repeated is one message.
   * @throws TryLater, Unreachable
   */
  post(workspace: string, address: string, posting: Posting): Promise<MessageRef>
  /** @throws TryLater, Unreachable, BeingFilledIn, Gone when the message is not there any more */
  update(workspace: string, ref: MessageRef, posting: Posting): Promise<void>
  /** @throws TryLater, Unreachable, BeingFilledIn */
  remove(workspace: string, ref: MessageRef): Promise<void>
  /**
   * The message that a post under this key left, for one that failed without saying whether it took effect. A platform
   * that posts under keys needs none.
   * @param since RFC 3339: when the post was begun
   * @throws Uncertain while it may still show
   */
  find?(workspace: string, address: string, key: string, since: string): Promise<MessageRef | undefined>
}

/** The platform asks for patience, and did nothing; other messages to the same place wait behind this one, in order. */
export class TryLater extends Error {
  override name = 'TryLater'
  readonly seconds: number
  constructor(seconds: number, cause?: unknown) {
    super(`the platform asks to wait ${seconds} seconds`, { cause })
    this.seconds = seconds
  }
}

/** The platform took a post and did not say whether it took effect: it may still show, and is not repeated before. */
export class Uncertain extends TryLater {
  override name = 'Uncertain'
}

/**
 * Someone fills in a form in the message's place, which a change would take from under their hands. The surface asks for
 * the stream again when the form is closed.
 */
export class BeingFilledIn extends Error {
  override name = 'BeingFilledIn'
}

/** The bot cannot write there: not a member, archived, uninstalled. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** The message was deleted by someone else. */
export class Gone extends Error {
  override name = 'Gone'
}
