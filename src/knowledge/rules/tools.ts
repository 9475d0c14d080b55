// Threats through what the feature can reach and do.
import { agent, all, any, is, languageModel, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

const acting = all(languageModel, yes('uses_tools'))

export const toolRules: Rule[] = [
  {
    id: 'tool-misuse',
    on: 'tool',
    area: 'tools',
    title: 'The model is led to misuse its tools',
    statement: ({ the, someone, actions }) =>
      `${someone}, or text the model reads, gets it to call ${the('tool')} in ways nobody intended, and so to ${actions} with the company’s authority.`,
    when: all(
      acting,
      is(
        'tool_capabilities',
        'write_data',
        'send_message',
        'payments',
        'browser_control',
        'infra_admin',
        'code_exec',
        'filesystem',
        'network_fetch',
      ),
    ),
    quotes: ['tools_downstream', 'human_oversight'],
    refs: ['AML.T0053', 'LLM06:2025', 'ASI02', 'STRIDE:E'],
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
      `${someone} has the feature look up or change in ${the('tool')} what that person has no right to, because the call is made with the feature’s rights and not with theirs, and so gets at ${data} of others.`,
    when: all(
      acting,
      is('tool_identity', 'service_account', 'mixed'),
      is('tool_capabilities', 'read_data', 'write_data', 'filesystem', 'infra_admin', 'payments'),
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
      `Instructions in what the model reads make it put ${data} into a message, a link or a request sent through ${the('tool')}, and it is gone before anyone looks.`,
    when: all(acting, is('tool_capabilities', 'send_message', 'network_fetch', 'browser_control', 'code_exec')),
    quotes: ['tools_downstream', 'retrieval_memory'],
    refs: ['AML.T0086', 'LLM02:2025', 'LLM06:2025', 'ASI02', 'STRIDE:I'],
    likelihood: { start: 3, moved: ['content', 'oversight'], why: 'reading secrets and reaching out are in one hand' },
    impact: { of: 'data', why: 'what it can carry out' },
    controls: ['egress-allowlist', 'confirm-actions', 'data-minimisation', 'action-trail'],
  },
  {
    id: 'code-execution',
    on: 'tool',
    area: 'tools',
    title: 'Generated code runs with more than it needs',
    statement: ({ the }) =>
      `Code that the model writes, or was led to write, runs behind ${the('tool')} and reads files, keys or the network of the host it runs on.`,
    when: all(languageModel, any(is('tool_capabilities', 'code_exec'), is('output_handling', 'executed_code'))),
    quotes: ['tools_downstream', 'output_consumers'],
    cue: /code|script|shell|command|sql|terminal|execut|run/i,
    refs: ['AML.T0050', 'LLM05:2025', 'ASI05', 'STRIDE:E'],
    likelihood: { start: 3, moved: ['content', 'oversight'], why: 'whoever steers the text steers the code' },
    impact: { of: 5, why: 'code on the host is the host' },
    controls: ['sandbox', 'confirm-actions', 'secret-vault', 'action-trail'],
  },
  {
    id: 'destructive-action',
    on: 'tool',
    area: 'operations',
    title: 'A wrong action destroys data or service',
    statement: ({ the }) =>
      `By mistake or by manipulation, the model deletes, overwrites or reconfigures something behind ${the('tool')}, and there is no way back in time.`,
    when: all(acting, agent, is('tool_capabilities', 'write_data', 'filesystem', 'infra_admin')),
    quotes: ['tools_downstream', 'human_oversight'],
    refs: ['AML.T0101', 'LLM06:2025', 'ASI02', 'STRIDE:T', 'STRIDE:D'],
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
    statement: ({ the, someone }) =>
      `${someone}, or a document the model reads, gets it to reveal or use ${the('secret')}, which open systems far beyond the feature.`,
    when: all(languageModel, yes('secrets_reachable')),
    quotes: ['secrets_keys'],
    refs: ['AML.T0055', 'LLM02:2025', 'ASI03', 'STRIDE:I', 'STRIDE:S'],
    likelihood: {
      start: 3,
      moved: ['exposure', 'content'],
      why: 'what the model or its tools can read, they can repeat',
    },
    impact: { of: 5, why: 'a key opens everything it was made for' },
    controls: ['secret-vault', 'no-secrets-in-prompt', 'secret-scanning', 'egress-allowlist'],
  },
  {
    id: 'agent-trust',
    on: 'feature',
    area: 'tools',
    title: 'One agent deceives the others',
    statement: ({ the }) =>
      `A message between agents is forged, or one agent is turned, and the others act on it as if it came from a colleague, through ${the('tool', 'what they can reach')}.`,
    when: is('ai_type', 'multi_agent'),
    quotes: ['feature_purpose', 'tools_downstream'],
    refs: ['AML.T0108', 'LLM06:2025', 'ASI07', 'ASI08', 'STRIDE:S', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['content'], why: 'agents believe each other by default' },
    impact: { of: 'power', why: 'the sum of what all of them can do' },
    controls: ['agent-identity', 'circuit-breaker', 'least-privilege', 'action-trail'],
  },
]
