// The port to a chat platform: three surfaces stand behind it, and a fourth is one folder.
//
// This half carries messages out. The other half comes in: a surface turns clicks and typed words into calls of `press`
// and `hear` (reviews/), and answers the Reply it gets in its platform's own way, by an exhaustive switch: told in
// private, shown as a form, or with errors under the fields.
import type { Card } from '../conversation/card.ts'

/** What a platform gives back for a posted message; stored as it is. */
type MessageRef = unknown

export interface Surface {
  /** The platform's name, as identities and places carry it. */
  name: 'slack' | 'teams' | 'web'
  /** Pictures have to be drawn and brought there first: a burst of decisions redraws them once. */
  slowPictures?: true
  /**
   * @param key the message's own; a platform that can post under a key does, so that a post repeated is one message
   * @throws TryLater, Unreachable
   */
  post(workspace: string, address: string, key: string, card: Card): Promise<MessageRef>
  /** @throws TryLater, Gone when the message is not there any more */
  update(workspace: string, ref: MessageRef, card: Card): Promise<void>
  remove(workspace: string, ref: MessageRef): Promise<void>
  /**
   * The message that a post under this key left, for one that failed without saying whether it took effect. A platform
   * that posts under keys needs none.
   */
  find?(workspace: string, address: string, key: string): Promise<MessageRef | undefined>
}

/** The platform asks for patience; other messages to the same place wait behind this one, in order. */
export class TryLater extends Error {
  override name = 'TryLater'
  readonly seconds: number
  constructor(seconds: number, cause?: unknown) {
    super(`the platform asks to wait ${seconds} seconds`, { cause })
    this.seconds = seconds
  }
}

/** The bot cannot write there: not a member, archived, uninstalled. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** The message was deleted by someone else. */
export class Gone extends Error {
  override name = 'Gone'
}
