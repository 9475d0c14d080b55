// Taking a draft into the review: raise what is new, revise what changed, rule out what the facts now exclude.
import canonicalize from 'canonicalize'
import { signed, worksOn } from '../authority.ts'
import type { Recorded } from '../entry.ts'
import type { ReviewEvent } from '../event.ts'
import { type FactKey, sameFact } from '../fact.ts'
import type { Quote } from '../naming.ts'
import type { Review, ThreatState } from '../review.ts'
import { routeFor } from '../routing.ts'
import type { Draft, DraftedThreat, ThreatContent } from '../threat.ts'
import type { AnswerQuote } from '../treatment.ts'
import type { Context } from './context.ts'

/**
 * Takes in the floor's draft. A threat whose content is unchanged keeps its entry and its decision; a changed one gets a
 * new revision and loses the decision made on the old; one the facts now rule out is dismissed, naming the facts.
 */
export function takeDraft(context: Context, draft: Draft): { events: Recorded<ReviewEvent>[] } {
  const { review } = context
  const events: ReviewEvent[] = []
  const count = { raised: 0, watched: 0, changed: 0, dismissed: 0 }
  for (const drafted of draft.threats) {
    const before = review.threats[drafted.id]
    const content = contentOf(review, drafted, before)
    if (!before || before.status === 'dismissed') {
      events.push(...raise(context, drafted.id, content, (before?.revision ?? 0) + 1))
      count.raised += 1
    } else if (!sameContent(before, content)) {
      events.push(...revise(drafted.id, before, content))
      count.changed += 1
    }
    events.push(...rank(drafted, before))
    if (drafted.watched) count.watched += 1
  }
  const drafted = new Set(draft.threats.map(({ id }) => id))
  for (const gone of Object.values(review.threats)) {
    if (drafted.has(gone.id) || gone.origin !== 'floor' || gone.status === 'merged' || gone.status === 'dismissed')
      continue
    events.push({ type: 'threat.dismissed', data: { threat: gone.id, because: changedFacts(review, gone) } })
    count.dismissed += 1
  }
  const { catalogue, openQuestions } = draft
  events.push({ type: 'draft.completed', data: { catalogue, ...count, openQuestions } })
  const capacity = worksOn(review, context.workspace, context.acting) ?? {
    role: 'contributor',
    principal: context.acting.person,
  }
  const by = signed(context.acting, capacity, context.workspace, 'draft/floor')
  return { events: events.map((event) => ({ ...event, ...by })) }
}

function contentOf(review: Review, drafted: DraftedThreat, before: ThreatState | undefined): ThreatContent {
  const { id: _, watched: __, evidence, ...rest } = drafted
  const text = before?.text.by === 'person' ? before.text : drafted.text
  return { ...rest, text, evidence: evidence.flatMap((quote) => inLog(review, quote)) }
}

function inLog(review: Review, { question, start, end }: Quote): AnswerQuote[] {
  const { answer } = review.questions[question]
  return answer === undefined ? [] : [{ answer, start, end }]
}

function raise(
  { review, workspace }: Context,
  threat: string,
  content: ThreatContent,
  revision: number,
): ReviewEvent[] {
  const route = routeFor(workspace, content.area, review.requester)
  return [
    { type: 'threat.raised', data: { threat, revision, origin: 'floor', ...content } },
    { type: 'threat.routed', data: { threat, ...route, area: content.area } },
  ]
}

function revise(threat: string, before: ThreatState, content: ThreatContent): ReviewEvent[] {
  const revision = before.revision + 1
  const raised: ReviewEvent = { type: 'threat.raised', data: { threat, revision, origin: before.origin, ...content } }
  if (before.status === 'open') return [raised]
  return [raised, { type: 'threat.reopened', data: { threat, cause: 'answer_changed' } }]
}

/** Who is watched is ranked anew with every draft, but what people already work on stays in the list. */
function rank({ id: threat, watched }: DraftedThreat, before: ThreatState | undefined): ReviewEvent[] {
  if (watched && (!before || before.status === 'dismissed')) return [{ type: 'threat.watched', data: { threat } }]
  if (!watched && before?.watched) return [{ type: 'threat.promoted', data: { threat } }]
  return []
}

/** Words quoted may differ; what is said, how it is rated and which facts it rests on may not. */
function sameContent(before: ThreatState, content: ThreatContent): boolean {
  const said = ({ text, refs, controls, conditionalOn, basis, why }: ThreatContent) =>
    canonicalize({ text: text.by === 'catalogue' ? text : text.by, refs, controls, conditionalOn, basis, why })
  return (
    said(before) === said(content) &&
    before.floor.likelihood === content.rating.likelihood &&
    before.floor.impact === content.rating.impact
  )
}

function changedFacts(review: Review, threat: ThreatState): FactKey[] {
  return threat.basis.filter(({ fact, value }) => !sameFact(value, review.facts[fact])).map(({ fact }) => fact)
}
