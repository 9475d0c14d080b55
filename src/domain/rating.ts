// Likelihood, impact and the severity they make.
import { z } from 'zod'

export const Level = z.int().min(1).max(5)

export const Rating = z.strictObject({ likelihood: Level, impact: Level })
export type Rating = z.infer<typeof Rating>

export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

/** Likelihood × impact: 1–4 low, 5–9 medium, 10–16 high, 20–25 critical. */
export function severityOf({ likelihood, impact }: Rating): Severity {
  const product = likelihood * impact
  if (product >= 20) return 'critical'
  if (product >= 10) return 'high'
  return product >= 5 ? 'medium' : 'low'
}

/** Below zero when `a` is the milder of the two. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b)
}

/** Whether `a` is rated lower than `b` in either part. */
export function isLower(a: Rating, b: Rating): boolean {
  return a.likelihood < b.likelihood || a.impact < b.impact
}

/** What a rating weighs in an order of priority: likelihood times impact, the worse impact first among equals. */
export function gravity({ likelihood, impact }: Rating): number {
  return likelihood * impact * 10 + impact
}
