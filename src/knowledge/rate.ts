// The rating scheme: likelihood and impact start from the rule and move with the facts, each step with its reason.
import { sensitivityOf } from '../domain/component.ts'
import { type Facts, isKnown } from '../domain/fact.ts'
import type { Rating } from '../domain/rating.ts'

type Step = { by: number; why: string } | undefined
type Mover = (facts: Facts) => Step

/** Where a likelihood starts (1 to 5), and which facts move it. */
export interface LikelihoodScheme {
  start: number
  moved: (keyof typeof likelihoodMovers)[]
  why: string
}
/** What an impact is measured by: a fixed level, the sensitivity of the data, what the tools can do, or the worse of both. */
export interface ImpactScheme {
  of: number | 'data' | 'power' | 'reach'
  moved?: (keyof typeof impactMovers)[]
  why: string
}

const exposures: Record<string, Step> = {
  public: { by: 1, why: 'anyone can reach it' },
  customer: { by: 0, why: 'customers can reach it' },
  mixed: { by: 0, why: 'customers can reach it' },
  internal: { by: -1, why: 'only employees can reach it' },
}

const likelihoodMovers = {
  exposure: (facts) => (isKnown(facts.exposure) ? exposures[facts.exposure] : undefined),
  inputs: (facts) => {
    if (facts.ingests_untrusted_content === true || facts.exposure === 'public')
      return { by: 1, why: 'outsiders supply what it judges' }
    return facts.exposure === 'internal' ? { by: -1, why: 'only employees supply what it judges' } : undefined
  },
  content: (facts) =>
    facts.ingests_untrusted_content === true ? { by: 1, why: 'it reads content that outsiders write' } : undefined,
  oversight: (facts) => {
    if (facts.human_in_loop === 'always') return { by: -1, why: 'a person looks at everything before it happens' }
    return facts.human_in_loop === 'never' ? { by: 1, why: 'nobody looks before it happens' } : undefined
  },
  shared: (facts) => (facts.multi_tenant === true ? { by: 1, why: 'tenants share it' } : undefined),
  scores: (facts) =>
    facts.scores_exposed === true ? { by: 1, why: 'scores are returned with every answer' } : undefined,
  platform: (facts) => {
    if (facts.ai_type !== 'ml_platform' && facts.ai_type !== 'model_serving') return undefined
    return facts.exposure === 'public'
      ? { by: 2, why: 'platforms of this kind are scanned for around the clock, and this one can be reached' }
      : { by: 1, why: 'platforms of this kind are scanned for around the clock' }
  },
  retention: (facts) =>
    facts.log_retention === 'longer' || facts.log_retention === 'no_limit'
      ? { by: 1, why: 'they are kept for a year or more' }
      : undefined,
  building: (facts) =>
    ['ml_platform', 'model_consumer', 'coding_assistant', 'model_serving'].includes(String(facts.ai_type))
      ? { by: 1, why: 'taking in code and models from elsewhere is its daily work' }
      : undefined,
  ownRights: (facts) =>
    facts.tool_identity === 'users_own_rights'
      ? { by: -1, why: 'it acts with the rights of the person who asks' }
      : undefined,
  outsiders: (facts) =>
    isKnown(facts.training_data) && facts.training_data.some((from) => ['public_web', 'user_submitted'].includes(from))
      ? { by: 1, why: 'anyone can write to a source it learns from' }
      : undefined,
} satisfies Record<string, Mover>

const impactMovers = {
  audience: (facts) => (facts.exposure === 'public' ? { by: 1, why: 'it would happen in public' } : undefined),
  automation: (facts) =>
    isKnown(facts.output_handling) &&
    facts.output_handling.some((use) => ['automated_action', 'automated_decision', 'executed_code'].includes(use))
      ? { by: 1, why: 'its output takes effect by itself' }
      : undefined,
  keys: (facts) =>
    facts.secrets_reachable === true ? { by: 1, why: 'keys within its reach open further systems' } : undefined,
  oversight: (facts) =>
    facts.human_in_loop === 'always' ? { by: -1, why: 'a person would catch it before it takes effect' } : undefined,
  vulnerable: (facts) =>
    isKnown(facts.user_types) &&
    facts.user_types.some((who) => ['patients', 'children', 'applicants', 'citizens'].includes(who))
      ? { by: 1, why: 'it concerns people who depend on the outcome' }
      : undefined,
} satisfies Record<string, Mover>

const dataLevel = {
  strict: { by: 5, why: 'the data is of the kind that harms people or the company most' },
  confidential: { by: 4, why: 'personal or confidential data is at stake' },
  internal: { by: 2, why: 'only internal information is at stake' },
  open: { by: 1, why: 'the data is public' },
}
const powerLevels: [string[], { by: number; why: string }][] = [
  [
    ['payments', 'infra_admin', 'code_exec'],
    { by: 5, why: 'its tools can move money, run code or administer systems' },
  ],
  [
    ['write_data', 'send_message', 'filesystem', 'browser_control'],
    { by: 4, why: 'its tools change things or speak for the company' },
  ],
  [['read_data', 'network_fetch'], { by: 3, why: 'its tools read' }],
]

function powerLevel(facts: Facts): { by: number; why: string } {
  const capabilities: readonly string[] = isKnown(facts.tool_capabilities) ? facts.tool_capabilities : []
  const level = powerLevels.find(([names]) => capabilities.some((one) => names.includes(one)))
  return level?.[1] ?? { by: 4, why: 'what its tools can do is not known yet' }
}

function baseOf(of: ImpactScheme['of'], facts: Facts): { by: number; why: string } {
  if (typeof of === 'number') return { by: of, why: '' }
  const data = dataLevel[sensitivityOf(facts.sensitive_data)]
  if (of === 'data') return data
  const power = powerLevel(facts)
  return of === 'power' || (facts.uses_tools === true && power.by > data.by) ? power : data
}

export interface Rated {
  rating: Rating
  why: { likelihood: string; impact: string }
}

/**
 * Rates a threat from the facts. Each unknown it hangs on makes it one step less likely until it is known.
 */
export function rate(facts: Facts, likelihood: LikelihoodScheme, impact: ImpactScheme, doubts: number): Rated {
  const likely = likelihood.moved.map((name) => (likelihoodMovers[name] as Mover)(facts))
  const doubt: Step = doubts === 0 ? undefined : { by: -doubts, why: 'it hangs on something unknown' }
  const base = baseOf(impact.of, facts)
  const worse = (impact.moved ?? []).map((name) => (impactMovers[name] as Mover)(facts))
  return {
    rating: { likelihood: sum(likelihood.start, [...likely, doubt]), impact: sum(base.by, worse) },
    why: {
      likelihood: reasons(likelihood.why, [...likely, doubt]),
      impact: reasons(impact.why, [base, ...worse]),
    },
  }
}

function sum(start: number, steps: Step[]): number {
  const total = steps.reduce((level, step) => level + (step?.by ?? 0), start)
  return Math.min(5, Math.max(1, total))
}

function reasons(first: string, steps: Step[]): string {
  return [first, ...steps.flatMap((step) => step?.why || [])].join('; ')
}
