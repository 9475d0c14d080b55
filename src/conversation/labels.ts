// The words for questions, facts, values, treatments and stages.

import type { ReopenCause } from '../domain/event.ts'
import type { FactKey } from '../domain/fact.ts'
import type { Signer } from '../domain/policy.ts'
import type { QuestionKey } from '../domain/question.ts'
import type { Severity } from '../domain/rating.ts'
import type { Stage, ThreatStatus } from '../domain/review.ts'
import type { Area } from '../domain/threat.ts'
import type { TreatmentKind } from '../domain/treatment.ts'
import type { Role } from '../domain/workspace-event.ts'

export const questionTexts: Record<QuestionKey, { ask: string; short: string; hint: string }> = {
  feature_purpose: {
    ask: 'What does the feature do, and for whom?',
    short: 'Purpose',
    hint: 'For example: answers support staff’s questions from our help centre and customer records',
  },
  users_exposure: {
    ask: 'Who uses it, and how is it reachable?',
    short: 'Users',
    hint: 'For example: about 200 support agents, inside our admin tool, behind single sign-on',
  },
  model_provider: {
    ask: 'Which model, from whom, hosted where?',
    short: 'Model',
    hint: 'For example: GPT-4o over the API of Azure, region West Europe',
  },
  training_data_provenance: {
    ask: 'Where does training or fine-tuning data come from?',
    short: 'Training data',
    hint: 'For example: none, we use the model as supplied',
  },
  prompt_logging_retention: {
    ask: 'Are prompts and outputs logged? Where, who reads them, for how long?',
    short: 'Logging',
    hint: 'Your own logs, and apart from them what the provider keeps. For example: Datadog, 30 days, the platform team',
  },
  user_data_reuse: {
    ask: 'Is what users type reused for training, fine-tuning, evaluation or caching?',
    short: 'Reuse',
    hint: 'By you, and apart from that by the provider',
  },
  retrieval_memory: {
    ask: 'What else reaches the prompt: documents, vector store, memory, mail, web?',
    short: 'Retrieval and memory',
    hint: 'For example: Confluence articles through pgvector; ticket texts written by customers',
  },
  tools_downstream: {
    ask: 'What can it reach or do downstream, and with whose rights?',
    short: 'Tools',
    hint: 'For example: reads Salesforce with a service account; cannot write',
  },
  output_consumers: {
    ask: 'Who or what consumes the output?',
    short: 'Output',
    hint: 'For example: shown to the agent as Markdown in the ticket sidebar',
  },
  human_oversight: {
    ask: 'Where does a person look before something happens?',
    short: 'Oversight',
    hint: 'For example: the agent reads every draft before sending it',
  },
  secrets_keys: {
    ask: 'Which keys and secrets are within its reach?',
    short: 'Keys',
    hint: 'For example: an API key for the model and an OAuth token for the CRM, in the vault',
  },
  supply_chain: {
    ask: 'Which packages, models, tool servers and suppliers is it built from?',
    short: 'Supply chain',
    hint: 'For example: LangChain from npm, one embedding model from Hugging Face, no plug-ins',
  },
}

export const factLabels: Record<FactKey, string> = {
  ai_type: 'Kind of AI',
  lifecycle: 'How far along',
  sensitive_data: 'Sensitive data it handles',
  exposure: 'Reachable by',
  user_types: 'Users',
  multi_tenant: 'Several customers share it',
  model_source: 'The model comes from',
  scores_exposed: 'Callers see scores or confidences',
  trains_or_fine_tunes: 'You train or fine-tune a model',
  training_data: 'Training data',
  logs_prompts: 'You log prompts or outputs',
  log_retention: 'Kept for',
  provider_logs_prompts: 'The provider keeps prompts',
  user_data_reused_for_training: 'You reuse what users type',
  provider_trains_on_data: 'The provider trains on it',
  uses_rag: 'It retrieves documents',
  has_memory: 'It remembers earlier conversations',
  ingests_untrusted_content: 'It reads content others can write',
  uses_tools: 'It uses tools or other systems',
  tool_capabilities: 'What they can do',
  tool_identity: 'With whose rights',
  output_handling: 'What happens with the output',
  human_in_loop: 'A person looks first',
  secrets_reachable: 'Keys or secrets within reach',
  third_party_components: 'Third-party packages, models or tool servers',
}

const valueLabels: Record<string, string> = {
  llm_chat: 'chat assistant',
  llm_rag: 'assistant with retrieval',
  llm_agent: 'agent that acts',
  multi_agent: 'several agents',
  coding_assistant: 'coding assistant',
  predictive_classifier: 'classifier or prediction',
  biometric: 'face, voice or other biometrics',
  translation: 'translation',
  ml_platform: 'machine-learning platform',
  model_consumer: 'uses models others publish',
  model_serving: 'model server',
  third_party_api: 'a provider’s API',
  open_weights: 'open weights',
  in_house_trained: 'our own training',
  fine_tuned: 'our fine-tuning',
  vendor_embedded: 'a product we bought',
  on_device: 'whoever holds the device',
  customer: 'customers',
  internal: 'employees',
  mixed: 'a mix',
  code_exec: 'run code',
  network_fetch: 'fetch from the network',
  filesystem: 'read and write files',
  payments: 'move money',
  browser_control: 'drive a browser',
  infra_admin: 'administer infrastructure',
  read_data: 'read records',
  write_data: 'change records',
  send_message: 'send messages',
  users_own_rights: 'the asking person’s',
  service_account: 'a service account’s',
  rendered_markdown_html: 'rendered as Markdown or HTML',
  executed_code: 'run as code',
  automated_action: 'triggers an action by itself',
  automated_decision: 'decides about someone by itself',
  api_response: 'returned to another system',
  human_read: 'read by a person',
  plain_text: 'shown as plain text',
  under_30_days: 'up to 30 days',
  under_a_year: 'up to a year',
  longer: 'more than a year',
  no_limit: 'no limit set',
  ci_systems: 'build systems',
  public_web: 'the public web',
  user_submitted: 'users',
  third_party_shared: 'third parties',
  in_development: 'in development',
  unknown: 'I don’t know',
  not_applicable: 'does not apply',
  true: 'yes',
  false: 'no',
}

/** Where one value means something else behind another fact. */
const ownLabels: Partial<Record<FactKey, Record<string, string>>> = {
  sensitive_data: {
    personal: 'personal data',
    financial: 'financial data',
    health: 'health data',
    biometric: 'biometric data',
  },
  exposure: { public: 'anyone' },
}

/** A fact's value in words. */
export function valueLabel(fact: FactKey, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => valueLabel(fact, one)).join(', ')
  return ownLabels[fact]?.[String(value)] ?? valueLabels[String(value)] ?? String(value).replaceAll('_', ' ')
}

export const severityLabels: Record<Severity, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
}

export const treatmentLabels: Record<TreatmentKind, string> = {
  mitigate: 'Mitigate',
  in_place: 'Already in place',
  accept: 'Accept',
  transfer: 'Transfer',
  avoid: 'Avoid',
  not_applicable: 'Not applicable',
}

export const statusLabels: Record<ThreatStatus, string> = {
  open: 'to be treated',
  proposed: 'waits for a signature',
  treated: 'decided',
  merged: 'merged into another',
  dismissed: 'ruled out by an answer',
}

export const stageLabels: Record<Stage, string> = {
  interview: 'interview',
  treatment: 'treatment',
  signed_off: 'signed off',
}

export const areaLabels: Record<Area | 'default', string> = {
  prompts: 'Prompts and instructions',
  data: 'Data and training',
  privacy: 'Privacy and logging',
  tools: 'Tools and downstream systems',
  outputs: 'Outputs',
  model: 'The model itself',
  supply_chain: 'Supply chain',
  operations: 'Operations and misuse',
  default: 'Everything else',
}

export const signerLabels: Record<Signer, string> = {
  risk_owner: 'the threat’s risk owner',
  security_lead: 'a security lead',
  executive: 'an executive',
}

export const roleLabels: Record<Role, string> = {
  requester: 'requester',
  contributor: 'contributor',
  risk_owner: 'risk owner',
  security_lead: 'security lead',
  executive: 'executive',
  auditor: 'auditor',
}

export const causeLabels: Record<ReopenCause, string> = {
  new_model: 'another model',
  retrained: 'retraining or fine-tuning',
  new_tool: 'a new tool',
  new_data: 'a new data source',
  new_audience: 'another audience',
  incident: 'an incident',
  answer_changed: 'an answer changed',
  acceptance_expired: 'its acceptance ran out',
  mitigation_overdue: 'its mitigation is overdue',
  other: 'something else',
}

/** `one` threat, `2` threats. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
