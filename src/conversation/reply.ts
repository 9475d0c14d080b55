// What comes back to the person who pressed or typed something.
import type { Card, Form } from './card.ts'
import { shortReceipt } from './people.ts'

export type Reply =
  /** Recorded, or nothing to record; the text is said in private. `next` opens at once. */
  | { kind: 'done'; text: string; receipt?: string; next?: Form }
  | { kind: 'form'; form: Form }
  /** A card for this person alone, such as a status. */
  | { kind: 'card'; card: Card }
  /** Refused, with the reason and the way on, in private. */
  | { kind: 'refused'; text: string }
  /** Something in a form has to be said better: what, by the input's name. */
  | { kind: 'invalid'; errors: Record<string, string> }

/** What was done, with the receipt that the log can be held against. */
export function doneWords({ text, receipt }: { text: string; receipt?: string | undefined }): string {
  return receipt ? `${text} Receipt ${shortReceipt(receipt)}` : text
}
