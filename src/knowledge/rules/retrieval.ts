// Threats to and through what is retrieved.
import { all, is, languageModel, sensitive, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const retrievalRules: Rule[] = [
  {
    id: 'retrieval-poisoning',
    on: 'knowledge_base',
    area: 'data',
    title: 'Planted passages steer the answers',
    statement: ({ the, swayed }) =>
      `Someone who can write to ${the('knowledge_base')} plants a passage made to be found; from then on ${swayed}, with the authority of the company’s own sources.`,
    when: all(languageModel, yes('uses_rag')),
    quotes: ['retrieval_memory'],
    refs: ['AML.T0070', 'AML.T0071', 'LLM08:2025', 'LLM04:2025', 'ASI06', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['content'], why: 'every author of a source is an author of answers' },
    impact: { of: 3, moved: ['automation', 'vulnerable'], why: 'wrong answers that look sourced' },
    controls: ['source-review', 'provenance-shown', 'input-fencing', 'injection-alerts'],
  },
  {
    id: 'retrieval-overreach',
    on: 'knowledge_base',
    area: 'privacy',
    title: 'Answers draw on documents the asker may not read',
    statement: ({ the, someone, data }) =>
      `${someone} asks for ${data} in their own words, and ${the('knowledge_base')} hands the model passages that person was never allowed to open.`,
    when: all(languageModel, yes('uses_rag'), sensitive),
    quotes: ['retrieval_memory', 'feature_purpose'],
    refs: ['AML.T0085.000', 'LLM02:2025', 'LLM08:2025', 'STRIDE:I'],
    likelihood: {
      start: 4,
      moved: ['exposure', 'shared'],
      why: 'an index forgets who may read what, unless it is told',
    },
    impact: { of: 'data', why: 'what stands in the documents' },
    controls: ['retrieval-authorization', 'tenant-isolation', 'provenance-shown', 'disclosure-filter'],
  },
  {
    id: 'index-copied',
    on: 'knowledge_base',
    area: 'data',
    title: 'The search index is a second copy of the documents',
    statement: ({ the, data }) =>
      `Whoever copies the search index of ${the('knowledge_base')} rebuilds ${data} from the stored passages and their vectors, past every rule that protects the originals.`,
    when: all(languageModel, yes('uses_rag'), is('sensitive_data', 'health', 'biometric', 'financial', 'credentials')),
    quotes: ['retrieval_memory', 'supply_chain'],
    refs: ['AML.T0036', 'LLM08:2025', 'STRIDE:I'],
    likelihood: { start: 2, moved: ['shared'], why: 'indexes are guarded less than the records they come from' },
    impact: { of: 'data', why: 'everything that was indexed' },
    controls: ['store-access', 'tenant-isolation', 'data-minimisation'],
  },
]
