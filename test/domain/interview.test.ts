// The interview, through the pure core: answers, unknowns, asking others, editing.
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ConfirmedFact } from '../../src/domain/event.ts'
import { openQuestions } from '../../src/domain/open-questions.ts'
import { type QuestionKey, waves } from '../../src/domain/question.ts'
import { listed } from '../../src/domain/review.ts'
import { supportCopilot } from '../support/intakes.ts'
import { type Result, World } from '../support/world.ts'

let world: World
beforeEach(() => {
  world = new World()
})

const question = (key: QuestionKey) => world.context('paula').review.questions[key]
const facts = () => world.context('paula').review.facts
const types = (result: Result): string[] => ('entries' in result ? result.entries.map(({ type }) => type) : [])

function answer(person: string, key: QuestionKey, given: { words?: string; facts?: ConfirmedFact[] }): Result {
  const seen = question(key).lastSeq
  return world.do(person, { type: 'answer', answers: [{ question: key, facts: [], ...given }], seen })
}

describe('answering', () => {
  beforeEach(() => void world.open())

  test('a question left empty is skipped and its facts stay unknown: silence is never a no', () => {
    expect(types(answer('paula', 'tools_downstream', {}))).toEqual(['question.skipped'])
    expect(facts().uses_tools).toBe('unknown')
  })

  test('a fact that depends on another follows it, and comes back with it', () => {
    answer('paula', 'tools_downstream', { facts: [{ fact: 'uses_tools', value: false }] })
    expect(facts().tool_capabilities).toBe('not_applicable')
    answer('paula', 'tools_downstream', { facts: [{ fact: 'uses_tools', value: true }] })
    expect(facts().tool_capabilities).toBe('unknown')
  })

  test('the same answer again changes nothing and is not recorded', () => {
    answer('paula', 'human_oversight', { words: 'Always.', facts: [{ fact: 'human_in_loop', value: 'always' }] })
    const again = answer('paula', 'human_oversight', {
      words: 'Always.',
      facts: [{ fact: 'human_in_loop', value: 'always' }],
    })
    expect(again).toEqual({ refusal: { code: 'nothing_said' } })
  })

  test('words noted in passing leave the question open', () => {
    const noted = { question: 'human_oversight' as const, words: 'The agent looks.', facts: [], noted: true }
    world.do('paula', { type: 'answer', answers: [noted], seen: 0 })
    expect(question('human_oversight')).toMatchObject({ status: 'open', answer: 2 })
  })

  test('two who answer the same card at once: the second is told who was first', () => {
    answer('milan', 'human_oversight', { words: 'Always.' })
    const late = world.do('paula', {
      type: 'answer',
      answers: [{ question: 'human_oversight', words: 'Never.', facts: [] }],
      seen: 0,
    })
    expect(late).toMatchObject({ refusal: { code: 'changed_since_shown', by: 'milan' } })
  })
})

describe('asking someone else', () => {
  beforeEach(() => void world.open())

  test('their answer is recorded as theirs, also when they have no role', () => {
    world.do('paula', { type: 'delegate', questions: ['secrets_keys'], to: 'nora', due: '2026-11-28', seen: 0 })
    expect(question('secrets_keys')).toMatchObject({
      status: 'delegated',
      asked: { person: 'nora', due: '2026-11-28' },
    })
    const answered = answer('nora', 'secrets_keys', { facts: [{ fact: 'secrets_reachable', value: false }] })
    expect('entries' in answered && answered.entries[0]).toMatchObject({
      actor: { person: 'nora', role: 'contributor' },
    })
    expect(question('secrets_keys')).toMatchObject({ status: 'answered', by: 'nora', asked: undefined })
  })

  test('in the past or of nobody is refused under the field', () => {
    const ask = (to: string, due: string) =>
      world.do('paula', { type: 'delegate', questions: ['secrets_keys'], to, due, seen: 0 })
    expect(ask('nora', '2026-11-20')).toMatchObject({ refusal: { field: 'due' } })
    expect(ask('mallory', '2026-11-28')).toMatchObject({ refusal: { field: 'to' } })
  })
})

describe('the draft', () => {
  test('comes in the moment the last question is dealt with, with every threat routed to someone', () => {
    world.draft(supportCopilot)
    const { review } = world.context('paula')
    expect(review.stage).toBe('treatment')
    expect(listed(review).length).toBeGreaterThan(9)
    expect(listed(review).filter(({ owner }) => owner !== 'rosa')).toEqual([])
    expect(openQuestions(review)).toEqual([
      { question: 'prompt_logging_retention', facts: ['provider_logs_prompts'], threats: 1, owned: null },
    ])
  })

  test('routes to a security lead where no rule and no default says otherwise', () => {
    world = new World({ paula: ['requester'], sam: ['security_lead'] })
    world.draft(supportCopilot)
    expect(new Set(listed(world.context('paula').review).map(({ owner }) => owner))).toEqual(new Set(['sam']))
  })
})

test('an auditor owes nobody an answer: reads everything, decides nothing', () => {
  world.draft(supportCopilot)
  const asked = world.do('paula', {
    type: 'delegate',
    questions: ['secrets_keys'],
    to: 'audrey',
    due: '2026-12-01',
    seen: 0,
  })
  expect(asked).toMatchObject({ refusal: { code: 'field', field: 'to', problem: { code: 'only_reads' } } })
})

describe('an edited answer', () => {
  beforeEach(() => world.draft(supportCopilot))

  test('that changes no fact re-opens nothing', () => {
    const edited = answer('paula', 'supply_chain', { words: 'LangChain and friends.', facts: [] })
    expect(types(edited)).toEqual(['question.answered'])
  })

  test('re-opens exactly what it touches, and only that', () => {
    const threats = world.context('paula').review.threats
    const [touched, untouched] = ['direct-injection@model-1', 'malicious-package@supplier-1']
    for (const id of [touched, untouched]) {
      const treatment = { kind: 'avoid' as const, reason: 'Left out.' }
      world.do('paula', { type: 'propose', ...world.on(id), rating: threats[id]?.rating as never, treatment })
      world.do('sam', { type: 'approve', ...world.on(id), sawUnknowns: false })
    }
    const edited = answer('paula', 'users_exposure', { facts: [{ fact: 'exposure', value: 'public' }] })
    const after = world.context('paula').review.threats
    expect(after[touched]).toMatchObject({ status: 'open', revision: 2, reopened: 'answer_changed' })
    expect(after[untouched]).toMatchObject({ status: 'treated', revision: 1 })
    expect(types(edited)).toContain('draft.completed')
  })

  test('that rules a threat out dismisses it by name of the fact, and a later edit brings it back', () => {
    const id = 'borrowed-rights@tool-1'
    answer('paula', 'tools_downstream', { facts: [{ fact: 'uses_tools', value: false }] })
    expect(world.context('paula').review.threats[id]).toMatchObject({ status: 'dismissed' })
    const dismissed = world.log.review.find(({ type, data }) => type === 'threat.dismissed' && data.threat === id)
    expect(dismissed?.data).toMatchObject({ because: expect.arrayContaining(['uses_tools']) })
    const back: ConfirmedFact[] = [
      { fact: 'uses_tools', value: true },
      { fact: 'tool_capabilities', value: ['read_data'] },
      { fact: 'tool_identity', value: 'service_account' },
    ]
    answer('paula', 'tools_downstream', { facts: back })
    expect(world.context('paula').review.threats[id]).toMatchObject({ status: 'open', revision: 2 })
  })

  test('of an unknown settles what hung on it', () => {
    expect(listed(world.context('paula').review).filter(({ conditionalOn }) => conditionalOn.length > 0)).toHaveLength(
      1,
    )
    answer('paula', 'prompt_logging_retention', { facts: [{ fact: 'provider_logs_prompts', value: true }] })
    expect(listed(world.context('paula').review).filter(({ conditionalOn }) => conditionalOn.length > 0)).toEqual([])
    expect(openQuestions(world.context('paula').review)).toEqual([])
  })

  test('keeps a person’s own wording of a threat whose rating changes', () => {
    const id = 'direct-injection@model-1'
    world.do('milan', { type: 'correct', ...world.on(id), title: 'Our title', statement: 'Our statement.' })
    answer('paula', 'users_exposure', { facts: [{ fact: 'exposure', value: 'public' }] })
    expect(world.context('paula').review.threats[id]?.text).toEqual({
      by: 'person',
      title: 'Our title',
      statement: 'Our statement.',
    })
  })
})

test('every question is asked in exactly one wave of two or three', () => {
  expect(waves.flat()).toHaveLength(12)
  expect(new Set(waves.flat()).size).toBe(12)
  expect(waves.filter(({ length }) => length < 2 || length > 3)).toEqual([])
})
