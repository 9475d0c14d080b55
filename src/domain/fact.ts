// The facts of an AI feature: their keys, their possible values, and what is not known.
import { z } from 'zod'

const AiType = z.enum([
  'llm_chat',
  'llm_rag',
  'llm_agent',
  'multi_agent',
  'coding_assistant',
  'predictive_classifier',
  'biometric',
  'translation',
  'ml_platform',
  'model_consumer',
  'model_serving',
])
const Lifecycle = z.enum(['idea', 'in_development', 'pilot', 'live'])
const SensitiveData = z.enum([
  'none',
  'personal',
  'financial',
  'health',
  'biometric',
  'credentials',
  'source_code',
  'confidential_business',
  'conversations',
])
const Exposure = z.enum(['public', 'customer', 'internal', 'mixed', 'on_device'])
const UserType = z.enum([
  'anonymous_public',
  'consumers',
  'customers',
  'businesses',
  'citizens',
  'applicants',
  'patients',
  'students',
  'children',
  'employees',
  'developers',
  'data_scientists',
  'security_operations',
  'ci_systems',
  'internal_services',
])
const ModelSource = z.enum([
  'third_party_api',
  'open_weights',
  'in_house_trained',
  'fine_tuned',
  'vendor_embedded',
  'mixed',
])
const TrainingData = z.enum(['public_web', 'user_submitted', 'third_party_shared', 'internal', 'licensed', 'synthetic'])
const LogRetention = z.enum(['under_30_days', 'under_a_year', 'longer', 'no_limit'])
const ToolCapability = z.enum([
  'none',
  'read_data',
  'write_data',
  'send_message',
  'code_exec',
  'network_fetch',
  'filesystem',
  'payments',
  'browser_control',
  'infra_admin',
])
const ToolIdentity = z.enum(['users_own_rights', 'service_account', 'mixed'])
const OutputHandling = z.enum([
  'plain_text',
  'rendered_markdown_html',
  'executed_code',
  'automated_action',
  'automated_decision',
  'api_response',
  'human_read',
])
const HumanInLoop = z.enum(['always', 'sometimes', 'never'])

const some = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(20)

/** Every fact and the values it can take when known. */
export const factValues = {
  ai_type: AiType,
  lifecycle: Lifecycle,
  sensitive_data: some(SensitiveData),
  exposure: Exposure,
  user_types: some(UserType),
  multi_tenant: z.boolean(),
  model_source: ModelSource,
  scores_exposed: z.boolean(),
  trains_or_fine_tunes: z.boolean(),
  training_data: some(TrainingData),
  logs_prompts: z.boolean(),
  log_retention: LogRetention,
  provider_logs_prompts: z.boolean(),
  user_data_reused_for_training: z.boolean(),
  provider_trains_on_data: z.boolean(),
  uses_rag: z.boolean(),
  has_memory: z.boolean(),
  ingests_untrusted_content: z.boolean(),
  uses_tools: z.boolean(),
  tool_capabilities: some(ToolCapability),
  tool_identity: ToolIdentity,
  output_handling: some(OutputHandling),
  human_in_loop: HumanInLoop,
  secrets_reachable: z.boolean(),
  third_party_components: z.boolean(),
} as const

export type FactKey = keyof typeof factValues
type FactValue<K extends FactKey = FactKey> = z.infer<(typeof factValues)[K]>
export const factKeys = Object.keys(factValues) as FactKey[]
export const FactKey = z.enum(factKeys as [FactKey, ...FactKey[]])

/** A fact as it stands: a value, or why there is none. */
export type Fact<K extends FactKey = FactKey> = FactValue<K> | 'unknown' | 'not_applicable'
export type Facts = { [K in FactKey]: Fact<K> }

/** The schema of one fact: its values, `unknown` or `not_applicable`. */
export function factSchema(key: FactKey) {
  return z.union([factValues[key], z.literal('unknown'), z.literal('not_applicable')])
}

/** All facts unknown: where every interview starts. */
export function unknownFacts(): Facts {
  return Object.fromEntries(factKeys.map((key) => [key, 'unknown'])) as Facts
}

export function isKnown<T>(fact: T | 'unknown' | 'not_applicable'): fact is T {
  return fact !== 'unknown' && fact !== 'not_applicable'
}

/** Whether two values of a fact say the same; the order within a choice of several does not count. */
export function sameFact(a: Fact, b: Fact): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return [...a].sort().join() === [...b].sort().join()
  return a === b
}

/** Facts that only make sense while another is true. */
export const dependsOn: Partial<Record<FactKey, FactKey>> = {
  training_data: 'trains_or_fine_tunes',
  log_retention: 'logs_prompts',
  tool_capabilities: 'uses_tools',
  tool_identity: 'uses_tools',
}
