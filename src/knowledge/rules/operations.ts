// Threats to money, capacity and availability.
import { all, any, is, languageModel, reachable, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const operationRules: Rule[] = [
  {
    id: 'unbounded-use',
    on: 'feature',
    area: 'operations',
    title: 'Requests run up cost or block everyone else',
    statement: ({ someone, the }) =>
      `${someone} sends many or very large requests, or a loop of its own does, until the bill for ${the('model')} explodes or nobody else is served.`,
    when: languageModel,
    quotes: ['users_exposure', 'model_provider'],
    refs: ['AML.T0034.000', 'LLM10:2025', 'STRIDE:D'],
    likelihood: { start: 3, moved: ['exposure'], why: 'each request costs the company, not the sender' },
    impact: { of: 3, why: 'money and availability' },
    controls: ['budget-caps', 'query-limits', 'spend-alerts'],
  },
  {
    id: 'runaway-agent',
    on: 'tool',
    area: 'operations',
    title: 'The agent works on without end',
    statement: ({ the }) =>
      `A contradiction or a planted task keeps the agent calling ${the('tool')} again and again, spending money and quota until someone notices.`,
    when: all(is('ai_type', 'llm_agent', 'multi_agent'), yes('uses_tools')),
    quotes: ['tools_downstream', 'human_oversight'],
    refs: ['AML.T0034.002', 'LLM10:2025', 'ASI08', 'STRIDE:D'],
    likelihood: { start: 2, moved: ['oversight'], why: 'loops need no attacker' },
    impact: { of: 3, why: 'money, quotas and the systems behind the tools' },
    controls: ['budget-caps', 'circuit-breaker', 'spend-alerts'],
  },
  {
    id: 'chaff',
    on: 'model',
    area: 'operations',
    title: 'Floods of odd inputs wear it down',
    statement: ({ someone, the }) =>
      `${someone} floods ${the('model')} with odd inputs until its alarms are ignored or its queue is full.`,
    when: all(
      any(is('ai_type', 'predictive_classifier', 'biometric', 'translation'), is('ai_type', 'model_serving')),
      reachable,
    ),
    quotes: ['users_exposure'],
    refs: ['AML.T0029', 'LLM10:2025', 'STRIDE:D'],
    likelihood: { start: 2, moved: ['exposure'], why: 'volume is cheap' },
    impact: { of: 2, moved: ['automation'], why: 'delay, and analysts worn out' },
    controls: ['query-limits', 'robustness-tests', 'abuse-monitoring'],
  },
]
