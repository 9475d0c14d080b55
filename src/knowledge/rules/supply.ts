// Threats in what the feature is built from and runs on.
import { all, any, is, languageModel, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const supplyRules: Rule[] = [
  {
    id: 'malicious-package',
    on: 'supplier',
    area: 'supply_chain',
    title: 'A package or library brings the attack with it',
    statement: ({ the }) =>
      `A compromised, look-alike or abandoned piece among ${the('supplier')} runs in the feature with all its rights and keys, from the build machine to production.`,
    when: yes('third_party_components'),
    quotes: ['supply_chain'],
    refs: ['AML.T0010.001', 'LLM03:2025', 'ASI04', 'STRIDE:T'],
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
      `The weights of ${the('model')} were swapped, fine-tuned to misbehave on a trigger, or packed with code that runs when they are loaded.`,
    when: is('model_source', 'open_weights', 'fine_tuned', 'mixed'),
    quotes: ['model_provider', 'supply_chain'],
    refs: ['AML.T0010.003', 'LLM03:2025', 'ASI04', 'STRIDE:T', 'STRIDE:E'],
    likelihood: { start: 2, moved: [], why: 'anyone can upload a model' },
    impact: { of: 4, why: 'it decides and may run code' },
    controls: ['pinned-artifacts', 'safe-formats', 'supplier-review', 'quality-evaluation'],
  },
  {
    id: 'unsafe-artifact',
    on: 'feature',
    area: 'supply_chain',
    title: 'Loading a model or notebook runs its code',
    statement: ({ users }) =>
      `One of ${users} opens a model file, a data set or a notebook from elsewhere, and the code inside runs with that person’s rights and keys.`,
    when: is('ai_type', 'model_consumer', 'ml_platform'),
    quotes: ['supply_chain', 'feature_purpose'],
    refs: ['AML.T0011.000', 'LLM03:2025', 'STRIDE:E'],
    likelihood: { start: 3, moved: ['exposure'], why: 'common formats can carry code' },
    impact: { of: 4, moved: [], why: 'a foothold inside' },
    controls: ['safe-formats', 'sandbox', 'pinned-artifacts'],
  },
  {
    id: 'poisoned-tool-server',
    on: 'supplier',
    area: 'supply_chain',
    title: 'A tool server or plug-in turns against the user',
    statement: ({ the }) =>
      `A tool server or plug-in among ${the('supplier')} carries instructions in its description, or changes after it was approved, and steers the model or collects what passes through it.`,
    when: all(languageModel, yes('uses_tools'), yes('third_party_components')),
    quotes: ['supply_chain', 'tools_downstream'],
    cue: /mcp|plug-?in|extension|marketplace|tool server|skill/i,
    refs: ['AML.T0110', 'LLM03:2025', 'ASI04', 'STRIDE:T'],
    likelihood: { start: 2, moved: [], why: 'descriptions are read by the model as instructions' },
    impact: { of: 'power', why: 'it sits between the model and its tools' },
    controls: ['tool-allowlist', 'pinned-artifacts', 'least-privilege', 'action-trail'],
  },
  {
    id: 'exposed-endpoint',
    on: 'feature',
    area: 'operations',
    title: 'A serving or management endpoint stands open',
    statement: ({ the }) =>
      `Someone scanning the network finds the serving, notebook or management endpoint of ${the('model')} open or unpatched, and takes over the machine behind it.`,
    when: any(
      is('ai_type', 'ml_platform', 'model_serving'),
      all(is('model_source', 'open_weights', 'in_house_trained', 'fine_tuned'), is('exposure', 'public')),
    ),
    quotes: ['users_exposure', 'supply_chain'],
    refs: ['AML.T0049', 'STRIDE:E'],
    likelihood: { start: 3, moved: ['exposure'], why: 'such endpoints are looked for around the clock' },
    impact: { of: 5, why: 'the machine, its models and its keys' },
    controls: ['exposed-surface', 'patching', 'secret-vault'],
  },
]
