// Conditions over facts in three values: true, false, and unknown with the facts it hangs on.
import { type FactKey, type Facts, isKnown } from '../domain/fact.ts'

export interface Verdict {
  truth: boolean | 'unknown'
  /** Known facts the verdict rests on. */
  rests: FactKey[]
  /** Unknown facts that would settle it. */
  hangs: FactKey[]
}
export type Condition = (facts: Facts) => Verdict

/** True when the fact has one of the values; for a choice of several, when any of them was chosen. */
export function is<K extends FactKey>(fact: K, ...values: (string | boolean)[]): Condition {
  return (facts) => {
    const value = facts[fact]
    if (value === 'unknown') return { truth: 'unknown', rests: [], hangs: [fact] }
    if (!isKnown(value)) return { truth: false, rests: [fact], hangs: [] }
    const chosen: readonly unknown[] = Array.isArray(value) ? value : [value]
    return { truth: chosen.some((one) => (values as unknown[]).includes(one)), rests: [fact], hangs: [] }
  }
}

export const yes = (fact: FactKey): Condition => is(fact, true)
export const no = (fact: FactKey): Condition => is(fact, false)

export function all(...conditions: Condition[]): Condition {
  return (facts) => {
    const verdicts = conditions.map((condition) => condition(facts))
    const failed = verdicts.find(({ truth }) => truth === false)
    if (failed) return { truth: false, rests: failed.rests, hangs: [] }
    return together(verdicts, verdicts.some(({ truth }) => truth === 'unknown') ? 'unknown' : true)
  }
}

export function any(...conditions: Condition[]): Condition {
  return (facts) => {
    const verdicts = conditions.map((condition) => condition(facts))
    const met = verdicts.filter(({ truth }) => truth === true)
    if (met.length > 0) return together(met, true)
    const open = verdicts.filter(({ truth }) => truth === 'unknown')
    return open.length > 0 ? { ...together(open, 'unknown'), rests: [] } : together(verdicts, false)
  }
}

function together(verdicts: Verdict[], truth: Verdict['truth']): Verdict {
  const union = (part: 'rests' | 'hangs') => [...new Set(verdicts.flatMap((verdict) => verdict[part]))]
  return { truth, rests: union('rests'), hangs: union('hangs') }
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
export const classifier: Condition = is('ai_type', 'predictive_classifier', 'biometric', 'translation')
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
export const ownModel: Condition = is('model_source', 'in_house_trained', 'fine_tuned')
