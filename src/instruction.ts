// An error that a person at the terminal can do something about: one line that says what.

export class Instruction extends Error {
  override name = 'Instruction'
}
