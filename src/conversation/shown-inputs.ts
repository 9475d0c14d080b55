// Which inputs of a form apply to what is filled in so far.
import type { Input, Values } from './card.ts'

/** What an input holds: what was filled in, else what it starts with. */
export function currentValue({ name, value }: Input, values: Values): Values[string] | undefined {
  return Object.hasOwn(values, name) ? values[name] : value
}

/** The inputs that apply to what is filled in: one that follows another input needs that to apply as well. */
export function shownInputs(inputs: Input[], values: Values): Input[] {
  const byName = new Map(inputs.map((one) => [one.name, one]))
  const isShown = ({ name, when }: Input, followers: string[] = []): boolean => {
    if (!when) return true
    const other = byName.get(when.input)
    if (!other || followers.includes(name) || !isShown(other, [...followers, name])) return false
    return [currentValue(other, values) ?? ''].flat().some((value) => when.is.includes(String(value)))
  }
  return inputs.filter((one) => isShown(one))
}
