// Threats to money, capacity, availability and the ground it all runs on.
import { all, any, is, languageModel, ownWeights, platform, reachable, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const operationRules: Rule[] = [
  {
    id: 'unbounded-use',
    on: 'feature',
    area: 'operations',
    title: 'Requests run up cost or block everyone else',
    statement: ({ someone, the, facts }) =>
      `${someone} sends very many or very large requests${
        facts.uses_tools === true ? ', or a planted task or a contradiction keeps it calling tools in a loop' : ''
      }, until the bill for ${the('model')} explodes or nobody else is served.`,
    when: all(languageModel, any(reachable, yes('uses_tools'))),
    quotes: ['users_exposure', 'model_provider'],
    refs: ['AML.T0034.000', 'AML.T0034.002', 'AML.T0029', 'LLM10:2025', 'ASI08', 'STRIDE:D'],
    likelihood: { start: 3, moved: ['exposure'], why: 'each request costs the company, not the sender' },
    impact: { of: 3, why: 'money and availability' },
    controls: ['budget-caps', 'query-limits', 'spend-alerts', 'circuit-breaker'],
  },
  {
    id: 'starved-callers',
    on: 'feature',
    area: 'operations',
    title: 'One caller’s load stops everyone else',
    statement: ({ the }) =>
      `One caller’s oversized or malformed requests fill the memory of the machines that run ${the('model')} or crash them, and every product built on it stands still.`,
    when: platform,
    quotes: ['users_exposure', 'feature_purpose'],
    refs: ['AML.T0029', 'AML.T0034.001', 'LLM10:2025', 'STRIDE:D'],
    likelihood: { start: 3, moved: ['exposure', 'shared'], why: 'accelerators are scarce and shared' },
    impact: { of: 3, why: 'everything built on it' },
    controls: ['fair-queues', 'query-limits', 'spend-alerts'],
  },
  {
    id: 'chaff',
    on: 'model',
    area: 'operations',
    title: 'Floods of odd inputs wear it down',
    statement: ({ someone, the }) =>
      `${someone} floods ${the('model')} with odd inputs until its alarms are ignored or its queue is full, and the one input that matters slips through.`,
    when: all(is('ai_type', 'predictive_classifier'), reachable),
    quotes: ['users_exposure'],
    refs: ['AML.T0046', 'AML.T0029', 'LLM10:2025', 'STRIDE:D'],
    likelihood: { start: 2, moved: ['exposure'], why: 'volume is cheap' },
    impact: { of: 2, moved: ['automation'], why: 'delay, and analysts worn out' },
    controls: ['query-limits', 'robustness-tests', 'abuse-monitoring'],
  },
  {
    id: 'exposed-endpoint',
    on: 'feature',
    area: 'operations',
    title: 'An open or unpatched endpoint is broken into',
    statement: ({ the, facts }) =>
      facts.ai_type === 'ml_platform' || facts.ai_type === 'model_serving'
        ? `Someone scanning the network finds a serving, notebook, job or management endpoint around ${the('model')} that is open or unpatched, runs code on the machine behind it, and takes its models, data, keys and computing time.`
        : `Someone scanning the internet finds a flaw in the web application or the server around ${the('model')}, gets onto the machine behind it, and takes its keys and everything people type.`,
    when: any(platform, all(is('exposure', 'public'), any(ownWeights, yes('secrets_reachable')))),
    quotes: ['users_exposure', 'supply_chain'],
    refs: ['AML.T0049', 'AML.T0106', 'AML.T0107', 'AML.T0112', 'STRIDE:E'],
    likelihood: { start: 2, moved: ['platform'], why: 'whatever is reachable is tried' },
    impact: { of: 4, moved: ['keys'], why: 'the machine and what runs on it' },
    controls: ['exposed-surface', 'patching', 'secret-vault'],
  },
  {
    id: 'stolen-login',
    on: 'feature',
    area: 'operations',
    title: 'A stolen key or login is used against it',
    statement: ({ the, facts }) =>
      facts.ai_type === 'ml_platform' || facts.ai_type === 'model_serving'
        ? `With a password or token from a leak, a repository or a phished colleague, someone works on the platform as if they belonged there: reads data, changes models and runs jobs around ${the('model')} at the company’s cost.`
        : `Keys that leaked from code, settings or logs are sold on, and strangers run their own work on ${the('model')} in the company’s name and at its cost, or read what passes through the account.`,
    when: any(platform, all(languageModel, is('exposure', 'public'), yes('secrets_reachable'))),
    quotes: ['secrets_keys', 'users_exposure'],
    refs: ['AML.T0012', 'AML.T0091.000', 'LLM10:2025', 'ASI03', 'STRIDE:S'],
    likelihood: { start: 3, moved: [], why: 'stolen access to models is traded' },
    impact: { of: 4, why: 'a stranger with a colleague’s rights' },
    controls: ['strong-login', 'key-rotation', 'secret-scanning', 'spend-alerts'],
  },
  {
    id: 'session-taken',
    on: 'user',
    area: 'operations',
    title: 'Another program takes over the user’s session',
    statement: ({ the, data }) =>
      `Malware on the same device copies the app’s login token from memory or disk; from elsewhere it then reads ${data} in past conversations, asks ${the('model')} in the user’s name, and deletes the traces from the history.`,
    when: all(languageModel, is('exposure', 'on_device')),
    quotes: ['users_exposure', 'secrets_keys'],
    refs: ['AML.T0091.000', 'AML.T0090', 'AML.T0092', 'LLM02:2025', 'ASI03', 'STRIDE:S', 'STRIDE:I'],
    likelihood: { start: 2, moved: [], why: 'tokens lie where other programs can read them' },
    impact: { of: 'data', why: 'what the user ever told it' },
    controls: ['strong-login', 'device-hardening', 'action-trail'],
  },
]
