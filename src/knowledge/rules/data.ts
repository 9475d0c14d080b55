// Threats to what the model learns from, and through it.
import { all, any, is, sensitive, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const dataRules: Rule[] = [
  {
    id: 'training-poisoning',
    on: 'training_set',
    area: 'data',
    title: 'Training examples are poisoned',
    statement: ({ the }) =>
      `Someone who can add to the sources of ${the('training_set')} plants examples that make the model wrong where it suits them, or open to a trigger only they know.`,
    when: all(yes('trains_or_fine_tunes'), is('training_data', 'public_web', 'user_submitted', 'third_party_shared')),
    quotes: ['training_data_provenance'],
    refs: ['AML.T0020', 'LLM04:2025', 'ASI06', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['exposure'], why: 'others can write to the sources' },
    impact: { of: 4, why: 'the fault is in the model and stays there' },
    controls: ['training-provenance', 'poisoning-checks', 'quality-evaluation', 'change-review'],
  },
  {
    id: 'feedback-poisoning',
    on: 'training_set',
    area: 'data',
    title: 'Users teach the model something harmful',
    statement: ({ the, someone }) =>
      `${someone} feeds it many crafted inputs or ratings; they flow into ${the('training_set')}, and the next version behaves as the attacker wants.`,
    when: yes('user_data_reused_for_training'),
    quotes: ['user_data_reuse', 'training_data_provenance'],
    refs: ['AML.T0020', 'LLM04:2025', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['exposure'], why: 'using the feature is contributing to it' },
    impact: { of: 3, moved: ['automation', 'vulnerable'], why: 'it changes answers for everyone' },
    controls: ['feedback-review', 'poisoning-checks', 'query-limits', 'drift-monitoring'],
  },
  {
    id: 'memorised-data',
    on: 'model',
    area: 'privacy',
    title: 'The model repeats what it was trained on',
    statement: ({ the, someone, data }) =>
      `${someone} gets ${the('model')} to repeat examples it was trained on, word for word, ${data} included.`,
    when: all(
      any(yes('trains_or_fine_tunes'), yes('user_data_reused_for_training')),
      sensitive,
      is('ai_type', 'llm_chat', 'llm_rag', 'llm_agent', 'multi_agent', 'coding_assistant', 'translation'),
    ),
    quotes: ['training_data_provenance', 'user_data_reuse'],
    refs: ['AML.T0024', 'LLM02:2025', 'STRIDE:I'],
    likelihood: { start: 2, moved: ['exposure'], why: 'rare or repeated examples are remembered best' },
    impact: { of: 'data', why: 'what stood in the examples' },
    controls: ['privacy-training', 'disclosure-filter', 'query-limits'],
  },
  {
    id: 'drift-unreviewed',
    on: 'model',
    area: 'operations',
    title: 'The model changes and nobody looks again',
    statement: ({ the }) =>
      `${the('model')} is retrained, updated or simply ages; its behaviour moves away from what was reviewed, and every decision made here quietly stops being true.`,
    when: any(
      yes('trains_or_fine_tunes'),
      yes('user_data_reused_for_training'),
      is('model_source', 'in_house_trained', 'fine_tuned'),
    ),
    quotes: ['training_data_provenance', 'model_provider'],
    refs: ['AML.T0031', 'LLM04:2025', 'STRIDE:T'],
    likelihood: { start: 3, moved: [], why: 'models are retrained more often than they are reviewed' },
    impact: { of: 3, moved: ['automation'], why: 'errors grow without a single event to notice' },
    controls: ['change-review', 'drift-monitoring', 'quality-evaluation'],
  },
]
