// A form that is drawn anew is the one that was opened, and has been open since then.
import { expect, test } from '@jest/globals'
import { openerOf, sinceOpened, stillApplies } from '../../src/conversation/open-form.ts'
import { threatForm } from '../../src/conversation/threat-form.ts'
import { listed } from '../../src/domain/review.ts'
import { supportCopilot } from '../support/intakes.ts'
import { World } from '../support/world.ts'

function drafted() {
  const world = new World()
  world.draft(supportCopilot)
  const context = world.context('paula')
  const [first, second] = listed(context.review)
  if (!first || !second) throw new Error('two threats were expected')
  return { world, context, first, second }
}

test('whoever asked for the next threat gets that one again, not the one that is next by then', () => {
  const { context, first } = drafted()
  const form = threatForm(context, first)
  expect(openerOf(form, { verb: 'next_threat', review: context.review.id })).toEqual({
    ...{ verb: 'threat', review: context.review.id, subject: first.id },
    openedAt: context.acting.at,
  })
})

test('time counts from when a form was first opened, however often it is drawn anew', () => {
  const { world, context, first } = drafted()
  const opener = openerOf(threatForm(context, first), { verb: 'threat', review: context.review.id, subject: first.id })
  world.pass(1)
  const again = threatForm(world.context('paula'), first)
  expect(again.submit?.press.openedAt).not.toBe(context.acting.at)
  expect(sinceOpened(again, opener).submit?.press.openedAt).toBe(context.acting.at)
})

test('a form applies until its own threat changes', () => {
  const { world, context, first, second } = drafted()
  const press = threatForm(context, first).submit?.press
  if (!press) throw new Error('a form to propose was expected')
  const propose = (id: string) => {
    const { rating } = first
    world.do('paula', { type: 'propose', ...world.on(id), rating, treatment: { kind: 'avoid', reason: 'No.' } })
  }
  propose(second.id)
  expect(stillApplies(world.context('paula').review, press)).toBe(true)
  propose(first.id)
  expect(stillApplies(world.context('paula').review, press)).toBe(false)
})
