// How long careful reading takes, and whether a decision was made faster than that.
import type { Review, ThreatState } from './review.ts'
import { listed } from './review.ts'
import { plain } from './words.ts'

/** About 240 words a minute, a usual figure for silent reading of plain prose. */
const wordsPerSecond = 4

/** Seconds it takes to read a threat once, controls included. */
function readingSeconds({ text, why, controls }: ThreatState): number {
  const parts = [plain(text.title), plain(text.statement), why.likelihood, why.impact, ...controls.map((c) => c.title)]
  return Math.ceil(parts.join(' ').split(/\s+/).length / wordsPerSecond)
}

/** Minutes a careful pass over the listed threats takes: reading each three times over, and never under 30 seconds. */
export function carefulMinutes(review: Review): number {
  const seconds = listed(review).reduce((sum, threat) => sum + Math.max(30, 3 * readingSeconds(threat)), 0)
  return Math.max(1, Math.round(seconds / 60))
}

/** Threats proposed or signed in under a third of the time it takes to read them; unmeasured ones do not count. */
export function tooFast(review: Review): number {
  return listed(review).filter((threat) => {
    const seconds = threat.proposal?.seconds
    return seconds !== undefined && seconds < readingSeconds(threat) / 3
  }).length
}
