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
  /** @param key the message's own; a platform that can post under a key does, so that a post repeated is one message */
  post(workspace: string, address: string, key: string, card: Card): Promise<MessageRef>
  update(workspace: string, ref: MessageRef, card: Card): Promise<void>
  remove(workspace: string, ref: MessageRef): Promise<void>
}
