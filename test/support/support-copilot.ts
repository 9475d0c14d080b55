// The review that the demo and most tests play: an internal support chatbot with retrieval and access to the CRM.
import type { Values } from '../../src/conversation/card.ts'

/** What the team announces. */
export const announcement =
  'We are building a support copilot on gpt-4o, with RAG over Confluence, that looks up customers in the CRM'

/** What is filled in, wave by wave. */
export const waveValues: Values[] = [
  {
    'feature_purpose.words':
      'A support copilot: it answers our support staff’s questions from the knowledge base and from customer records.',
    ai_type: 'llm_rag',
    lifecycle: 'in_development',
    sensitive_data: ['personal', 'conversations'],
    'users_exposure.words': 'About 200 support agents use it inside our admin tool, behind single sign-on.',
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
    'supply_chain.words': 'LangChain from npm and one embedding model.',
    third_party_components: 'true',
  },
  {
    'retrieval_memory.words':
      'Confluence articles through pgvector. Ticket texts that customers wrote are in the prompt too.',
    uses_rag: 'true',
    has_memory: 'false',
    ingests_untrusted_content: 'true',
    'prompt_logging_retention.words': 'Prompts and answers go to Datadog for 30 days; the platform team can read them.',
    logs_prompts: 'true',
    log_retention: 'under_30_days',
    'user_data_reuse.words': 'We do not reuse it. Whether Azure keeps anything, nobody here knows.',
    user_data_reused_for_training: 'false',
    provider_trains_on_data: 'false',
  },
  {
    'tools_downstream.words':
      'It reads customer records in the CRM with a service account that can see every customer.',
    uses_tools: 'true',
    tool_capabilities: ['read_data'],
    tool_identity: 'service_account',
    'secrets_keys.words': 'The OAuth token of the CRM, in the vault.',
    secrets_reachable: 'true',
  },
  {
    'output_consumers.words': 'The support agent reads the answer in the ticket sidebar, rendered as Markdown.',
    output_handling: ['rendered_markdown_html', 'human_read'],
    'human_oversight.words': 'The agent reads every answer before using it.',
    human_in_loop: 'always',
  },
]
