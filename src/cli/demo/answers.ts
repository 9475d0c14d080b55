// What the demo's product team says about its support chatbot, wave by wave.
import type { Values } from '../../conversation/card.ts'

export const announcement =
  'We are building a support copilot on GPT-4o that answers our staff from Confluence and looks customers up in the CRM'

export const answers: Values[] = [
  {
    'feature_purpose.words':
      'A support copilot: it answers questions of our support staff from the knowledge base and from customer records.',
    ai_type: 'llm_rag',
    lifecycle: 'in_development',
    sensitive_data: ['personal', 'conversations'],
    'users_exposure.words': 'About 200 support agents, inside our admin tool, behind single sign-on.',
    exposure: 'internal',
    user_types: ['employees'],
    multi_tenant: 'false',
  },
  {
    'model_provider.words': 'GPT-4o over the API of Azure OpenAI, region West Europe.',
    model_source: 'third_party_api',
    scores_exposed: 'false',
    'training_data_provenance.words': 'None; we use the model as supplied.',
    trains_or_fine_tunes: 'false',
    'supply_chain.words': 'LangChain from npm and one embedding model; no plug-ins, no tool servers.',
    third_party_components: 'true',
  },
  {
    'retrieval_memory.words':
      'Confluence articles through pgvector, synced nightly. Ticket texts that customers wrote are in the prompt too.',
    uses_rag: 'true',
    has_memory: 'false',
    ingests_untrusted_content: 'true',
    'prompt_logging_retention.words':
      'Prompts and answers go to Datadog for 30 days; only the platform team can read them.',
    logs_prompts: 'true',
    log_retention: 'under_30_days',
    provider_logs_prompts: 'unknown',
    'user_data_reuse.words':
      'We do not reuse it ourselves. Whether Azure keeps prompts for abuse monitoring, nobody here knows yet.',
    user_data_reused_for_training: 'false',
    provider_trains_on_data: 'false',
  },
  {
    'tools_downstream.words':
      'It reads customer records in the CRM with a service account that can see every customer.',
    uses_tools: 'true',
    tool_capabilities: ['read_data'],
    tool_identity: 'service_account',
    'secrets_keys.words': 'The OAuth token of the CRM, from the vault.',
    secrets_reachable: 'true',
  },
  {
    'output_consumers.words': 'The agent reads the answer in the ticket sidebar, rendered as Markdown.',
    output_handling: ['rendered_markdown_html', 'human_read'],
    'human_oversight.words': 'The agent reads every answer before using it.',
    human_in_loop: 'always',
  },
]
