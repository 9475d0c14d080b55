// The twelve questions of the interview, the facts behind each, and the five waves they are asked in.
import { z } from 'zod'
import type { FactKey } from './fact.ts'

export const questionKeys = [
  'feature_purpose',
  'users_exposure',
  'model_provider',
  'training_data_provenance',
  'prompt_logging_retention',
  'user_data_reuse',
  'retrieval_memory',
  'tools_downstream',
  'output_consumers',
  'human_oversight',
  'secrets_keys',
  'supply_chain',
] as const
export const QuestionKey = z.enum(questionKeys)
export type QuestionKey = z.infer<typeof QuestionKey>

export const factsBehind: Record<QuestionKey, readonly FactKey[]> = {
  feature_purpose: ['ai_type', 'lifecycle', 'sensitive_data'],
  users_exposure: ['exposure', 'user_types', 'multi_tenant'],
  model_provider: ['model_source', 'scores_exposed'],
  training_data_provenance: ['trains_or_fine_tunes', 'training_data'],
  prompt_logging_retention: ['logs_prompts', 'log_retention', 'provider_logs_prompts'],
  user_data_reuse: ['user_data_reused_for_training', 'provider_trains_on_data'],
  retrieval_memory: ['uses_rag', 'has_memory', 'ingests_untrusted_content'],
  tools_downstream: ['uses_tools', 'tool_capabilities', 'tool_identity'],
  output_consumers: ['output_handling'],
  human_oversight: ['human_in_loop'],
  secrets_keys: ['secrets_reachable'],
  supply_chain: ['third_party_components'],
}

/** One card per wave; a wave is what one submit answers. */
export const waves: readonly (readonly QuestionKey[])[] = [
  ['feature_purpose', 'users_exposure'],
  ['model_provider', 'training_data_provenance', 'supply_chain'],
  ['retrieval_memory', 'prompt_logging_retention', 'user_data_reuse'],
  ['tools_downstream', 'secrets_keys'],
  ['output_consumers', 'human_oversight'],
]

/** The question a fact belongs to. */
export function questionOf(fact: FactKey): QuestionKey {
  return questionKeys.find((key) => factsBehind[key].includes(fact)) as QuestionKey
}
