// Random but mostly sensible commands on a review, for property tests of the core and of the store.
import fc from 'fast-check'
import type { WorkspaceCommand } from '../../src/domain/decide/workspace.ts'
import type { ReviewCommand } from '../../src/domain/decide.ts'
import { type FactKey, factValues } from '../../src/domain/fact.ts'
import { fingerprintOf, reviewFingerprint, shortFingerprint } from '../../src/domain/fingerprint.ts'
import { regulated, standard } from '../../src/domain/policy.ts'
import { factsBehind, type QuestionKey, questionKeys } from '../../src/domain/question.ts'
import type { Review } from '../../src/domain/review.ts'
import type { Treatment, TreatmentKind } from '../../src/domain/treatment.ts'
import { treatmentKinds } from '../../src/domain/treatment.ts'
import { roles } from '../../src/domain/workspace-event.ts'

/** A step names people and threats by number, so that it means something in every state. */
export interface Step {
  who: number
  verb: (typeof verbs)[number]
  which: number
  other: number
  stale: boolean
  days: number
  level: number
}

const verbs = [
  'propose',
  'propose',
  'propose',
  'approve',
  'approve',
  'approve',
  'approve',
  'decline',
  'withdraw',
  'several',
  'rate',
  'correct',
  'merge',
  'promote',
  'hand_over',
  'own_questions',
  'edit',
  'evidence',
  'verify',
  'sign_off',
  'reopen',
  'pass_time',
  'grant',
  'revoke',
  'stand_in',
  'policy',
] as const

export const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(6),
  verb: fc.constantFrom(...verbs),
  which: fc.oneof(fc.nat(3), fc.nat(30)),
  other: fc.nat(30),
  stale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  days: fc.integer({ min: -2, max: 200 }),
  level: fc.integer({ min: 1, max: 5 }),
})

const dayAfter = (at: string, days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10)
const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T

/** The command on a review that a step means; undefined for steps about the workspace or the clock. */
export function reviewCommand(one: Step, review: Review, people: string[], at: string): ReviewCommand | undefined {
  const { which, other, stale, level, days } = one
  const id = pick(Object.keys(review.threats), which)
  const on = (threat: string) => {
    const state = review.threats[threat]
    const seen = (state?.lastSeq ?? 0) - (stale ? 1 : 0)
    return { threat, shown: { seen, fingerprint: state ? shortFingerprint(fingerprintOf(review, state)) : '' } }
  }
  const question: QuestionKey = pick(questionKeys, which)
  const rating = review.threats[id]?.rating ?? { likelihood: 3, impact: 3 }
  const raised = { ...rating, likelihood: Math.max(rating.likelihood, level) }
  switch (one.verb) {
    case 'propose':
      return {
        type: 'propose',
        ...on(id),
        rating: other % 3 === 0 ? raised : rating,
        treatment: treatment(pick(treatmentKinds, other), one, review, people, at),
      }
    case 'approve':
      return { type: 'approve', ...on(id), sawUnknowns: other % 2 === 0 }
    case 'decline':
      return { type: 'decline', ...on(id), reason: 'Not convincing.' }
    case 'withdraw':
      return { type: 'withdraw', ...on(id) }
    case 'several': {
      const threats = Object.keys(review.threats)
        .slice(which % 5, (which % 5) + 3)
        .map(on)
      return { type: 'mitigate_many', threats, treatment: treatment('mitigate', one, review, people, at) as never }
    }
    case 'rate':
      return {
        type: 'rate',
        ...on(id),
        rating: { likelihood: level, impact: 1 + (other % 5) },
        reason: 'As we see it.',
      }
    case 'correct':
      return { type: 'correct', ...on(id), title: `Title ${other}`, statement: `Statement ${other}.` }
    case 'merge':
      return { type: 'merge', ...on(id), into: pick(Object.keys(review.threats), other), reason: 'The same.' }
    case 'promote':
      return { type: 'promote', ...on(id) }
    case 'hand_over':
      return { type: 'hand_over', ...on(id), to: pick(people, other) }
    case 'own_questions':
      return {
        type: 'delegate',
        questions: [question],
        to: pick(people, other),
        due: dayAfter(at, days),
        seen: review.questions[question].lastSeq,
      }
    case 'edit': {
      const fact = pick(factsBehind[question], other)
      const facts = [{ fact, value: someValue(fact, level + other) }] as never
      return {
        type: 'answer',
        answers: [{ question, facts, words: `Words ${other}` }],
        seen: review.questions[question].lastSeq,
      }
    }
    case 'evidence':
      return { type: 'evidence', ...on(id), evidence: 'A test run.' }
    case 'verify':
      return { type: 'verify', ...on(id), effective: other % 2 === 0, note: 'Looked.' }
    case 'sign_off':
      return {
        type: 'sign_off',
        fingerprint: shortFingerprint(reviewFingerprint(review)),
        sawSetAside: other % 4 !== 0,
      }
    case 'reopen':
      return { type: 'reopen', cause: 'new_tool', note: 'A tool.', seen: review.signedOff?.seq ?? 0 }
    default:
      return undefined
  }
}

/** Some value the fact can have; every third time that it is not known. */
function someValue(fact: FactKey, n: number): unknown {
  if (n % 3 === 0) return 'unknown'
  const schema = factValues[fact]
  if (schema.type === 'boolean') return n % 2 === 0
  return schema.type === 'enum' ? pick(schema.options, n) : [pick(schema.element.options, n)]
}

function treatment(
  kind: TreatmentKind,
  { days, other, level }: Step,
  review: Review,
  people: string[],
  at: string,
): Treatment {
  const answer = Number(Object.keys(review.answers)[0] ?? 0)
  switch (kind) {
    case 'mitigate':
      return { kind, plan: 'A plan.', controls: [], due: dayAfter(at, days), doer: pick(people, other) }
    case 'in_place':
      return { kind, claim: 'It is there.', controls: [], quote: { answer, start: 0, end: 3 } }
    case 'accept':
      return {
        kind,
        reason: 'Rare.',
        consequence: 'Little.',
        expires: dayAfter(at, days),
        residual: { likelihood: level, impact: 5 },
      }
    case 'transfer':
      return { kind, reason: 'Theirs.', to: 'The insurer' }
    default:
      return { kind, reason: 'So it is.' }
  }
}

/** The change of the workspace that a step means. */
export function workspaceCommand(
  { verb, which, other, days }: Step,
  people: string[],
  at: string,
): WorkspaceCommand | undefined {
  switch (verb) {
    case 'grant':
      return { type: 'grant', person: pick(people, which), role: pick(roles, other) }
    case 'revoke':
      return { type: 'revoke', person: pick(people, which), role: pick(roles, other) }
    case 'stand_in':
      return { type: 'delegate', to: pick(people, which), until: dayAfter(at, days), reason: 'Away.' }
    case 'policy':
      return { type: 'set_policy', policy: which % 2 === 0 ? regulated : standard }
    default:
      return undefined
  }
}
