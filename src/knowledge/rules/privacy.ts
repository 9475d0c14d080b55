// Threats to the data the feature handles: in answers, in logs, at the provider, in reuse.
import { all, any, is, languageModel, ownModel, sensitive, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const privacyRules: Rule[] = [
  {
    id: 'disclosure-in-answers',
    on: 'model',
    area: 'privacy',
    title: 'Answers give away data',
    statement: ({ the, someone, data }) =>
      `${someone} gets ${the('model')} to put ${data} of someone else into an answer: by asking for it, by asking around it, or by accident.`,
    when: all(languageModel, sensitive, is('exposure', 'public', 'customer', 'internal', 'mixed')),
    quotes: ['feature_purpose', 'retrieval_memory'],
    refs: ['AML.T0057', 'LLM02:2025', 'STRIDE:I'],
    likelihood: { start: 3, moved: ['exposure', 'shared'], why: 'what is in the context can be in the answer' },
    impact: { of: 'data', moved: [], why: 'the data in the context' },
    controls: ['data-minimisation', 'disclosure-filter', 'retrieval-authorization', 'users-own-rights'],
  },
  {
    id: 'log-exposure',
    on: 'log',
    area: 'privacy',
    title: 'Prompt logs become a second copy of the data',
    statement: ({ the, data }) =>
      `${the('log')} hold every prompt and answer, ${data} included; developers, support and whoever breaks in read there what the feature’s own access rules were meant to protect.`,
    when: all(yes('logs_prompts'), sensitive),
    quotes: ['prompt_logging_retention'],
    refs: ['AML.T0036', 'LLM02:2025', 'STRIDE:I'],
    likelihood: { start: 2, moved: ['retention'], why: 'logs are read by more people than records are' },
    impact: { of: 'data', why: 'everything anyone typed' },
    controls: ['log-redaction', 'log-access', 'log-retention', 'secret-scanning'],
  },
  {
    id: 'kept-too-long',
    on: 'log',
    area: 'privacy',
    title: 'Prompts are kept longer than anyone needs',
    statement: ({ the, users }) =>
      `${the('log')} keep what ${users} typed for so long that a request to erase cannot be met, and a breach years later still hits them.`,
    when: all(yes('logs_prompts'), is('log_retention', 'longer', 'no_limit'), sensitive),
    quotes: ['prompt_logging_retention'],
    cue: /day|month|year|forever|indefinite|keep|retain|retention/i,
    refs: ['LLM02:2025', 'STRIDE:I'],
    likelihood: { start: 3, moved: [], why: 'time does the rest' },
    impact: { of: 3, moved: ['vulnerable'], why: 'duties to erase, and a larger breach' },
    controls: ['log-retention', 'log-redaction'],
  },
  {
    id: 'provider-reuse',
    on: 'model',
    area: 'privacy',
    title: 'The provider keeps or learns from what is sent',
    statement: ({ the, data, facts }) =>
      `The provider of ${the('model')} ${
        facts.provider_trains_on_data === true
          ? 'trains on'
          : facts.provider_logs_prompts === true
            ? 'keeps'
            : 'may keep or train on'
      } what is sent to it, where its staff, its next model or an intruder can find it, and the company loses control of ${data} for good.`,
    when: all(
      is('model_source', 'third_party_api', 'vendor_embedded', 'mixed'),
      sensitive,
      any(yes('provider_trains_on_data'), yes('provider_logs_prompts')),
    ),
    quotes: ['user_data_reuse', 'prompt_logging_retention', 'model_provider'],
    cue: /provider|azure|openai|anthropic|google|vendor|abuse/i,
    refs: ['LLM02:2025', 'LLM03:2025', 'STRIDE:I'],
    likelihood: { start: 3, moved: [], why: 'terms and defaults differ by plan, and change' },
    impact: { of: 'data', why: 'it cannot be called back' },
    controls: ['provider-terms', 'data-minimisation', 'supplier-review'],
  },
  {
    id: 'reuse-without-consent',
    on: 'training_set',
    area: 'privacy',
    title: 'What people typed is reused without their knowing',
    statement: ({ the, users, data }) =>
      `What ${users} typed or uploaded goes into ${the('training_set')} for another purpose than theirs, ${data} included, and cannot be taken out of the model again.`,
    when: all(
      any(yes('user_data_reused_for_training'), yes('trains_or_fine_tunes'), ownModel),
      yes('user_data_reused_for_training'),
      sensitive,
    ),
    quotes: ['user_data_reuse', 'training_data_provenance'],
    refs: ['LLM02:2025', 'STRIDE:I'],
    likelihood: { start: 3, moved: [], why: 'it is how the feature is built' },
    impact: { of: 'data', moved: ['vulnerable'], why: 'purpose, consent and erasure all fail at once' },
    controls: ['reuse-consent', 'privacy-training', 'labelled-ai'],
  },
]
