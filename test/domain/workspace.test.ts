// The workspace: who changes what, and that loosening takes two.
import { expect, test } from '@jest/globals'
import { loosens, regulated, standard } from '../../src/domain/policy.ts'
import { World } from '../support/world.ts'

test('tightening takes one security lead, loosening two', () => {
  const world = new World()
  world.govern('sam', { type: 'set_policy', policy: regulated })
  expect(world.workspace.policy.preset).toBe('regulated')

  world.govern('sam', { type: 'set_policy', policy: standard })
  expect(world.workspace.policy.preset).toBe('regulated')
  expect(world.govern('sam', { type: 'set_policy', policy: standard })).toEqual({
    refusal: { code: 'own_policy_proposal' },
  })
  world.govern('sally', { type: 'set_policy', policy: standard })
  expect(world.workspace.policy.preset).toBe('standard')
})

test.each([
  [
    'more days',
    {
      ...standard,
      rules: {
        ...standard.rules,
        low: { ...standard.rules.low, acceptDays: 365 },
        high: { ...standard.rules.high, acceptDays: 91 },
      },
    },
    true,
  ],
  [
    'fewer days',
    { ...standard, rules: { ...standard.rules, high: { ...standard.rules.high, acceptDays: 30 } } },
    false,
  ],
  [
    'another kind of signer',
    {
      ...standard,
      rules: {
        ...standard.rules,
        high: { signatures: [['executive' as const, 'security_lead' as const]], acceptDays: 90 },
      },
    },
    true,
  ],
  ['the same', standard, false],
  ['regulated', regulated, false],
])('a policy with %s loosens: %#', (_, next, expected) => {
  expect(loosens(standard, next)).toBe(expected)
})

test('only security leads govern, and the last one stays', () => {
  const world = new World({ paula: ['requester'], sam: ['security_lead'] })
  expect(world.govern('paula', { type: 'grant', person: 'paula', role: 'security_lead' })).toEqual({
    refusal: { code: 'needs_role', roles: ['security_lead'] },
  })
  expect(world.govern('sam', { type: 'revoke', person: 'sam', role: 'security_lead' })).toEqual({
    refusal: { code: 'last_security_lead' },
  })
})

test('risks go to people who may own them', () => {
  const world = new World()
  expect(world.govern('sam', { type: 'route', area: 'privacy', owner: 'paula' })).toMatchObject({
    refusal: { field: 'owner' },
  })
  world.govern('sam', { type: 'route', area: 'privacy', owner: 'sally' })
  expect(world.workspace.routing).toMatchObject({ privacy: 'sally', default: 'rosa' })
})

test('a revoked role decides no more', () => {
  const world = new World()
  world.govern('sally', { type: 'revoke', person: 'sam', role: 'security_lead' })
  expect(world.govern('sam', { type: 'grant', person: 'sam', role: 'security_lead' })).toMatchObject({
    refusal: { code: 'needs_role' },
  })
})

test('an account that nobody used yet becomes its owner’s; one that stands for somebody does not', () => {
  const world = new World({ paula: ['requester'], second: ['requester', 'contributor'], sam: ['security_lead'] })
  const link = (claimant: string, unused = true) =>
    ({ type: 'link', identity: `web:${claimant}`, name: claimant, claimant, unused }) as const
  expect(world.govern('paula', link('second', false))).toEqual({ refusal: { code: 'account_in_use', by: 'second' } })
  expect(world.govern('paula', link('sam'))).toEqual({ refusal: { code: 'account_in_use', by: 'sam' } })
  expect(world.govern('paula', link('paula'))).toEqual({ refusal: { code: 'account_in_use', by: 'paula' } })
  world.govern('paula', link('second'))
  const { paula, second } = world.workspace.members
  expect([paula?.name, paula?.roles, paula?.identities]).toEqual(['paula', ['requester'], ['web:paula', 'web:second']])
  expect([second?.roles, second?.identities]).toEqual([[], []])
  expect(world.govern('second', { type: 'delegate', to: 'sam', until: '2026-12-24', reason: 'Away.' })).toEqual({
    refusal: { code: 'not_known' },
  })
})
