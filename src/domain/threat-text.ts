// Puts the team's own names for components into a threat's text.
import type { Component, System } from './component.ts'
import type { QuestionKey } from './question.ts'

const generic: Record<Component['kind'], string> = {
  user: 'the user',
  feature: 'the feature',
  prompt: 'the system instructions',
  model: 'the model',
  knowledge_base: 'the knowledge base',
  memory: 'the memory',
  outside_content: 'content from outside',
  tool: 'its tools',
  secret: 'the keys within its reach',
  log: 'the prompt logs',
  training_set: 'the training data',
  supplier: 'its packages and suppliers',
  consumer: 'the consumer of the output',
  reviewer: 'the person in the loop',
}

/** What the team calls a component, quoted from its answers; the plain noun where it did not name it. */
export function nameOf({ kind, names }: Component, answers: Partial<Record<QuestionKey, string>>): string {
  const words = names.flatMap(({ question, start, end }) => answers[question]?.slice(start, end) ?? [])
  return words.length > 0 ? `${generic[kind]} (${words.join(', ')})` : generic[kind]
}

/** A catalogue text with its `{kind-n}` replaced by names. */
export function withNames(text: string, { components, answers }: Pick<System, 'components' | 'answers'>): string {
  const named = text.replaceAll(/\{([a-z_]+-\d+)\}/g, (_, id: string) => {
    const component = components.find((one) => one.id === id)
    if (!component) return generic[id.slice(0, id.lastIndexOf('-')) as Component['kind']] ?? 'a part of the system'
    return nameOf(component, answers)
  })
  return named.charAt(0).toUpperCase() + named.slice(1)
}
