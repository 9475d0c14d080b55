// A person's work in one review, as one message that is updated in place.
import type { Context } from '../domain/decide/context.ts'
import { listed, type Review } from '../domain/review.ts'
import type { PersonId } from '../domain/treatment.ts'
import { allWaiting, type Waiting, type WaitsFor, waitingFor, withStandIns } from '../domain/waiting.ts'
import type { Workspace } from '../domain/workspace.ts'
import type { Block, Card, Item } from './card.ts'
import { text } from './card.ts'
import { count } from './labels.ts'
import { anyOf, shortReceipt, words } from './people.ts'
import type { Verb } from './press.ts'
import { numberOf, ratingText, standing, titleOf } from './threat-blocks.ts'

const groups: Record<WaitsFor, { label: string; button: string; verb: Verb }> = {
  signature: { label: 'For you to sign or send back', button: 'Decide', verb: 'threat' },
  proposal: { label: 'For you to propose', button: 'Treat', verb: 'threat' },
  verification: { label: 'For you to verify', button: 'Verify', verb: 'verify_form' },
  evidence: { label: 'For you to show', button: 'Bring evidence', verb: 'evidence_form' },
}

/** Everyone with work in this review, or with a decision in it. */
export function peopleAtWork(review: Review, workspace: Workspace): PersonId[] {
  const waiting = allWaiting(review, workspace).flatMap((one) => withStandIns(one, workspace))
  const decided = listed(review).flatMap(({ proposal }) => [
    ...(proposal ? [proposal.by] : []),
    ...(proposal?.signatures.map(({ by }) => by) ?? []),
  ])
  return [...new Set([review.requester, ...waiting, ...decided])]
}

/** What waits on one person, the most pressing kind first. */
function workOf(review: Review, workspace: Workspace, person: PersonId): Waiting[] {
  const mine = allWaiting(review, workspace).filter((one) => withStandIns(one, workspace).includes(person))
  return Object.keys(groups).flatMap((kind) => mine.filter(({ waitsFor }) => waitsFor === kind))
}

export function workListCard(review: Review, workspace: Workspace, person: PersonId): Card {
  const mine = workOf(review, workspace, person)
  const title = `${words(review.feature.name)}: your work list`
  const blocks: Block[] = Object.entries(groups).flatMap(([kind, { label, button, verb }]) => {
    const items = mine
      .filter(({ waitsFor }) => waitsFor === kind)
      .map(({ threat }): Item => {
        const number = numberOf(review, threat)
        return {
          title: `${number} · ${titleOf(threat)}`,
          detail: `${ratingText(threat.rating)}${threat.status === 'open' && !threat.reopened ? '' : ` · ${standing(workspace, threat, '')}`}`,
          action: {
            label: button,
            accessibleLabel: `${button} ${number}`,
            press: { verb, review: review.id, subject: threat.id },
          },
        }
      })
    return items.length > 0 ? [{ kind: 'items', label: `${label} (${items.length})`, items } satisfies Block] : []
  })
  const rest = doneBlocks(review, workspace, person)
  const nothing = blocks.length === 0 ? [text('Nothing waits for you here.', 'strong')] : []
  const waits =
    mine.length === 0
      ? 'nothing waits for you'
      : `${count(mine.length, 'threat')} ${mine.length === 1 ? 'waits' : 'wait'} for you`
  return { title, summary: `${title}: ${waits}.`, blocks: [...nothing, ...blocks, ...rest] }
}

/** What this person proposed or signed and where it stands, with its receipt. */
function doneBlocks(review: Review, workspace: Workspace, person: PersonId): Block[] {
  const items = listed(review).flatMap((threat): Item[] => {
    const { proposal } = threat
    const receipt =
      proposal?.signatures.find(({ by }) => by === person)?.receipt ??
      (proposal?.by === person ? proposal.receipt : undefined)
    if (!receipt) return []
    const waits = anyOf(workspace, waitingFor(review, threat, workspace)?.people ?? [])
    return [
      {
        title: `${numberOf(review, threat)} · ${titleOf(threat)}`,
        detail: `${standing(workspace, threat, waits)} · receipt ${shortReceipt(receipt)}`,
        action: {
          label: 'Look',
          accessibleLabel: `Look at ${numberOf(review, threat)}`,
          press: { verb: 'threat', review: review.id, subject: threat.id },
        },
      },
    ]
  })
  return items.length > 0 ? [{ kind: 'items', label: `In your name (${items.length})`, items }] : []
}

/** The threat to open next for a person: the first that waits on them. */
export function nextFor({ review, workspace, acting }: Context, after?: string): Waiting | undefined {
  const mine = workOf(review, workspace, acting.person).filter(({ waitsFor }) =>
    ['signature', 'proposal'].includes(waitsFor),
  )
  return mine.find(({ threat }) => threat.id !== after)
}
