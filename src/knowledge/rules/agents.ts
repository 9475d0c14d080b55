// Threats to what agents work with: their files, their settings, the systems they read, each other.
import { agent, all, any, can, is, languageModel, no, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

/** Data in which passwords and keys are commonly found lying about. */
const keysLieIn = is('sensitive_data', 'credentials', 'source_code', 'confidential_business')

export const agentRules: Rule[] = [
  {
    id: 'agent-trust',
    on: 'feature',
    area: 'tools',
    title: 'One agent deceives the others',
    statement: ({ worst }) =>
      `An agent that was turned, or only pretends to belong, sends the others a false message or boasts of skills it does not have; they hand it their work and their data and, at its word, ${worst}.`,
    when: is('ai_type', 'multi_agent'),
    quotes: ['feature_purpose', 'tools_downstream'],
    refs: ['AML.T0073', 'AML.T0051.001', 'AML.T0103', 'LLM06:2025', 'ASI07', 'ASI08', 'ASI10', 'STRIDE:S', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['content'], why: 'agents believe each other by default' },
    impact: { of: 'power', why: 'the sum of what all of them can do' },
    controls: ['agent-identity', 'circuit-breaker', 'least-privilege', 'action-trail'],
  },
  {
    id: 'agent-foothold',
    on: 'memory',
    area: 'tools',
    title: 'The assistant is kept as a way in',
    statement: ({ the }) =>
      `Instructions planted once in ${the('memory')} make the assistant check in with the attacker in every later session: it fetches new orders and delivers results through ${the('tool')}, and looks like ordinary use.`,
    when: all(
      can('network_fetch', 'browser_control', 'code_exec'),
      yes('has_memory'),
      yes('ingests_untrusted_content'),
    ),
    quotes: ['retrieval_memory', 'tools_downstream'],
    refs: ['AML.T0108', 'AML.T0096', 'LLM06:2025', 'ASI10', 'STRIDE:E', 'STRIDE:I'],
    likelihood: { start: 2, moved: ['oversight'], why: 'it needs memory and a way out, and this has both' },
    impact: { of: 'power', why: 'whatever the assistant may do, for as long as nobody looks' },
    controls: ['memory-review', 'egress-allowlist', 'action-trail', 'injection-alerts'],
  },
  {
    id: 'own-settings',
    on: 'tool',
    area: 'tools',
    title: 'The agent rewrites its own rules',
    statement: ({ the }) =>
      `A text the agent reads, such as a shared rules file, gets it to change its own settings, instructions or list of approved tools through ${the('tool')}; from then on it no longer asks, and every later session starts out hijacked.`,
    when: all(
      can('filesystem', 'code_exec'),
      any(is('ai_type', 'coding_assistant'), is('tool_capabilities', 'filesystem')),
    ),
    quotes: ['tools_downstream', 'supply_chain'],
    cue: /rule|config|setting|file|instruction|repositor/i,
    refs: ['AML.T0081', 'AML.T0084', 'LLM06:2025', 'ASI10', 'STRIDE:T', 'STRIDE:E'],
    likelihood: { start: 3, moved: ['oversight'], why: 'its settings lie among the files it may write' },
    impact: { of: 4, why: 'the approvals that everything else relies on are gone' },
    controls: ['settings-lock', 'confirm-actions', 'action-trail', 'sandbox'],
  },
  {
    id: 'local-files',
    on: 'feature',
    area: 'tools',
    title: 'Files on the machine are read that nobody meant to share',
    statement: ({ facts }) =>
      facts.ai_type === 'model_consumer'
        ? `A package, notebook or model file from elsewhere gathers what lies on the workstation or build machine that runs it, such as source code, tokens and SSH keys, and sends it away before anyone notices.`
        : `Led by a text it reads, the agent opens files that have nothing to do with its task, such as configuration, keys or other people’s documents, and puts them into an answer or a call.`,
    when: any(
      all(agent, is('tool_capabilities', 'filesystem')),
      all(
        is('ai_type', 'model_consumer'),
        any(yes('secrets_reachable'), is('sensitive_data', 'credentials', 'source_code')),
      ),
    ),
    quotes: ['tools_downstream', 'secrets_keys'],
    cue: /file|disk|director|folder|workstation|machine|home|repositor|key/i,
    refs: ['AML.T0037', 'AML.T0090', 'LLM02:2025', 'ASI03', 'STRIDE:I'],
    likelihood: { start: 3, moved: ['content', 'oversight'], why: 'a file system knows no task' },
    impact: { of: 'data', why: 'what lies on that machine' },
    controls: ['sandbox', 'least-privilege', 'secret-vault', 'egress-allowlist'],
  },
  {
    id: 'secrets-through-tools',
    on: 'tool',
    area: 'tools',
    title: 'Passwords are found by asking the agent',
    statement: ({ someone, the }) =>
      `${someone}, or a text the model reads, has the agent search the mail, tickets and records behind ${the('tool')} for passwords and tokens people left there, and gets into systems nobody connected to it.`,
    when: all(agent, can('read_data', 'infra_admin'), keysLieIn),
    quotes: ['tools_downstream', 'feature_purpose'],
    refs: ['AML.T0098', 'AML.T0083', 'LLM02:2025', 'ASI03', 'STRIDE:I', 'STRIDE:S'],
    likelihood: { start: 2, moved: ['exposure', 'content'], why: 'people do write passwords down where they work' },
    impact: { of: 5, why: 'a key opens everything it was made for' },
    controls: ['secret-cleanup', 'secret-scanning', 'least-privilege', 'disclosure-filter'],
  },
  {
    id: 'secrets-in-documents',
    on: 'knowledge_base',
    area: 'data',
    title: 'Passwords are found by asking the documents',
    statement: ({ someone, the }) =>
      `${someone} asks for passwords, keys or access links, and ${the('knowledge_base')} supplies the ones people pasted there years ago, to readers who would never have searched for them.`,
    when: all(is('ai_type', 'llm_chat', 'llm_rag'), yes('uses_rag'), keysLieIn),
    quotes: ['retrieval_memory', 'feature_purpose'],
    refs: ['AML.T0082', 'LLM02:2025', 'LLM08:2025', 'STRIDE:I', 'STRIDE:S'],
    likelihood: { start: 3, moved: ['exposure'], why: 'people do write passwords down where they work' },
    impact: { of: 4, why: 'a key opens everything it was made for' },
    controls: ['secret-cleanup', 'secret-scanning', 'source-review', 'disclosure-filter'],
  },
  {
    id: 'no-trace',
    on: 'tool',
    area: 'operations',
    title: 'Nobody can tell afterwards what happened',
    statement: ({ the }) =>
      `After an incident nobody can show who asked for what, what the model decided and what it did to ${the('tool')}: neither the cause nor the extent can be found, and whoever did it can deny it.`,
    when: all(languageModel, yes('uses_tools'), no('logs_prompts')),
    quotes: ['prompt_logging_retention', 'tools_downstream'],
    refs: ['AML.T0092', 'LLM06:2025', 'ASI10', 'STRIDE:R'],
    likelihood: { start: 2, moved: ['oversight'], why: 'incidents come, the trace does not' },
    impact: { of: 3, moved: ['automation'], why: 'damage that cannot be bounded' },
    controls: ['action-trail', 'log-access'],
  },
]
