// The means over all cases.
import { type ByDepth, byDepth, type Score } from './score.ts'
import { mean, type Stability } from './stability.ts'

export interface Summary {
  cases: number
  /** Over the cases that expect a technique; null without one. */
  recall: ByDepth | null
  frequency: ByDepth | null
  lift: ByDepth | null
  /** Over the cases the OWASP list applies to. */
  f1: number | null
  f1Cases: number
  length: number | null
  listed: number | null
  threats: number
  contradictions: number
  duplicates: number
  stability: Omit<Stability, 'moved'>
}

type Scored = Omit<Score, 'missed'> & { stability: Stability }

export function summaryOf(cases: Scored[]): Summary {
  const scored = cases.flatMap(({ f1 }) => f1 ?? [])
  const total = (of: (one: Scored) => number) => cases.reduce((sum, one) => sum + of(one), 0)
  const weighted = (many: 'edits' | 'changes', share: 'jaccard' | 'kept') => {
    const n = cases.reduce((sum, { stability }) => sum + stability[many], 0)
    const sum = cases.reduce((sum, { stability }) => sum + stability[many] * (stability[share] ?? 0), 0)
    return { [many]: n, [share]: n === 0 ? null : sum / n }
  }
  return {
    cases: cases.length,
    recall: meanByDepth(cases.flatMap(({ recall }) => recall ?? [])),
    frequency: meanByDepth(cases.flatMap(({ frequency }) => frequency ?? [])),
    lift: meanByDepth(cases.flatMap(({ lift }) => lift ?? [])),
    f1: mean(scored),
    f1Cases: scored.length,
    length: mean(cases.map(({ length }) => length)),
    listed: mean(cases.map(({ listed }) => listed)),
    threats: total(({ length }) => length),
    contradictions: total(({ contradictions }) => contradictions.length),
    duplicates: total(({ duplicates }) => duplicates.length),
    stability: { ...weighted('edits', 'jaccard'), ...weighted('changes', 'kept') } as Summary['stability'],
  }
}

function meanByDepth(values: ByDepth[]): ByDepth | null {
  return values.length === 0 ? null : byDepth((depth) => mean(values.map((value) => value[depth])) as number)
}
