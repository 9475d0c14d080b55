// Opening a review, answering its questions, asking someone else.

import { capacities, outsider, signed } from '../authority.ts'
import { dayOf } from '../day.ts'
import type { Acting, Recorded } from '../entry.ts'
import type { ConfirmedFact, Place, ReviewEvent } from '../event.ts'
import { dependsOn, type Fact, type FactKey, isKnown, sameFact } from '../fact.ts'
import { factsBehind, type QuestionKey, questionKeys } from '../question.ts'
import { type Decided, field, refuse } from '../refusal.ts'
import { type Review, unknowns } from '../review.ts'
import type { PersonId } from '../treatment.ts'
import { onlyReads, type Workspace } from '../workspace.ts'
import { type Context, isRefused, type ReviewDecided, record, wordsProblem, working } from './context.ts'

export interface Open {
  feature: string
  name: string
  place: Place
  words?: string | undefined
}

/** Anyone the workspace knows may start a review, auditors apart: they read everything and decide nothing. */
export function open(command: Open, workspace: Workspace, acting: Acting): Decided<Recorded<ReviewEvent>> {
  const outside = outsider(workspace, acting)
  if (outside) return refuse(outside)
  const [capacity] = capacities(workspace, acting)
  if (!capacity) return refuse({ code: 'needs_role', roles: ['requester'] })
  const problem =
    wordsProblem('name', command.name, 120) ??
    (command.words === undefined ? undefined : wordsProblem('words', command.words))
  if (problem) return problem
  const { feature, name, place, words } = command
  const event: ReviewEvent = { type: 'review.opened', data: { feature, name, place, words, iteration: 1 } }
  return { events: [{ ...event, ...signed(acting, capacity, workspace, 'review/open') }] }
}

export interface Answered {
  question: QuestionKey
  words?: string | undefined
  /** Said in passing: the words are noted, the question stays open. */
  noted?: boolean
  /** Facts given by tap; one behind the question that is missing here stays as it is. */
  facts: readonly ConfirmedFact[]
}

export interface Answer {
  answers: readonly Answered[]
  /** The newest entry about these questions when they were shown: 0 before the first. */
  seen: number
}

/** The newest entry about any of these questions. */
export function lastSeqOf(review: Review, questions: readonly QuestionKey[]): number {
  return Math.max(...questions.map((key) => review.questions[key].lastSeq))
}

/**
 * Answers questions, for the first time or again. A question with neither words nor facts is skipped: what it would have
 * told stays unknown. The last answer completes the interview.
 */
export function answer(context: Context, { answers, seen }: Answer): ReviewDecided {
  const capacity = working(context)
  if (isRefused(capacity)) return capacity
  const { review } = context
  const asked = answers.map(({ question }) => question)
  const last = lastSeqOf(review, asked)
  if (last !== seen) {
    const { by, at } = asked.map((key) => review.questions[key]).find(({ lastSeq }) => lastSeq === last) ?? {}
    return refuse({ code: 'changed_since_shown', by: by ?? review.requester, at: at ?? review.openedAt })
  }
  const events: ReviewEvent[] = []
  for (const one of answers) {
    const problem = one.words === undefined ? undefined : wordsProblem(`${one.question}.words`, one.words)
    if (problem) return problem
    events.push(...answering(review, one))
  }
  if (events.length === 0) return refuse({ code: 'nothing_said' })
  if (review.stage === 'signed_off') events.unshift({ type: 'review.reopened', data: { cause: 'answer_changed' } })
  const settled = new Set(answers.filter(({ noted }) => !noted).map(({ question }) => question))
  const complete = questionKeys.every((key) => settled.has(key) || review.questions[key].status !== 'open')
  if (review.stage === 'interview' && complete) {
    events.push({ type: 'interview.completed', data: { unknown: stillUnknown(review, answers) } })
  }
  return record(context, capacity, 'interview/answer', ...events)
}

function answering(review: Review, { question, words, facts, noted = false }: Answered): ReviewEvent[] {
  const before = review.questions[question]
  const heldWords = before.answer === undefined ? undefined : review.answers[before.answer]?.words
  const changed = withImplied(review, question, facts).filter(({ fact, value }) => !sameFact(value, review.facts[fact]))
  if (words === undefined && facts.length === 0) {
    return before.status === 'open' ? [{ type: 'question.skipped', data: { question } }] : []
  }
  const says: ReviewEvent[] =
    before.status !== 'answered' || words !== heldWords
      ? [{ type: 'question.answered', data: { question, words, settled: !noted } }]
      : []
  const confirms: ReviewEvent[] =
    changed.length > 0 ? [{ type: 'fact.confirmed', data: { question, facts: changed } }] : []
  return [...says, ...confirms]
}

/** A fact that depends on another follows it: where nothing is trained, training data does not apply. */
function withImplied(review: Review, question: QuestionKey, facts: readonly ConfirmedFact[]): ConfirmedFact[] {
  const given = new Map<FactKey, Fact>(facts.map(({ fact, value }) => [fact, value]))
  for (const child of factsBehind[question]) {
    const parent = dependsOn[child]
    if (!parent) continue
    const holds = given.get(parent) ?? review.facts[parent]
    if (holds === false) given.set(child, 'not_applicable')
    else if (review.facts[child] === 'not_applicable' && !given.has(child)) given.set(child, 'unknown')
  }
  return [...given].map(([fact, value]) => ({ fact, value }) as ConfirmedFact)
}

function stillUnknown(review: Review, answers: readonly Answered[]): FactKey[] {
  const told = new Set(
    answers.flatMap(({ facts }) => facts.filter(({ value }) => isKnown(value)).map(({ fact }) => fact)),
  )
  return unknowns(review).filter((fact) => !told.has(fact))
}

export interface Delegate {
  questions: QuestionKey[]
  to: PersonId
  due: string
  /** The newest entry about these questions when they were shown. */
  seen: number
}

/** Asks someone else: they get the questions, and owe the answers by a day. */
export function delegate(context: Context, { questions, to, due }: Delegate): ReviewDecided {
  const capacity = working(context)
  if (isRefused(capacity)) return capacity
  const { review, workspace, acting } = context
  if (!workspace.members[to]) return refuse(field('to', { code: 'not_a_person' }))
  if (onlyReads(workspace, to)) return refuse(field('to', { code: 'only_reads' }))
  if (due < dayOf(acting.at)) return refuse(field('due', { code: 'date_past' }))
  const events: ReviewEvent[] = questions.map((question) => ({
    type: 'question.delegated',
    data: { question, to, due },
  }))
  const settled = new Set(questions)
  const complete = questionKeys.every((key) => settled.has(key) || review.questions[key].status !== 'open')
  if (review.stage === 'interview' && complete) {
    events.push({ type: 'interview.completed', data: { unknown: unknowns(review) } })
  }
  return record(context, capacity, 'interview/delegate', ...events)
}
