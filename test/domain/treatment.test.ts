// Treatment and authority, through the pure core.
import { beforeEach, describe, expect, test } from '@jest/globals'
import { addDays } from '../../src/domain/day.ts'
import { regulated } from '../../src/domain/policy.ts'
import { type Rating, severityOf } from '../../src/domain/rating.ts'
import { listed } from '../../src/domain/review.ts'
import type { Treatment } from '../../src/domain/treatment.ts'
import { allWaiting, withStandIns } from '../../src/domain/waiting.ts'
import { refundAgent, supportCopilot } from '../support/intakes.ts'
import { type Result, World } from '../support/world.ts'

let world: World
beforeEach(() => {
  world = new World()
  world.draft(supportCopilot)
})

const mitigate = (due = '2026-12-21'): Treatment => ({
  kind: 'mitigate',
  plan: 'Do it.',
  controls: [],
  due,
  doer: 'milan',
})
const accept = (expires: string, residual: Rating): Treatment => ({
  kind: 'accept',
  reason: 'It is rare.',
  consequence: 'A wrong answer now and then.',
  expires,
  residual,
})

function threatOf(severity: string) {
  const found = listed(world.context('paula').review).find(({ rating }) => severityOf(rating) === severity)
  if (!found) throw new Error(`no ${severity} threat`)
  return found
}

function propose(person: string, id: string, treatment: Treatment = mitigate(), rating?: Rating): Result {
  const threat = world.context(person).review.threats[id]
  return world.do(person, { type: 'propose', ...world.on(id), rating: rating ?? (threat?.rating as Rating), treatment })
}

const approve = (person: string, id: string, sawUnknowns = false): Result =>
  world.do(person, { type: 'approve', ...world.on(id), sawUnknowns })

const code = (result: Result): string | undefined => ('refusal' in result ? result.refusal.code : undefined)
const types = (result: Result): string[] => ('entries' in result ? result.entries.map(({ type }) => type) : [])
const status = (id: string) => world.context('paula').review.threats[id]?.status

describe('two people suffice', () => {
  test('the product person proposes, a security lead approves', () => {
    const { id } = threatOf('high')
    expect(types(propose('paula', id))).toEqual(['threat.confirmed', 'treatment.proposed'])
    expect(types(approve('sam', id))).toEqual(['treatment.approved'])
    expect(status(id)).toBe('treated')
  })

  test('the proposer never approves, whatever their roles', () => {
    const { id } = threatOf('high')
    propose('sam', id)
    const refused = approve('sam', id)
    expect(refused).toEqual({ refusal: { code: 'own_proposal', next: ['sally'] } })
    expect(code(approve('sally', id))).toBeUndefined()
  })

  test('nor through someone who stands in for them', () => {
    const { id } = threatOf('high')
    propose('sam', id)
    world.govern('sam', { type: 'delegate', to: 'nora', until: '2026-12-01', reason: 'Holiday' })
    expect(code(approve('nora', id))).toBe('lacks_authority')
  })
})

describe('who is away', () => {
  const waitsOn = (id: string): string[] => {
    const { review, workspace } = world.context('paula')
    const waiting = allWaiting(review, workspace).find(({ threat }) => threat.id === id)
    return waiting ? withStandIns(waiting, workspace) : []
  }

  test('is followed in the work by whoever stands in, who signs for them', () => {
    const { id } = threatOf('high')
    world.govern('sam', { type: 'delegate', to: 'nora', until: '2026-12-01', reason: 'Holiday' })
    propose('paula', id)
    expect(waitsOn(id)).toEqual(['sam', 'nora', 'sally'])
    expect(code(approve('nora', id))).toBeUndefined()
  })

  test('is not replaced by someone whose time was over when the wait began, or who proposed it', () => {
    const { id } = threatOf('high')
    world.govern('sam', { type: 'delegate', to: 'nora', until: '2026-11-22', reason: 'A day off' })
    world.govern('sally', { type: 'delegate', to: 'paula', until: '2026-12-22', reason: 'Holiday' })
    world.pass(3)
    propose('paula', id)
    expect(waitsOn(id)).toEqual(['sam', 'sally'])
  })
})

describe('authority follows the confirmed severity', () => {
  test('the risk owner signs a medium risk, not a high one', () => {
    const [medium, high] = [threatOf('medium'), threatOf('high')]
    propose('paula', medium.id)
    propose('paula', high.id)
    expect(code(approve('rosa', medium.id))).toBeUndefined()
    expect(approve('rosa', high.id)).toEqual({
      refusal: { code: 'lacks_authority', severity: 'high', signers: ['security_lead'], next: ['sam', 'sally'] },
    })
  })

  test('a risk owner of other threats is not the owner of this one', () => {
    const { id } = threatOf('medium')
    world.govern('sam', { type: 'grant', person: 'milan', role: 'risk_owner' })
    propose('paula', id)
    expect(code(approve('milan', id))).toBe('lacks_authority')
  })

  test('raising the rating raises the authority it takes', () => {
    const { id } = threatOf('medium')
    propose('paula', id, mitigate(), { likelihood: 4, impact: 4 })
    expect(code(approve('rosa', id))).toBe('lacks_authority')
    expect(code(approve('sam', id))).toBeUndefined()
  })

  test('an acceptor may raise what is left, and it then counts', () => {
    const { id, rating } = threatOf('medium')
    propose('paula', id, accept('2027-01-15', { likelihood: 5, impact: 3 }), rating)
    expect(code(approve('rosa', id))).toBe('lacks_authority')
  })

  test('only a security lead rates below the catalogue, and says why', () => {
    const { id } = threatOf('high')
    const lower = { likelihood: 1, impact: 1 }
    expect(code(propose('paula', id, mitigate(), lower))).toBe('only_lead_lowers')
    expect(propose('sam', id, mitigate(), lower)).toEqual({
      refusal: { code: 'field', field: 'ratingReason', problem: { code: 'reason_missing' } },
    })
    const rated = world.do('sam', { type: 'rate', ...world.on(id), rating: lower, reason: 'The tool is not deployed.' })
    expect(types(rated)).toEqual(['threat.confirmed'])
    expect(types(propose('paula', id, mitigate(), lower))).toEqual(['treatment.proposed'])
    world.do('paula', { type: 'correct', ...world.on(id), title: 'Worse than thought', statement: 'Much worse.' })
    expect(severityOf(world.context('paula').review.threats[id]?.rating as Rating)).toBe('high')
  })

  test('critical takes a security lead and an executive', () => {
    world = new World()
    world.draft(refundAgent)
    const { id } = threatOf('critical')
    propose('paula', id)
    expect(types(approve('sam', id))).toEqual(['treatment.approved'])
    expect(status(id)).toBe('proposed')
    expect(approve('sam', id)).toEqual({ refusal: { code: 'already_signed', next: ['elena'] } })
    expect(code(approve('sally', id))).toBe('lacks_authority')
    approve('elena', id)
    expect(status(id)).toBe('treated')
  })

  test('a dispute that a threat applies at all is a security lead’s, even when it is mild', () => {
    const { id } = threatOf('medium')
    propose('paula', id, { kind: 'not_applicable', reason: 'We have no such thing.' })
    expect(code(approve('rosa', id))).toBe('lacks_authority')
    expect(code(approve('sam', id))).toBeUndefined()
  })

  test.each(['guest', 'outsider', 'deactivated'] as const)('a %s decides nothing, even with the role', (standing) => {
    const { id } = threatOf('high')
    propose('paula', id)
    expect(world.do('sam', { type: 'approve', ...world.on(id), sawUnknowns: false }, standing)).toEqual({
      refusal: { code: 'not_a_member', standing },
    })
  })

  test('auditors and strangers do not work on reviews', () => {
    const { id } = threatOf('high')
    expect(code(propose('audrey', id))).toBe('not_working_on_it')
    expect(code(propose('nora', id))).toBe('not_working_on_it')
    expect(code(propose('mallory', id))).toBe('not_known')
  })
})

describe('accepting', () => {
  test.each([
    ['medium', 180],
    ['high', 90],
  ] as const)('a %s risk for at most %i days', (severity, days) => {
    const { id, rating } = threatOf(severity)
    const latest = addDays('2026-11-21', days)
    expect(propose('paula', id, accept(addDays(latest, 1), rating))).toEqual({
      refusal: { code: 'field', field: 'expires', problem: { code: 'date_too_far', latest, severity } },
    })
    expect(code(propose('paula', id, accept(latest, rating)))).toBeUndefined()
  })

  test('over an unknown only with the tick that it was seen', () => {
    const conditional = listed(world.context('paula').review).find(({ conditionalOn }) => conditionalOn.length > 0)
    if (!conditional) throw new Error('no conditional threat')
    propose('paula', conditional.id, accept('2026-12-10', conditional.rating))
    expect(approve('sam', conditional.id)).toEqual({
      refusal: { code: 'field', field: 'sawUnknowns', problem: { code: 'tick_missing' } },
    })
    const approved = approve('sam', conditional.id, true)
    expect('entries' in approved && approved.entries[0]).toMatchObject({
      data: { sawUnknowns: ['provider_logs_prompts'] },
    })
  })

  test('not with less left than was confirmed, until someone verified a control', () => {
    const { id, rating } = threatOf('medium')
    const lower = { ...rating, likelihood: 1 }
    expect(propose('paula', id, accept('2026-12-10', lower))).toMatchObject({ refusal: { field: 'residual' } })
  })

  test('needs words for reason and consequence', () => {
    const { id, rating } = threatOf('medium')
    const silent: Treatment = {
      kind: 'accept',
      reason: '  ',
      consequence: 'x',
      expires: '2026-12-10',
      residual: rating,
    }
    expect(propose('paula', id, silent)).toMatchObject({ refusal: { field: 'reason' } })
  })
})

describe('clicks that come late', () => {
  test('a second proposal is told who was first', () => {
    const { id } = threatOf('high')
    const stale = world.on(id)
    const { rating } = threatOf('high')
    propose('paula', id)
    expect(world.do('milan', { type: 'propose', ...stale, rating, treatment: mitigate() })).toEqual({
      refusal: { code: 'already_decided', by: 'paula', at: world.at, status: 'proposed' },
    })
  })

  test('a decision on a threat whose text changed meanwhile is not taken', () => {
    const { id } = threatOf('high')
    const stale = world.on(id)
    world.do('milan', { type: 'correct', ...world.on(id), title: 'Another title', statement: 'Another statement.' })
    const { rating } = threatOf('high')
    expect(code(world.do('paula', { type: 'propose', ...stale, rating, treatment: mitigate() }))).toBe(
      'changed_since_shown',
    )
  })

  test('nor one on a card that names a component otherwise', () => {
    const { id } = threatOf('high')
    const stale = world.on('indirect-injection@outside_content-1')
    const { rating } = world.context('paula').review.threats['indirect-injection@outside_content-1'] ?? {
      rating: undefined,
    }
    const answers = [{ question: 'model_provider' as const, words: 'Claude over the API.', facts: [] }]
    const seen = world.context('paula').review.questions.model_provider.lastSeq
    world.do('paula', { type: 'answer', answers, seen })
    const late = world.do('paula', { type: 'propose', ...stale, rating: rating as Rating, treatment: mitigate() })
    expect(id).not.toBe('')
    expect(code(late)).toBe('changed_since_shown')
  })
})

describe('standing in', () => {
  test('says for whom, and only until its day', () => {
    const { id } = threatOf('high')
    world.govern('sam', { type: 'delegate', to: 'nora', until: '2026-11-28', reason: 'Holiday' })
    propose('paula', id)
    const approved = approve('nora', id)
    expect('entries' in approved && approved.entries[0]).toMatchObject({
      actor: { person: 'nora', role: 'security_lead' },
      authority: { for: { person: 'sam' } },
    })
    const other = listed(world.context('paula').review).filter(({ rating }) => severityOf(rating) === 'high')[1]
    world.pass(8)
    propose('paula', other?.id ?? '')
    expect(code(approve('nora', other?.id ?? ''))).toBe('lacks_authority')
  })
})

describe('the preset regulated', () => {
  beforeEach(() => {
    world = new World(undefined, regulated)
    world.draft(supportCopilot)
  })

  test('high takes a second signature', () => {
    const { id } = threatOf('high')
    propose('paula', id)
    approve('sam', id)
    expect(status(id)).toBe('proposed')
    approve('rosa', id)
    expect(status(id)).toBe('treated')
  })

  test('requester, risk owner and security lead are three people', () => {
    const { id } = threatOf('medium')
    world.do('sam', { type: 'hand_over', ...world.on(id), to: 'sally' })
    propose('milan', id)
    world.govern('sam', { type: 'grant', person: 'paula', role: 'security_lead' })
    expect(code(approve('paula', id))).toBe('three_people')
    expect(code(approve('sally', id))).toBeUndefined()
  })
})

describe('mitigations bring evidence', () => {
  test('which someone else verifies', () => {
    const { id } = threatOf('high')
    propose('paula', id)
    approve('sam', id)
    world.do('milan', { type: 'evidence', ...world.on(id), evidence: 'Test run 4711 passes.' })
    const own = world.do('milan', { type: 'verify', ...world.on(id), effective: true, note: 'Looks good.' })
    expect(code(own)).toBe('own_evidence')
    const verified = world.do('rosa', { type: 'verify', ...world.on(id), effective: true, note: 'I ran it again.' })
    expect(types(verified)).toEqual(['mitigation.verified'])
  })
})
