// What the decision log and the program's log hold, for tests that nothing got into them.
import { reviewFingerprint, shortFingerprint } from '../../src/domain/fingerprint.ts'
import type { Review } from '../../src/domain/review.ts'
import { jsonLog } from '../../src/log-lines.ts'
import type { TestApp } from './app.ts'
import { listedIds, onThreat } from './drafted.ts'

export interface Recorded {
  stream: string
  seq: number
  type: string
  body: string
}

/** Entries of a workspace, oldest first. */
export async function entriesOf({ app }: TestApp, workspace: string): Promise<Recorded[]> {
  return await app.store.database.run(
    ({ sql }) => sql<Recorded[]>`
      select stream, seq::int, type, body from declog.entry where workspace = ${workspace} order by stream, seq`,
  )
}

export async function workspacesOf({ app }: TestApp): Promise<string[]> {
  const rows = await app.store.database.run(
    ({ sql }) => sql<{ workspace: string }[]>`select distinct workspace from declog.entry order by workspace`,
  )
  return rows.map(({ workspace }) => workspace)
}

const decisive =
  /^(treatment\.(approved|declined)|review\.signed_off|role\.|policy\.|routing\.|workspace\.|installation\.)/

/**
 * Whether an entry is more than a member without further roles may leave; newcomers are met as such members.
 * @param theirs a review of somebody else
 */
export function isBeyondMembers({ stream, type, body }: Recorded, theirs: string): boolean {
  const { actor, data } = JSON.parse(body) as { actor: { person: string }; data: { role?: string } }
  const isMet = actor.person === 'system' && ['requester', 'contributor'].includes(data.role ?? '')
  const isOthers = stream === `review/${theirs}` && type.startsWith('treatment.')
  return isOthers || (decisive.test(type) && !isMet)
}

/** Everything the program logged, as it is written out. */
export function logLines({ logged }: TestApp): string[] {
  const lines: string[] = []
  const log = jsonLog((line) => lines.push(line))
  for (const { level, message, fields } of logged) log[level as 'info' | 'warn' | 'error'](message, fields)
  return lines
}

/** What a card of a review would send. */
export interface OnCard {
  review: string
  subject?: string
  seen?: number
  shown: string
}

/** The cards of a review's first threats, and the one that signs it off. */
export function cardsOf(review: Review): OnCard[] {
  const threats = listedIds(review).slice(0, 3)
  return [
    ...threats.map((subject) => {
      const { seen, fingerprint } = onThreat(review, subject).shown
      return { review: review.id, subject, seen, shown: fingerprint }
    }),
    { review: review.id, shown: shortFingerprint(reviewFingerprint(review)) },
  ]
}
