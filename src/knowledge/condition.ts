// Conditions over facts in three values: true, false, and unknown with the facts it hangs on.
import { type FactKey, type Facts, isKnown } from '../domain/fact.ts'

export interface Verdict {
  truth: boolean | 'unknown'
  /** Known facts the verdict rests on. */
  rests: FactKey[]
  /** Unknown facts that would settle it. */
  hangs: FactKey[]
  /** How many unknowns would all have to turn out badly for it to be true. */
  doubts: number
}
export type Condition = (facts: Facts) => Verdict

/** True when the fact has one of the values; for a choice of several, when any of them was chosen. */
export function is<K extends FactKey>(fact: K, ...values: (string | boolean)[]): Condition {
  return (facts) => {
    const value = facts[fact]
    if (value === 'unknown') return { truth: 'unknown', rests: [], hangs: [fact], doubts: 1 }
    if (!isKnown(value)) return { truth: false, rests: [fact], hangs: [], doubts: 0 }
    const chosen: readonly unknown[] = Array.isArray(value) ? value : [value]
    return { truth: chosen.some((one) => (values as unknown[]).includes(one)), rests: [fact], hangs: [], doubts: 0 }
  }
}

export const yes = (fact: FactKey): Condition => is(fact, true)
export const no = (fact: FactKey): Condition => is(fact, false)

export function all(...conditions: Condition[]): Condition {
  return (facts) => {
    const verdicts = conditions.map((condition) => condition(facts))
    const failed = verdicts.find(({ truth }) => truth === false)
    if (failed) return { truth: false, rests: failed.rests, hangs: [], doubts: 0 }
    const doubts = verdicts.reduce((sum, verdict) => sum + verdict.doubts, 0)
    return { ...together(verdicts, doubts > 0 ? 'unknown' : true), doubts }
  }
}

export function any(...conditions: Condition[]): Condition {
  return (facts) => {
    const verdicts = conditions.map((condition) => condition(facts))
    const met = verdicts.filter(({ truth }) => truth === true)
    if (met.length > 0) return together(met, true)
    const open = verdicts.filter(({ truth }) => truth === 'unknown')
    if (open.length === 0) return together(verdicts, false)
    return { ...together(open, 'unknown'), doubts: Math.min(...open.map(({ doubts }) => doubts)) }
  }
}

function together(verdicts: Verdict[], truth: Verdict['truth']): Verdict {
  const union = (part: 'rests' | 'hangs') => [...new Set(verdicts.flatMap((verdict) => verdict[part]))]
  return { truth, rests: union('rests'), hangs: union('hangs'), doubts: 0 }
}

export const languageModel: Condition = is(
  'ai_type',
  'llm_chat',
  'llm_rag',
  'llm_agent',
  'multi_agent',
  'coding_assistant',
)
export const agent: Condition = is('ai_type', 'llm_agent', 'multi_agent', 'coding_assistant')
/** Sorts, scores or recognises what it is shown. */
export const classifier: Condition = is('ai_type', 'predictive_classifier', 'biometric', 'translation')
/** Runs models for others: a serving layer, a platform with notebooks and jobs. */
export const platform: Condition = is('ai_type', 'ml_platform', 'model_serving')
/** Reachable by people outside the company. */
export const reachable: Condition = is('exposure', 'public', 'customer', 'mixed')
export const sensitive: Condition = is(
  'sensitive_data',
  'personal',
  'financial',
  'health',
  'biometric',
  'credentials',
  'source_code',
  'confidential_business',
  'conversations',
)
/** The model’s behaviour comes from the company’s own training. */
export const ownModel: Condition = is('model_source', 'in_house_trained', 'fine_tuned')
/** The company holds the weights itself, whoever trained them. */
export const ownWeights: Condition = is('model_source', 'open_weights', 'in_house_trained', 'fine_tuned', 'mixed')
/** A language model that can do these things through its tools. */
export const can = (...capabilities: string[]): Condition =>
  all(languageModel, yes('uses_tools'), is('tool_capabilities', ...capabilities))
/** Its output is read by people. */
export const readByPeople: Condition = is('output_handling', 'human_read', 'plain_text', 'rendered_markdown_html')
