// One way to drive a conversation on any surface: say something, press a button by its label, read what stands.
import type { Values } from '../../src/conversation/card.ts'

export interface Driver {
  say(handle: string, words: string): Promise<void>
  /** Presses the first button whose label or accessible label reads so, on the newest message that has one. */
  press(handle: string, label: string | RegExp, values?: Values): Promise<void>
  /** Closes the form a person has open, if there is one. */
  leave(handle: string): Promise<void>
  /** Everything a person sees, as text. */
  sees(handle: string): Promise<string>
}
