// Which card of the playground is meant by a label and values, and which of its buttons comes first.
import type { Values } from '../../../src/conversation/card.ts'
import type { PlaygroundButton, PlaygroundCard, PlaygroundInput } from './playground-card.ts'

export interface Plan {
  card: PlaygroundCard
  button: PlaygroundButton
  /** What goes into inputs before. */
  fills: [PlaygroundInput, Values[string]][]
  /** What is left for the same message once this button has changed it. */
  after?: Values
}

/** What to do next on a card for a press; nothing when the card cannot do all of it. */
export function planFor(card: PlaygroundCard, label: string | RegExp, values: Values): Plan | undefined {
  const fills: Plan['fills'] = []
  const setters: PlaygroundButton[] = []
  let isLeft = false
  for (const [name, value] of Object.entries(values)) {
    const input = inputFor(card, name)
    if (input) {
      fills.push([input, value])
      continue
    }
    const rivals = card.buttons.filter(({ set, checked }) => checked && name in set)
    const isMade = rivals.length > 1 && rivals.every(({ set }) => set[name] === value)
    if (isMade) continue
    const setter = rivals.find(({ set }) => set[name] === value && agrees(set, values))
    if (setter) setters.push(setter)
    else isLeft = true
  }
  const choice = setters.find(({ does }) => does === 'choose')
  if (choice) {
    const after = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in choice.set)))
    return { card, button: choice, fills: [], after }
  }
  if (isLeft) return
  const button = setters[0] ?? card.buttons.find(({ labels }) => labels.some((one) => reads(one, label)))
  return button && { card, button, fills }
}

/** The input a value is for: by its id without the mark of its kind, or by its label. */
function inputFor(card: PlaygroundCard, name: string): PlaygroundInput | undefined {
  return card.inputs.find(({ id, label }) => [id, id.replace(/(\[\]|[?@])$/, ''), label].includes(name))
}

function agrees(set: Record<string, unknown>, values: Values): boolean {
  return Object.entries(set).every(([name, value]) => values[name] === undefined || values[name] === value)
}

function reads(title: string, label: string | RegExp): boolean {
  return typeof label === 'string' ? title === label : label.test(title)
}
