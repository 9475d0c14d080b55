// Threats that come in through what the model reads.
import { all, any, is, languageModel, reachable, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const promptRules: Rule[] = [
  {
    id: 'direct-injection',
    on: 'model',
    area: 'prompts',
    title: 'Typed instructions override the feature’s own',
    statement: ({ someone, the, data, worst, facts }) =>
      facts.ai_type === 'model_serving'
        ? `Whoever uses a product built on it types instructions that ${the('model')} obeys instead of the product’s own; the serving layer passes everything on unchecked, so that every product inherits the weakness.`
        : `${someone} types instructions that ${the('model')} obeys instead of its own, and so gets it ${
            facts.uses_tools === true ? `to ${worst}` : 'to answer outside its task'
          } or to hand over ${data}.`,
    when: any(languageModel, all(is('ai_type', 'model_serving'), yes('ingests_untrusted_content'))),
    quotes: ['users_exposure', 'feature_purpose'],
    refs: ['AML.T0051.000', 'LLM01:2025', 'ASI01', 'STRIDE:T', 'STRIDE:E'],
    likelihood: { start: 4, moved: ['exposure', 'ownRights'], why: 'it takes nothing but typing' },
    impact: { of: 'reach', why: 'what an obedient model can give away or do' },
    controls: ['input-fencing', 'output-schema', 'least-privilege', 'injection-tests', 'injection-alerts'],
  },
  {
    id: 'indirect-injection',
    on: 'outside_content',
    area: 'prompts',
    title: 'Instructions hidden in content take over the model',
    statement: ({ the, data, facts, worst }) =>
      `Someone hides instructions in ${the('outside_content')}, in white text, a comment or an image; ${the('model')} takes them for its own and is led ${
        facts.uses_tools === true
          ? `to ${worst}`
          : Array.isArray(facts.output_handling) && facts.output_handling.some((use) => use === 'automated_decision')
            ? 'to decide in the attacker’s favour'
            : 'to mislead the reader'
      } or to hand over ${data}, although nobody typed anything suspicious.`,
    when: all(languageModel, yes('ingests_untrusted_content')),
    quotes: ['retrieval_memory', 'feature_purpose'],
    cue: /mail|web|upload|ticket|document|attach|outside|public|anyone|anybody|internet/i,
    refs: ['AML.T0051.001', 'AML.T0051.002', 'AML.T0094', 'LLM01:2025', 'ASI01', 'STRIDE:T', 'STRIDE:E'],
    likelihood: { start: 4, moved: ['oversight'], why: 'writing to what it reads is all it takes' },
    impact: { of: 'reach', why: 'what a hijacked model can reach' },
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
    id: 'open-intake',
    on: 'outside_content',
    area: 'prompts',
    title: 'Strangers can leave text where the feature will find it',
    statement: ({ the }) =>
      `Anyone at all can feed it ${the('outside_content')}, as often as they like and under any name; it is stored beside the company’s own records, and from then on the feature and its users trust it as if a colleague had written it.`,
    when: all(
      languageModel,
      yes('ingests_untrusted_content'),
      any(
        yes('uses_rag'),
        yes('has_memory'),
        all(yes('uses_tools'), is('tool_capabilities', 'read_data', 'write_data', 'send_message')),
      ),
    ),
    quotes: ['retrieval_memory', 'users_exposure'],
    cue: /mail|web|upload|ticket|document|attach|outside|public|anyone|anybody|internet|shared/i,
    refs: ['AML.T0093', 'AML.T0099', 'LLM01:2025', 'ASI06', 'STRIDE:S', 'STRIDE:T'],
    likelihood: { start: 3, moved: [], why: 'sending costs nothing, and nobody checks who sent it' },
    impact: { of: 3, moved: ['automation'], why: 'one message can reach every later reader' },
    controls: ['intake-marking', 'input-fencing', 'query-limits', 'injection-alerts'],
  },
  {
    id: 'web-bait',
    on: 'tool',
    area: 'prompts',
    title: 'A web page baits the agent',
    statement: ({ the, facts }) =>
      `An attacker builds a page, a link or an advertisement for the assistant instead of for people; as soon as ${the('tool')} open it, the assistant is made to ${
        Array.isArray(facts.tool_capabilities) && facts.tool_capabilities.some((one) => one === 'browser_control')
          ? 'click, fill in and download things inside the user’s signed-in sessions'
          : 'pass on what it knows about the user and to fetch the attacker’s next instructions'
      }.`,
    when: all(
      languageModel,
      yes('uses_tools'),
      any(
        is('tool_capabilities', 'browser_control'),
        all(is('tool_capabilities', 'network_fetch'), yes('ingests_untrusted_content')),
      ),
    ),
    quotes: ['tools_downstream', 'retrieval_memory'],
    cue: /browse|web|page|site|url|link|fetch|internet/i,
    refs: ['AML.T0078', 'AML.T0100', 'AML.T0011.003', 'LLM01:2025', 'ASI01', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['oversight'], why: 'whoever owns a page decides what the agent sees there' },
    impact: { of: 4, why: 'the agent acts where the user is signed in' },
    controls: ['browser-isolation', 'egress-allowlist', 'confirm-actions', 'injection-tests'],
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
    refs: ['AML.T0054', 'AML.T0048.001', 'LLM01:2025', 'STRIDE:T'],
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
      `${someone} gets ${the('model')} to repeat ${the('prompt')}, and learns its rules, its tools and anything confidential written there, which makes every other attack easier.`,
    when: all(languageModel, reachable),
    quotes: ['secrets_keys', 'model_provider'],
    refs: ['AML.T0056', 'AML.T0069.002', 'AML.T0069', 'AML.T0084.001', 'LLM07:2025', 'STRIDE:I'],
    likelihood: { start: 3, moved: ['exposure'], why: 'no instruction keeps a model from repeating its instructions' },
    impact: { of: 2, why: 'a map for the attacker; worse only if something secret stands there' },
    controls: ['no-secrets-in-prompt', 'injection-tests', 'output-validation'],
  },
  {
    id: 'memory-poisoning',
    on: 'memory',
    area: 'prompts',
    title: 'What is remembered is planted',
    statement: ({ the, someone }) =>
      `${someone}, or a text the model reads, plants a false fact or an instruction in ${the('memory')}; it steers conversations weeks later, when nobody remembers where it came from.`,
    when: all(languageModel, yes('has_memory')),
    quotes: ['retrieval_memory'],
    cue: /memor|remember|histor|stored|session/i,
    refs: ['AML.T0080.000', 'AML.T0080.001', 'AML.T0094', 'LLM01:2025', 'LLM04:2025', 'ASI06', 'STRIDE:T'],
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
      `A text in ${the('outside_content')} makes ${the('model')} repeat it in what it sends or stores; the next reader’s assistant does the same, and the attack spreads without the attacker.`,
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
]
