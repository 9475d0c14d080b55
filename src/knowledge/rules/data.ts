// Threats to what the model learns from, and through it.
import { all, any, is, languageModel, ownModel, sensitive, yes } from '../condition.ts'
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
    refs: ['AML.T0020', 'AML.T0010.002', 'AML.T0059', 'LLM04:2025', 'ASI06', 'STRIDE:T'],
    likelihood: { start: 2, moved: ['outsiders', 'exposure'], why: 'others can write to the sources' },
    impact: { of: 4, why: 'the fault is in the model and stays there' },
    controls: ['training-provenance', 'poisoning-checks', 'trigger-tests', 'change-review'],
  },
  {
    id: 'feedback-poisoning',
    on: 'training_set',
    area: 'data',
    title: 'Users teach the model something harmful',
    statement: ({ the, someone }) =>
      `${someone}, alone or with many others, feeds it crafted inputs or ratings; they flow into ${the('training_set')}, and the next version says or does what they taught it, to everyone.`,
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
      `${someone} gets ${the('model')} to repeat examples it was trained on, word for word, ${data} of others included.`,
    when: all(
      any(yes('trains_or_fine_tunes'), yes('user_data_reused_for_training')),
      sensitive,
      any(languageModel, is('ai_type', 'translation')),
    ),
    quotes: ['training_data_provenance', 'user_data_reuse'],
    refs: ['AML.T0024', 'AML.T0024.001', 'LLM02:2025', 'STRIDE:I'],
    likelihood: { start: 2, moved: ['exposure'], why: 'rare or repeated examples are remembered best' },
    impact: { of: 'data', why: 'what stood in the examples' },
    controls: ['privacy-training', 'disclosure-filter', 'query-limits'],
  },
  {
    id: 'outside-data',
    on: 'training_set',
    area: 'supply_chain',
    title: 'A data set from elsewhere is not what it was taken for',
    statement: ({ the }) =>
      `Whoever hosts or took over a source of ${the('training_set')} swaps files after they were checked, or an author, a partner or a person in it demands their data out; the model has learned it all, and has to be withdrawn and trained again.`,
    when: all(yes('trains_or_fine_tunes'), is('training_data', 'public_web', 'third_party_shared', 'licensed')),
    quotes: ['training_data_provenance'],
    refs: ['AML.T0010.002', 'AML.T0059', 'LLM03:2025', 'LLM04:2025', 'STRIDE:T', 'STRIDE:R'],
    likelihood: { start: 2, moved: ['outsiders'], why: 'what is downloaded again is not what was checked' },
    impact: { of: 3, why: 'a claim or a fault in the model itself' },
    controls: ['training-provenance', 'data-rights', 'poisoning-checks'],
  },
  {
    id: 'drift-unreviewed',
    on: 'model',
    area: 'operations',
    title: 'The model changes and nobody looks again',
    statement: ({ the }) =>
      `${the('model')} is retrained, updated or simply ages; bit by bit it gets wrong what it got right when it was reviewed, and the decisions taken in this review no longer hold.`,
    when: any(yes('trains_or_fine_tunes'), yes('user_data_reused_for_training'), ownModel),
    quotes: ['training_data_provenance', 'model_provider'],
    refs: ['AML.T0031', 'STRIDE:T'],
    likelihood: { start: 2, moved: [], why: 'models are retrained more often than they are reviewed' },
    impact: { of: 3, moved: ['automation'], why: 'errors grow without a single event to notice' },
    controls: ['change-review', 'drift-monitoring', 'quality-evaluation'],
  },
  {
    id: 'provider-change',
    on: 'model',
    area: 'operations',
    title: 'The provider changes the model under a feature nobody watches',
    statement: ({ the }) =>
      `The supplier of ${the('model')} updates, throttles or withdraws it overnight; the feature goes on acting by itself with answers nobody has tested, or stops.`,
    when: all(
      is('model_source', 'third_party_api', 'vendor_embedded'),
      is('output_handling', 'automated_action', 'automated_decision'),
      is('human_in_loop', 'never'),
    ),
    quotes: ['model_provider', 'human_oversight'],
    refs: ['AML.T0031', 'LLM03:2025', 'ASI08', 'STRIDE:D'],
    likelihood: { start: 2, moved: [], why: 'hosted models change several times a year' },
    impact: { of: 3, why: 'wrong actions until someone notices' },
    controls: ['provider-fallback', 'drift-monitoring', 'quality-evaluation'],
  },
]
