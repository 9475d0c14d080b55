// Systems for tests.
import { type Intake, readIntake } from '../../src/domain/intake.ts'

/** Reads an intake given as an object; a test's mistake in one is an error. */
function intake(source: { intake?: Record<string, string>; structured: Record<string, unknown> }): Intake {
  const read = readIntake(JSON.stringify(source))
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read
}

/** The support chatbot of the demo. */
export const supportCopilot = intake({
  intake: {
    feature_purpose:
      'A support copilot: it answers questions of our support staff from the knowledge base and from customer records.',
    users_exposure: 'About 200 support agents, inside our admin tool, behind single sign-on.',
    model_provider: 'GPT-4o over the API of Azure OpenAI.',
    training_data_provenance: 'None; we use the model as supplied.',
    prompt_logging_retention: 'Prompts and answers go to Datadog for 30 days.',
    user_data_reuse: 'We do not reuse it.',
    retrieval_memory: 'Confluence articles through pgvector. Ticket texts that customers wrote are in the prompt too.',
    tools_downstream: 'It reads customer records in the CRM with a service account.',
    output_consumers: 'The agent reads the answer, rendered as Markdown.',
    human_oversight: 'The agent reads every answer before using it.',
    secrets_keys: 'The OAuth token of the CRM, from the vault.',
    supply_chain: 'LangChain from npm and one embedding model.',
  },
  structured: {
    ai_type: 'llm_rag',
    lifecycle: 'in_development',
    sensitive_data: ['personal', 'conversations'],
    exposure: 'internal',
    user_types: ['employees'],
    multi_tenant: false,
    model_source: 'third_party_api',
    scores_exposed: false,
    trains_or_fine_tunes: false,
    logs_prompts: true,
    log_retention: 'under_30_days',
    provider_logs_prompts: 'unknown',
    user_data_reused_for_training: false,
    provider_trains_on_data: false,
    uses_rag: true,
    has_memory: false,
    ingests_untrusted_content: true,
    uses_tools: true,
    tool_capabilities: ['read_data'],
    tool_identity: 'service_account',
    output_handling: ['rendered_markdown_html', 'human_read'],
    human_in_loop: 'always',
    secrets_reachable: true,
    third_party_components: true,
  },
})

/** A public agent that moves money: several critical threats. */
export const refundAgent = intake({
  intake: {
    feature_purpose: 'Decides about refund requests and triggers the refund.',
    users_exposure: 'Anyone with an order number writes free text.',
    model_provider: 'Claude over the API.',
    tools_downstream: 'Refund API, with a service account, up to 500 euros.',
    human_oversight: 'None.',
    secrets_keys: 'An API key in the environment.',
  },
  structured: {
    ai_type: 'llm_agent',
    sensitive_data: ['financial', 'personal'],
    exposure: 'public',
    user_types: ['anonymous_public'],
    multi_tenant: false,
    model_source: 'third_party_api',
    scores_exposed: false,
    trains_or_fine_tunes: false,
    logs_prompts: true,
    log_retention: 'under_a_year',
    provider_logs_prompts: false,
    user_data_reused_for_training: false,
    provider_trains_on_data: false,
    uses_rag: false,
    has_memory: false,
    ingests_untrusted_content: true,
    uses_tools: true,
    tool_capabilities: ['payments', 'read_data'],
    tool_identity: 'service_account',
    output_handling: ['automated_action'],
    human_in_loop: 'never',
    secrets_reachable: true,
    third_party_components: false,
  },
})
