// What holds after any sequence of commands by anyone.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { decidingSeverity } from '../../src/domain/authority.ts'
import { addDays, dayOf } from '../../src/domain/day.ts'
import type { Entry, ReviewEntry } from '../../src/domain/entry.ts'
import { evolveReview } from '../../src/domain/evolve-review.ts'
import { isLower, type Severity } from '../../src/domain/rating.ts'
import { reviewRows } from '../../src/domain/read-model.ts'
import { listed, type Review } from '../../src/domain/review.ts'
import type { Workspace } from '../../src/domain/workspace.ts'
import { refundAgent, supportCopilot } from '../support/intakes.ts'
import { reviewCommand, type Step, step, workspaceCommand } from '../support/random-commands.ts'
import { everyone, reviewId, World } from '../support/world.ts'

const runs = process.env.LONG ? 2_000 : 120
const people = Object.keys(everyone)

/** Plays steps and checks every entry against an account of authority kept apart from the core. */
function play(world: World, steps: Step[]): void {
  for (const one of steps) {
    const { review, workspace } = world.context('paula')
    const who = people[one.who] as string
    if (one.verb === 'pass_time') {
      world.pass(Math.abs(one.days) % 40)
      continue
    }
    const change = workspaceCommand(one, people, world.at)
    if (change) {
      world.govern(who, change)
      continue
    }
    const command = reviewCommand(one, review, people, world.at)
    if (!command) throw new Error(`a step without a meaning: ${one.verb}`)
    const result = world.do(who, command)
    if ('entries' in result) checkEntries(result.entries, review, workspace, world.at)
  }
}

function checkEntries(entries: Entry[], before: Review, workspace: Workspace, at: string): void {
  const proposals = entries.filter((entry) => entry.type === 'treatment.proposed')
  if (proposals.length > 1) {
    expect(proposals.map(({ data }) => data.treatment.kind)).toEqual(proposals.map(() => 'mitigate'))
  }
  for (const entry of entries) {
    if (entry.type === 'treatment.approved') checkApproval(entry, before, workspace, at)
    if (entry.type === 'review.signed_off') {
      expect(entry.actor.person).not.toBe(before.requester)
      expect(rolesOf(workspace, entry.actor.person, at)).toContain('security_lead')
    }
    if (entry.type === 'threat.confirmed') {
      const floor = before.threats[entry.data.threat]?.floor
      if (floor && isLower(entry.data.rating, floor))
        expect(workspace.members[entry.actor.person]?.roles).toContain('security_lead')
    }
  }
}

function checkApproval(
  entry: Extract<Entry, { type: 'treatment.approved' }>,
  before: Review,
  workspace: Workspace,
  at: string,
): void {
  const threat = before.threats[entry.data.threat]
  const proposal = threat?.proposal
  if (!threat || !proposal) throw new Error('approved without a proposal')
  const signer = entry.actor.person
  const principal = entry.authority?.for?.person ?? signer
  expect([signer, principal]).not.toContain(proposal.by)
  const signers = [...proposal.signatures.map(({ by, for: of }) => of ?? by), principal]
  expect(new Set(signers).size).toBe(signers.length)
  if (!entry.data.complete) return
  const roles = signers.map((one) => workspace.members[one]?.roles ?? [])
  const lead = roles.some((held) => held.includes('security_lead'))
  const severity: Severity = decidingSeverity(threat)
  const owner = signers.includes(threat.owner)
  if (severity === 'high' || severity === 'critical')
    expect(lead || proposal.signatures.some(({ role }) => role === 'security_lead')).toBe(true)
  else expect(lead || owner).toBe(true)
  if (severity === 'critical') expect(signers.length).toBeGreaterThan(1)
  expect(rolesOf(workspace, signer, at)).toContain(entry.actor.role)
}

/** Own roles and those of the people someone stands in for today. */
function rolesOf(workspace: Workspace, person: string, at: string): string[] {
  const lent = workspace.delegations.filter(({ to, until }) => to === person && until >= dayOf(at))
  return [person, ...lent.map(({ from }) => from)].flatMap((one) => workspace.members[one]?.roles ?? [])
}

/** A review that only waits for its sign-off. */
function treated(world: World): void {
  world.draft(supportCopilot)
  const due = addDays(dayOf(world.at), 30)
  world.treatAll(() => ({ kind: 'mitigate', plan: 'A plan.', controls: [], due, doer: 'milan' }))
  world.ownQuestions()
}

test.each([
  ['the support copilot', (world: World) => world.draft(supportCopilot)],
  ['the refund agent', (world: World) => world.draft(refundAgent)],
  ['a review that is all treated', treated],
])('%s: nothing is decided without authority, nothing is both open and signed off, nothing vanishes', (_, prepare) => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      const world = new World()
      prepare(world)
      play(world, steps)
      const { review } = world.context('paula')
      if (review.stage === 'signed_off') expect(listed(review).filter(({ status }) => status !== 'treated')).toEqual([])
      const raised = world.log.review.flatMap((entry) => (entry.type === 'threat.raised' ? entry.data.threat : []))
      expect(new Set(Object.keys(review.threats))).toEqual(new Set(raised))
      const folded = world.log.review.reduce<Review | undefined>(
        (state, entry) => evolveReview(reviewId, state, entry as ReviewEntry),
        undefined,
      )
      expect(folded).toEqual(review)
      if (folded) expect(reviewRows('w', folded)).toEqual(reviewRows('w', review))
    }),
    { numRuns: runs, seed: 4711 },
  )
})

test('random steps reach decisions, refusals, sign-offs and reopenings', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { minLength: 60, maxLength: 120 }), (early, steps) => {
      const world = new World()
      if (early) world.draft(supportCopilot)
      else treated(world)
      play(world, steps)
      for (const { type } of world.log.review) seen.set(type, (seen.get(type) ?? 0) + 1)
    }),
    { numRuns: 100, seed: 4712 },
  )
  const wanted = [
    'treatment.approved',
    'treatment.declined',
    'threat.merged',
    'threat.dismissed',
    'threat.reopened',
    'mitigation.verified',
    'review.signed_off',
    'review.reopened',
  ]
  expect(wanted.filter((type) => !seen.has(type))).toEqual([])
})
