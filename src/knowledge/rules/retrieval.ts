// Threats to and through what is retrieved.
import { all, languageModel, sensitive, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const retrievalRules: Rule[] = [
  {
    id: 'retrieval-poisoning',
    on: 'knowledge_base',
    area: 'data',
    title: 'Planted passages steer the answers',
    statement: ({ the, users }) =>
      `Someone who can write to ${the('knowledge_base')} plants a passage made to be retrieved, so that ${users} get the attacker’s answer, or the attacker’s instructions, with the authority of the company’s own sources.`,
    when: all(languageModel, yes('uses_rag')),
    quotes: ['retrieval_memory'],
    refs: ['AML.T0070', 'LLM08:2025', 'LLM04:2025', 'ASI06', 'STRIDE:T'],
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
    refs: ['AML.T0085.000', 'LLM08:2025', 'LLM02:2025', 'STRIDE:I'],
    likelihood: {
      start: 4,
      moved: ['exposure', 'shared'],
      why: 'an index forgets who may read what, unless it is told',
    },
    impact: { of: 'data', why: 'what stands in the documents' },
    controls: ['retrieval-authorization', 'tenant-isolation', 'provenance-shown', 'disclosure-filter'],
  },
]
