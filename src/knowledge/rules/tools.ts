// Threats through what the feature can reach and do.
import { agent, all, any, can, is, languageModel, platform, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const toolRules: Rule[] = [
  {
    id: 'tool-misuse',
    on: 'tool',
    area: 'tools',
    title: 'The model is led to misuse its tools',
    statement: ({ the, someone, actions, worst }) =>
      `${someone}, or a text the model reads, talks it into calls nobody intended: ${the('tool')} let it ${actions}, so it can be made to ${worst}, with rights that person was never given.`,
    when: can(
      'write_data',
      'send_message',
      'payments',
      'browser_control',
      'infra_admin',
      'code_exec',
      'filesystem',
      'network_fetch',
    ),
    quotes: ['tools_downstream', 'human_oversight'],
    refs: ['AML.T0053', 'AML.T0048.000', 'LLM06:2025', 'ASI02', 'STRIDE:E'],
    likelihood: {
      start: 3,
      moved: ['exposure', 'content', 'oversight'],
      why: 'the model chooses the call and its arguments',
    },
    impact: { of: 'power', why: 'what the calls can do' },
    controls: ['least-privilege', 'confirm-actions', 'action-limits', 'action-trail'],
  },
  {
    id: 'borrowed-rights',
    on: 'tool',
    area: 'tools',
    title: 'People reach through the feature what they may not reach themselves',
    statement: ({ the, someone, data }) =>
      `${someone} asks about records that are not theirs, and gets ${data} of others: ${the('tool')} see the feature’s rights, not the rights of the person who asks.`,
    when: all(
      can('read_data', 'write_data', 'filesystem', 'infra_admin', 'payments'),
      is('tool_identity', 'service_account', 'mixed'),
    ),
    quotes: ['tools_downstream', 'secrets_keys'],
    refs: ['AML.T0085.001', 'LLM06:2025', 'LLM02:2025', 'ASI03', 'STRIDE:E', 'STRIDE:I'],
    likelihood: { start: 4, moved: ['exposure'], why: 'asking politely is enough' },
    impact: { of: 'data', why: 'the records behind the tool' },
    controls: ['users-own-rights', 'least-privilege', 'retrieval-authorization', 'action-trail'],
  },
  {
    id: 'tool-exfiltration',
    on: 'tool',
    area: 'privacy',
    title: 'Data leaves through a tool call',
    statement: ({ the, data }) =>
      `A text the model reads, or a tool it trusts, makes it copy ${data} into a message, a link, a record or a request that outsiders can read, sent through ${the('tool')}; it is gone before anyone looks.`,
    when: any(
      can('send_message', 'network_fetch', 'browser_control', 'code_exec'),
      all(can('write_data'), yes('ingests_untrusted_content')),
    ),
    quotes: ['tools_downstream', 'retrieval_memory'],
    refs: ['AML.T0086', 'LLM02:2025', 'LLM06:2025', 'ASI02', 'STRIDE:I'],
    likelihood: { start: 3, moved: ['content', 'oversight'], why: 'reading secrets and reaching out are in one hand' },
    impact: { of: 'data', why: 'what it can carry out' },
    controls: ['egress-allowlist', 'confirm-actions', 'data-minimisation', 'action-trail'],
  },
  {
    id: 'code-execution',
    on: 'feature',
    area: 'tools',
    title: 'Generated code runs with more than it needs',
    statement: ({ someone, the, facts }) =>
      `${someone}, or a text the model reads, gets ${the('model')} to write a command or a script that is run at once, and reads the files, keys and network of the ${
        facts.exposure === 'on_device' || facts.ai_type === 'coding_assistant'
          ? 'computer it works on'
          : 'server it runs on'
      }.`,
    when: all(languageModel, any(is('tool_capabilities', 'code_exec'), is('output_handling', 'executed_code'))),
    quotes: ['tools_downstream', 'output_consumers'],
    cue: /code|script|shell|command|sql|terminal|execut|run/i,
    refs: ['AML.T0050', 'AML.T0112.000', 'LLM05:2025', 'ASI05', 'STRIDE:E'],
    likelihood: { start: 3, moved: ['content', 'oversight'], why: 'whoever steers the text steers the code' },
    impact: { of: 5, why: 'code on the host is the host' },
    controls: ['sandbox', 'confirm-actions', 'secret-vault', 'action-trail'],
  },
  {
    id: 'sandbox-escape',
    on: 'feature',
    area: 'tools',
    title: 'One tenant’s code breaks out to the others',
    statement: ({ someone }) =>
      `${someone} has code run that breaks out of its sandbox or container onto the shared machine, and gets at the work, the keys and the data of everyone else who uses it.`,
    when: any(
      all(can('code_exec'), any(is('exposure', 'public', 'customer'), yes('multi_tenant'))),
      all(is('ai_type', 'ml_platform'), yes('multi_tenant')),
    ),
    quotes: ['tools_downstream', 'users_exposure'],
    cue: /code|script|shell|command|sandbox|container|notebook|run/i,
    refs: ['AML.T0105', 'AML.T0029', 'LLM05:2025', 'ASI05', 'STRIDE:E', 'STRIDE:D'],
    likelihood: { start: 2, moved: ['exposure'], why: 'sandboxes are shared, and their flaws are published' },
    impact: { of: 5, why: 'everyone on the machine' },
    controls: ['disposable-runs', 'patching', 'fair-queues'],
  },
  {
    id: 'destructive-action',
    on: 'tool',
    area: 'operations',
    title: 'A wrong action destroys data or service',
    statement: ({ the, actions }) =>
      `By mistake or by manipulation, the agent deletes, overwrites or reconfigures something real, since ${the('tool')} let it ${actions}; it may report success all the same, and there is no way back in time.`,
    when: all(can('write_data', 'filesystem', 'infra_admin'), agent),
    quotes: ['tools_downstream', 'human_oversight'],
    refs: ['AML.T0101', 'LLM06:2025', 'ASI10', 'ASI02', 'STRIDE:T', 'STRIDE:D'],
    likelihood: {
      start: 2,
      moved: ['oversight', 'content'],
      why: 'agents do sometimes do the wrong thing with confidence',
    },
    impact: { of: 'power', moved: ['oversight'], why: 'what cannot be undone' },
    controls: ['undo', 'confirm-actions', 'least-privilege', 'action-limits'],
  },
  {
    id: 'credential-harvest',
    on: 'secret',
    area: 'tools',
    title: 'Keys within reach are read out',
    statement: ({ the, someone, facts }) =>
      facts.ai_type === 'ml_platform' || facts.ai_type === 'model_serving'
        ? `Whoever gets one job, notebook or plug-in to run on the platform collects ${the('secret')} from variables, settings and logs, and with them the systems far beyond it.`
        : `${someone}, or a text the model reads, gets it to reveal or use ${the('secret')}, which open systems far beyond the feature.`,
    when: all(any(languageModel, platform), yes('secrets_reachable')),
    quotes: ['secrets_keys'],
    refs: ['AML.T0055', 'AML.T0083', 'LLM02:2025', 'ASI03', 'STRIDE:I', 'STRIDE:S'],
    likelihood: {
      start: 3,
      moved: ['exposure', 'content'],
      why: 'what the model or its tools can read, they can repeat',
    },
    impact: { of: 5, why: 'a key opens everything it was made for' },
    controls: ['secret-vault', 'no-secrets-in-prompt', 'secret-scanning', 'egress-allowlist'],
  },
]
