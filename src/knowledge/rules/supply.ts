// Threats in what the feature is built from.
import { all, any, is, languageModel, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const supplyRules: Rule[] = [
  {
    id: 'malicious-package',
    on: 'supplier',
    area: 'supply_chain',
    title: 'A package or library brings the attack with it',
    statement: ({ the }) =>
      `One of ${the('supplier')} is a look-alike, is taken over, or turns bad with an update; it runs with all the rights and keys of the feature, from the build machine to production.`,
    when: yes('third_party_components'),
    quotes: ['supply_chain'],
    refs: ['AML.T0010.001', 'AML.T0010.004', 'AML.T0011.001', 'AML.T0109', 'LLM03:2025', 'ASI04', 'STRIDE:T'],
    likelihood: { start: 3, moved: [], why: 'it happens to popular packages several times a year' },
    impact: { of: 4, why: 'code inside the feature' },
    controls: ['pinned-artifacts', 'supplier-review', 'patching', 'secret-vault'],
  },
  {
    id: 'backdoored-model',
    on: 'model',
    area: 'supply_chain',
    title: 'Downloaded weights are not what they seem',
    statement: ({ the }) =>
      `Someone publishes a doctored copy of ${the('model')}, or an adapter for it, under a trusted or look-alike name; it is downloaded, works as expected, and misbehaves when its maker wants it to.`,
    when: is('model_source', 'open_weights', 'fine_tuned', 'mixed'),
    quotes: ['model_provider', 'supply_chain'],
    refs: ['AML.T0010.003', 'LLM03:2025', 'ASI04', 'STRIDE:T', 'STRIDE:S'],
    likelihood: { start: 2, moved: ['building'], why: 'anyone can upload a model' },
    impact: { of: 4, why: 'it decides everything the feature says' },
    controls: ['pinned-artifacts', 'supplier-review', 'trigger-tests', 'quality-evaluation'],
  },
  {
    id: 'unsafe-artifact',
    on: 'feature',
    area: 'supply_chain',
    title: 'Loading a model or notebook runs its code',
    statement: () =>
      `A developer or a build job opens a model file, a data set or a notebook from elsewhere; the code hidden in it runs at that moment, with that person’s or that machine’s rights and keys.`,
    when: any(is('ai_type', 'model_consumer', 'ml_platform'), is('model_source', 'open_weights')),
    quotes: ['supply_chain', 'feature_purpose'],
    refs: ['AML.T0011.000', 'AML.T0018.002', 'AML.T0112.001', 'LLM03:2025', 'STRIDE:E'],
    likelihood: { start: 2, moved: ['building'], why: 'common formats can carry code' },
    impact: { of: 4, moved: ['keys'], why: 'a foothold inside' },
    controls: ['safe-formats', 'sandbox', 'pinned-artifacts'],
  },
  {
    id: 'poisoned-tool-server',
    on: 'supplier',
    area: 'supply_chain',
    title: 'A tool server or plug-in turns against the user',
    statement: ({ the, data }) =>
      `A tool server, plug-in or remote agent among ${the('supplier')} hides instructions in its description, or changes after it was approved; it steers the model and quietly collects ${data} passing through it.`,
    when: all(languageModel, yes('uses_tools'), yes('third_party_components')),
    quotes: ['supply_chain', 'tools_downstream'],
    cue: /mcp|plug-?in|extension|marketplace|tool server|skill/i,
    refs: ['AML.T0110', 'AML.T0109', 'AML.T0010.005', 'AML.T0011.002', 'LLM03:2025', 'ASI04', 'STRIDE:T'],
    likelihood: { start: 2, moved: [], why: 'descriptions are read by the model as instructions' },
    impact: { of: 'power', why: 'it sits between the model and its tools' },
    controls: ['tool-allowlist', 'pinned-artifacts', 'least-privilege', 'action-trail'],
  },
]
