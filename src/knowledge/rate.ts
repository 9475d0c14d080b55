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
/** What an impact is measured by: a fixed level, the sensitivity of the data, or what the tools can do. */
export interface ImpactScheme {
  of: number | 'data' | 'power'
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
  content: (facts) =>
    facts.ingests_untrusted_content === true ? { by: 1, why: 'it reads content that outsiders write' } : undefined,
  oversight: (facts) => {
    if (facts.human_in_loop === 'always') return { by: -1, why: 'a person looks at everything before it happens' }
    return facts.human_in_loop === 'never' ? { by: 1, why: 'nobody looks before it happens' } : undefined
  },
  shared: (facts) => (facts.multi_tenant === true ? { by: 1, why: 'tenants share it' } : undefined),
  scores: (facts) =>
    facts.scores_exposed === true ? { by: 1, why: 'scores are returned with every answer' } : undefined,
} satisfies Record<string, Mover>

const impactMovers = {
  audience: (facts) => (facts.exposure === 'public' ? { by: 1, why: 'it would happen in public' } : undefined),
  automation: (facts) =>
    isKnown(facts.output_handling) &&
    facts.output_handling.some((use) => ['automated_action', 'automated_decision', 'executed_code'].includes(use))
      ? { by: 1, why: 'its output takes effect by itself' }
      : undefined,
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

export interface Rated {
  rating: Rating
  why: { likelihood: string; impact: string }
}

/**
 * Rates a threat from the facts. A condition that is not certain yet makes it one step less likely until it is.
 */
export function rate(facts: Facts, likelihood: LikelihoodScheme, impact: ImpactScheme, certain: boolean): Rated {
  const likely = likelihood.moved.map((name) => (likelihoodMovers[name] as Mover)(facts))
  const doubt: Step = certain ? undefined : { by: -1, why: 'it hangs on something unknown' }
  const base =
    impact.of === 'data'
      ? dataLevel[sensitivityOf(facts.sensitive_data)]
      : impact.of === 'power'
        ? powerLevel(facts)
        : { by: impact.of, why: '' }
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
