// People and moments as they are written in a card.
import type { PersonId } from '../domain/treatment.ts'
import { plain, type Words } from '../domain/words.ts'
import { onlyReads, present, type Workspace } from '../domain/workspace.ts'
import type { Option } from './card.ts'

/** What stands where someone's words were erased. */
export const erasedText = '(erased)'

export function words(said: Words): string {
  return plain(said) ?? erasedText
}

export function nameOfPerson(workspace: Workspace, person: PersonId): string {
  if (person === 'system') return 'the clock'
  const member = workspace.members[person]
  return member ? words(member.name) : 'someone'
}

/** `Anna`, `Anna or Ben`, `Anna, Ben or Cleo`; `nobody yet` for none. */
export function anyOf(workspace: Workspace, people: PersonId[]): string {
  const names = people.map((person) => nameOfPerson(workspace, person))
  if (names.length === 0) return 'nobody yet'
  return names.length === 1 ? (names[0] as string) : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** Everyone of the workspace. */
export function everyoneOptions(workspace: Workspace): Option[] {
  return present(workspace).map(({ id, name, identities }) => ({
    value: id,
    label: words(name),
    accounts: identities.flatMap((identity) => plain(identity) ?? []),
  }))
}

/** Everyone who can be asked to do something: auditors cannot. */
export function personOptions(workspace: Workspace, without: PersonId[] = []): Option[] {
  return everyoneOptions(workspace).filter(({ value }) => !without.includes(value) && !onlyReads(workspace, value))
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `3 Dec 2026` */
export function day(at: string): string {
  const [year, month, date] = at.slice(0, 10).split('-').map(Number)
  return `${date} ${months[(month ?? 1) - 1]} ${year}`
}

/** `3 Dec 2026, 14:05 UTC` */
export function moment(at: string): string {
  return `${day(at)}, ${at.slice(11, 16)} UTC`
}

/** Enough of a receipt to hold against the log: 24 hex digits, 96 bits. */
export function shortReceipt(receipt: string): string {
  return receipt.slice(0, 24)
}
