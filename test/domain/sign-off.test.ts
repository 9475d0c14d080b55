// Sign-off, what it waits for, and what opens a review again.
import { beforeEach, describe, expect, test } from '@jest/globals'
import { regulated } from '../../src/domain/policy.ts'
import { listed, watched } from '../../src/domain/review.ts'
import { supportCopilot } from '../support/intakes.ts'
import { World } from '../support/world.ts'

let world: World
const ids = () => listed(world.context('paula').review).map(({ id }) => id)

beforeEach(() => {
  world = new World()
  world.draft(supportCopilot)
})

describe('sign-off', () => {
  test('waits for every threat and every unknown', () => {
    expect(world.do('sam', world.signOff())).toEqual({
      refusal: { code: 'not_ready', open: ids().length, unknowns: 1 },
    })
    world.treatAll()
    expect(world.do('sam', world.signOff())).toEqual({ refusal: { code: 'not_ready', open: 0, unknowns: 1 } })
    world.ownQuestions()
    const signed = world.do('sam', world.signOff())
    expect('entries' in signed && signed.entries[0]).toMatchObject({
      type: 'review.signed_off',
      data: { treated: ids().length, watched: watched(world.context('sam').review).length, ownedUnknowns: 1 },
    })
  })

  test('asks to have looked at what was set aside', () => {
    world.treatAll()
    world.ownQuestions()
    expect(world.do('sam', world.signOff(false))).toMatchObject({ refusal: { field: 'sawSetAside' } })
  })

  test('is a security lead’s, never the requester’s', () => {
    world.treatAll()
    world.ownQuestions()
    expect(world.do('rosa', world.signOff())).toEqual({ refusal: { code: 'needs_role', roles: ['security_lead'] } })
    world.govern('sam', { type: 'grant', person: 'paula', role: 'security_lead' })
    expect(world.do('paula', world.signOff())).toEqual({ refusal: { code: 'own_request', next: ['sam', 'sally'] } })
  })

  test('stands for what was shown, not for what came after', () => {
    world.treatAll()
    world.ownQuestions()
    const shown = world.signOff()
    const first = ids()[0] as string
    world.do('milan', { type: 'evidence', ...world.on(first), evidence: 'x' })
    world.do('paula', {
      type: 'delegate',
      questions: ['prompt_logging_retention'],
      to: 'nora',
      due: '2026-12-06',
      seen: 0,
    })
    expect(world.do('sam', shown)).toMatchObject({ refusal: { code: 'changed_since_shown' } })
  })

  test('says that decisions were made faster than anyone reads', () => {
    for (const id of ids()) {
      const { rating } = world.context('paula').review.threats[id] ?? { rating: { likelihood: 1, impact: 1 } }
      const on = world.on(id)
      const hasty = { ...on, shown: { ...on.shown, seconds: 1 } }
      world.do('paula', { type: 'propose', ...hasty, rating, treatment: { kind: 'avoid', reason: 'No.' } })
      world.do('sam', { type: 'approve', ...world.on(id), sawUnknowns: true })
    }
    world.ownQuestions()
    world.do('sam', world.signOff())
    expect(world.context('paula').review.signedOff?.tooFast).toBe(ids().length)
  })

  test('regulated: a lead who owns a threat of the review does not sign it off', () => {
    world = new World(undefined, regulated)
    world.draft(supportCopilot)
    world.do('sally', { type: 'hand_over', ...world.on(ids()[0] as string), to: 'sam' })
    world.treatAll()
    world.ownQuestions()
    const open = listed(world.context('paula').review).filter(({ status }) => status !== 'treated')
    for (const { id } of open) world.do('sally', { type: 'approve', ...world.on(id), sawUnknowns: true })
    for (const { id } of open) world.do('elena', { type: 'approve', ...world.on(id), sawUnknowns: true })
    expect(world.do('sam', world.signOff())).toMatchObject({ refusal: { code: 'three_people', next: ['sally'] } })
    expect(world.do('sally', world.signOff())).not.toHaveProperty('refusal')
  })
})

describe('what opens it again', () => {
  beforeEach(() => {
    world.treatAll((rating) => {
      if (rating.likelihood * rating.impact >= 10)
        return { kind: 'mitigate', plan: 'Do it.', controls: [], due: '2026-12-20', doer: 'milan' }
      return { kind: 'accept', reason: 'Rare.', consequence: 'Little.', expires: '2027-03-01', residual: rating }
    })
    world.ownQuestions()
    world.do('sam', world.signOff())
  })

  const acceptedOne = () =>
    listed(world.context('paula').review).find(({ proposal }) => proposal?.treatment.kind === 'accept')

  test('an acceptance that runs out opens its threat and the review, and nothing else', () => {
    const accepted = acceptedOne()
    const lapse = { type: 'lapse' as const, threat: accepted?.id ?? '', proposal: accepted?.proposal?.seq ?? 0 }
    expect(world.do('system', lapse)).toEqual({ refusal: { code: 'not_due' } })
    world.pass(101)
    const lapsed = world.do('system', lapse)
    expect('entries' in lapsed && lapsed.entries.map(({ type }) => type)).toEqual([
      'acceptance.expired',
      'threat.reopened',
      'review.reopened',
    ])
    const { review } = world.context('paula')
    expect(review.stage).toBe('treatment')
    expect(
      listed(review)
        .filter(({ status }) => status === 'open')
        .map(({ id }) => id),
    ).toEqual([accepted?.id])
  })

  test('a mitigation past its day, unless it was verified', () => {
    const mitigated = listed(world.context('paula').review).filter(
      ({ proposal }) => proposal?.treatment.kind === 'mitigate',
    )
    const [late, shown] = [mitigated[0], mitigated[1]]
    world.do('milan', { type: 'evidence', ...world.on(shown?.id ?? ''), evidence: 'Test run 4711.' })
    world.do('rosa', { type: 'verify', ...world.on(shown?.id ?? ''), effective: true, note: 'Ran it.' })
    world.pass(30)
    const lapse = (threat = late) => ({
      type: 'lapse' as const,
      threat: threat?.id ?? '',
      proposal: threat?.proposal?.seq ?? 0,
    })
    expect(world.do('system', lapse(shown))).toEqual({ refusal: { code: 'not_due' } })
    expect(world.do('system', lapse(late))).toHaveProperty('entries')
  })

  test('a person who says what changed; decisions that rest on unchanged facts stand', () => {
    const seen = world.context('paula').review.signedOff?.seq ?? 0
    world.do('paula', { type: 'reopen', cause: 'new_tool', note: 'It may now write to the CRM.', seen })
    expect(world.context('paula').review).toMatchObject({
      stage: 'treatment',
      signedOff: undefined,
      reopened: { cause: 'new_tool' },
    })
    expect(listed(world.context('paula').review).filter(({ status }) => status !== 'treated')).toEqual([])
    expect(world.do('sam', world.signOff())).toHaveProperty('entries')
  })

  test('an answer edited after the sign-off', () => {
    const answers = [
      {
        question: 'tools_downstream' as const,
        facts: [{ fact: 'tool_capabilities' as const, value: ['read_data' as const, 'write_data' as const] }],
      },
    ]
    const seen = world.context('paula').review.questions.tools_downstream.lastSeq
    const edited = world.do('paula', { type: 'answer', answers, seen })
    expect('entries' in edited && edited.entries[0]?.type).toBe('review.reopened')
    expect(world.context('paula').review.stage).toBe('treatment')
  })
})
