// The review after one more entry of its stream. Pure: state and entry in, state out.
import type { ReviewEntry } from './entry.ts'
import { evolveThreat, isThreatEntry } from './evolve-threat.ts'
import { type Fact, type FactKey, unknownFacts } from './fact.ts'
import { type QuestionKey, questionKeys } from './question.ts'
import type { QuestionState, Review } from './review.ts'

/**
 * Folds one entry into a review.
 * @param state the review so far; undefined before its first entry
 * @throws when the stream does not begin with `review.opened`, which only a damaged log does
 */
export function evolveReview(id: string, state: Review | undefined, entry: ReviewEntry): Review {
  if (!state) {
    if (entry.type !== 'review.opened') throw new Error(`stream ${id} begins with ${entry.type}, not review.opened`)
    return opened(id, entry)
  }
  return { ...apply(state, entry), seq: entry.seq }
}

function opened(id: string, { data, actor, at, seq }: ReviewEntry<'review.opened'>): Review {
  return {
    id,
    feature: { id: data.feature, name: data.name },
    iteration: data.iteration,
    requester: actor.person,
    place: data.place,
    stage: 'interview',
    openedAt: at,
    questions: Object.fromEntries(
      questionKeys.map((key) => [key, { status: 'open', lastSeq: 0 }]),
    ) as Review['questions'],
    facts: unknownFacts(),
    answers: {},
    firstWords: data.words,
    threats: {},
    seq,
  }
}

function apply(state: Review, entry: ReviewEntry): Review {
  if (isThreatEntry(entry)) {
    const threat = evolveThreat(state.threats[entry.data.threat], entry)
    return { ...state, threats: { ...state.threats, [threat.id]: threat } }
  }
  const { actor, at, seq } = entry
  const by = actor.person
  switch (entry.type) {
    case 'review.opened':
      return state
    case 'question.delegated': {
      const { question, to, due } = entry.data
      const status = state.questions[question].status === 'answered' ? 'answered' : 'delegated'
      return withQuestion(state, question, { status, asked: { person: to, due }, lastSeq: seq })
    }
    case 'question.answered': {
      const { question, words, settled } = entry.data
      const answered = settled ? ({ status: 'answered', asked: undefined } as const) : {}
      const next = withQuestion(state, question, { ...answered, by, at, lastSeq: seq })
      if (words === undefined) return withQuestion(next, question, { answer: undefined })
      const answers = { ...next.answers, [seq]: { question, words } }
      return withQuestion({ ...next, answers }, question, { answer: seq })
    }
    case 'question.skipped':
      return withQuestion(state, entry.data.question, { status: 'skipped', by, at, lastSeq: seq })
    case 'fact.confirmed': {
      const changed: Partial<Record<FactKey, Fact>> = {}
      for (const { fact, value } of entry.data.facts) changed[fact] = value
      const facts = { ...state.facts, ...changed } as Review['facts']
      return withQuestion({ ...state, facts }, entry.data.question, { lastSeq: seq })
    }
    case 'interview.completed':
      return { ...state, stage: 'treatment' }
    case 'draft.completed':
      return { ...state, drafted: { at, catalogue: entry.data.catalogue, openQuestions: entry.data.openQuestions } }
    case 'review.signed_off': {
      const signedOff = { by, at, seq, receipt: entry.receipt, tooFast: entry.data.tooFast }
      return { ...state, stage: 'signed_off', signedOff, reopened: undefined }
    }
    case 'review.reopened':
      return { ...state, stage: 'treatment', signedOff: undefined, reopened: { cause: entry.data.cause, by, at } }
  }
}

function withQuestion(state: Review, key: QuestionKey, change: Partial<QuestionState>): Review {
  return { ...state, questions: { ...state.questions, [key]: { ...state.questions[key], ...change } } }
}
