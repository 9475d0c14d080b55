// Scores one draft against its case. Only the first ATLAS and the first OWASP id of a threat count.
import type { DraftedThreat } from '../../domain/threat.ts'
import { techniqueOf } from '../../knowledge/reference.ts'
import type { Case } from './case.ts'
import { type Contradiction, contradictionsIn } from './contradictions.ts'

export type Threat = Pick<DraftedThreat, 'id' | 'watched'> & { refs: Pick<DraftedThreat['refs'], 'atlas' | 'owasp'> }

/** How far down the list recall looks. */
export const depths = [10, 15, 20] as const
export type ByDepth = Record<(typeof depths)[number], number>
/** The depth the list is made for: what counts as missed, and the F1, look this far. */
const mainDepth = 15

export interface Score {
  /** Null where the case expects no technique. */
  recall: ByDepth | null
  /** What the most frequent techniques of the other families would have scored; null where there are none. */
  frequency: ByDepth | null
  lift: ByDepth | null
  /** Null where the OWASP list does not apply. */
  f1: number | null
  length: number
  listed: number
  /** Expected ids that no threat among the first fifteen names. */
  missed: string[]
  contradictions: Contradiction[]
  /** Ids that stand more than once, once for each repetition. */
  duplicates: string[]
}

/** @param others all cases, the case itself and its family included: they are left out here */
export function scoreOf(one: Case, threats: Threat[], others: Case[]): Score {
  const { techniques, categories, categoriesApply } = one
  const named = threats.map(({ refs }) => (refs.atlas[0] === undefined ? '' : techniqueOf(refs.atlas[0])))
  const categoriesNamed = new Set(threats.slice(0, mainDepth).flatMap(({ refs }) => refs.owasp[0] ?? []))
  const frequent = mostFrequent(others.filter(({ family }) => family !== one.family))
  const recall = techniques.length === 0 ? null : recallOf(techniques, named)
  const frequency = techniques.length === 0 || frequent.length === 0 ? null : recallOf(techniques, frequent)
  const lift = recall && frequency ? byDepth((depth) => recall[depth] - frequency[depth]) : null
  const ids = threats.map(({ id }) => id)
  return {
    recall,
    frequency,
    lift,
    f1: categoriesApply ? f1Of(categories, categoriesNamed) : null,
    length: threats.length,
    listed: threats.filter(({ watched }) => !watched).length,
    missed: [
      ...techniques.filter((id) => !named.slice(0, mainDepth).includes(id)),
      ...(categoriesApply ? categories.filter((id) => !categoriesNamed.has(id)) : []),
    ],
    contradictions: contradictionsIn(one.intake.facts, threats),
    duplicates: ids.filter((id, place) => ids.indexOf(id) < place),
  }
}

export function byDepth(of: (depth: (typeof depths)[number]) => number): ByDepth {
  return Object.fromEntries(depths.map((depth) => [depth, of(depth)])) as ByDepth
}

function recallOf(expected: string[], named: string[]): ByDepth {
  return byDepth((depth) => {
    const first = new Set(named.slice(0, depth))
    return expected.filter((id) => first.has(id)).length / expected.length
  })
}

function f1Of(expected: string[], named: Set<string>): number {
  const both = expected.filter((id) => named.has(id)).length
  return both === 0 ? 0 : (2 * both) / (expected.length + named.size)
}

/** The techniques that these cases expect, the most frequent first, then by id. */
function mostFrequent(cases: Case[]): string[] {
  const times = new Map<string, number>()
  for (const id of cases.flatMap(({ techniques }) => techniques)) times.set(id, (times.get(id) ?? 0) + 1)
  return [...times].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([id]) => id)
}
