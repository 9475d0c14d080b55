// Threats that come in through what the model reads.
import { agent, all, any, is, languageModel, reachable, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const promptRules: Rule[] = [
  {
    id: 'direct-injection',
    on: 'model',
    area: 'prompts',
    title: 'Typed instructions override the feature’s own',
    statement: ({ someone, the, data, facts }) =>
      `${someone} types instructions that ${the('model')} follows instead of its own, so that it ${
        facts.uses_tools === true ? `uses ${the('tool')} for them` : 'answers outside its task'
      } or gives away ${data}.`,
    when: languageModel,
    quotes: ['users_exposure', 'feature_purpose'],
    refs: ['AML.T0051.000', 'LLM01:2025', 'ASI01', 'STRIDE:T', 'STRIDE:E'],
    likelihood: { start: 4, moved: ['exposure'], why: 'it takes nothing but typing' },
    impact: { of: 'data', moved: ['automation'], why: 'what an obedient model can give away or do' },
    controls: ['input-fencing', 'output-schema', 'least-privilege', 'injection-tests', 'injection-alerts'],
  },
  {
    id: 'indirect-injection',
    on: 'outside_content',
    area: 'prompts',
    title: 'Instructions hidden in content take over the model',
    statement: ({ the, data, facts, actions }) =>
      `Someone who can get text into ${the('outside_content')} hides instructions there; ${the('model')} reads them as its own and ${
        facts.uses_tools === true
          ? `is led to ${actions} for the attacker`
          : `gives away ${data} or misleads the reader`
      }, with nobody having typed anything.`,
    when: all(languageModel, yes('ingests_untrusted_content')),
    quotes: ['retrieval_memory', 'feature_purpose'],
    cue: /mail|web|upload|ticket|document|attach|outside|public|anyone|anybody|internet/i,
    refs: ['AML.T0051.001', 'LLM01:2025', 'ASI01', 'STRIDE:T', 'STRIDE:E'],
    likelihood: { start: 4, moved: ['oversight'], why: 'writing to what it reads is all it takes' },
    impact: { of: 'data', moved: ['automation'], why: 'what a hijacked model can reach' },
    controls: [
      'input-fencing',
      'least-privilege',
      'confirm-actions',
      'egress-allowlist',
      'injection-tests',
      'injection-alerts',
    ],
  },
  {
    id: 'jailbreak',
    on: 'feature',
    area: 'operations',
    title: 'Users talk the model out of its limits',
    statement: ({ someone, the }) =>
      `${someone} talks ${the('model')} out of its limits with role play, other languages or encoded text, so that harmful or embarrassing content goes out in the company’s name.`,
    when: all(languageModel, reachable),
    quotes: ['users_exposure', 'output_consumers'],
    refs: ['AML.T0054', 'LLM01:2025', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['exposure'], why: 'ways round a model’s limits are traded in public' },
    impact: { of: 2, moved: ['audience', 'vulnerable'], why: 'harm to reputation and to readers' },
    controls: ['content-safety', 'injection-tests', 'abuse-monitoring'],
  },
  {
    id: 'prompt-leak',
    on: 'prompt',
    area: 'prompts',
    title: 'The system instructions are read out',
    statement: ({ someone, the }) =>
      `${someone} gets ${the('model')} to repeat ${the('prompt')}, and learns its rules, its tools and any secret kept there, which makes every other attack easier.`,
    when: languageModel,
    quotes: ['secrets_keys', 'model_provider'],
    refs: ['AML.T0056', 'LLM07:2025', 'STRIDE:I'],
    likelihood: { start: 4, moved: ['exposure'], why: 'no instruction keeps a model from repeating its instructions' },
    impact: { of: 2, why: 'a map for the attacker; worse only if something secret stands there' },
    controls: ['no-secrets-in-prompt', 'injection-tests', 'output-validation'],
  },
  {
    id: 'memory-poisoning',
    on: 'memory',
    area: 'prompts',
    title: 'What is remembered is planted',
    statement: ({ the, someone }) =>
      `${someone} plants a false fact or an instruction in ${the('memory')} that steers later conversations, also those of others, long after the planting is forgotten.`,
    when: all(languageModel, yes('has_memory')),
    quotes: ['retrieval_memory'],
    cue: /memor|remember|histor|stored|session/i,
    refs: ['AML.T0080.000', 'LLM01:2025', 'LLM04:2025', 'ASI06', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['content'], why: 'whatever is read can be remembered' },
    impact: { of: 'data', moved: ['oversight'], why: 'later answers and actions rest on it' },
    controls: ['memory-review', 'input-fencing', 'tenant-isolation', 'injection-alerts'],
  },
  {
    id: 'self-spreading-prompt',
    on: 'outside_content',
    area: 'prompts',
    title: 'An instruction copies itself onwards',
    statement: ({ the }) =>
      `Text arriving through ${the('outside_content')} makes ${the('model')} repeat it in what it sends or stores, so that the same instructions reach the next reader or assistant, and spread.`,
    when: all(
      languageModel,
      yes('ingests_untrusted_content'),
      is('tool_capabilities', 'send_message', 'write_data'),
      any(yes('uses_rag'), yes('has_memory')),
    ),
    quotes: ['tools_downstream', 'retrieval_memory'],
    refs: ['AML.T0061', 'LLM01:2025', 'ASI08', 'STRIDE:T'],
    likelihood: { start: 2, moved: ['oversight'], why: 'shown in research, rare so far' },
    impact: { of: 4, why: 'it grows beyond the first victim' },
    controls: ['input-fencing', 'output-validation', 'confirm-actions', 'circuit-breaker'],
  },
  {
    id: 'goal-hijack',
    on: 'feature',
    area: 'prompts',
    title: 'The agent’s plan is bent step by step',
    statement: ({ the, actions }) =>
      `Over several turns or documents, an attacker bends the plan of the agent until it uses ${the('tool')} to ${actions} towards a goal nobody gave it, each step looking harmless.`,
    when: all(agent, yes('uses_tools'), yes('ingests_untrusted_content')),
    quotes: ['tools_downstream', 'feature_purpose'],
    refs: ['AML.T0051.002', 'LLM06:2025', 'ASI01', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['oversight'], why: 'plans are text, and text can be written by others' },
    impact: { of: 'power', why: 'what the plan can reach' },
    controls: ['confirm-actions', 'action-limits', 'action-trail', 'undo'],
  },
]
