// What the bot says: every card is complete, its buttons can be told apart, and people's words stay words.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Action, type Block, inputsOf } from '../../src/conversation/card.ts'
import { desiredMessages } from '../../src/conversation/desired-messages.ts'
import { featureName } from '../../src/conversation/feature-name.ts'
import { escapeMarkdown, markdownReport } from '../../src/conversation/markdown.ts'
import { svgFromDot } from '../../src/conversation/picture/render.ts'
import { systemDot } from '../../src/conversation/picture/system.ts'
import { plainText } from '../../src/conversation/plain-text.ts'
import { Press } from '../../src/conversation/press.ts'
import { threatForm } from '../../src/conversation/threat-form.ts'
import { describesFeature, understand } from '../../src/conversation/understand.ts'
import { systemOf } from '../../src/domain/component.ts'
import { answersOf, listed } from '../../src/domain/review.ts'
import { supportCopilot } from '../support/intakes.ts'
import { reviewCommand, step } from '../support/random-commands.ts'
import { everyone, World } from '../support/world.ts'

function actionsIn(blocks: Block[]): Action[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'actions') return block.actions
    return block.kind === 'items' ? block.items.flatMap(({ action }) => action ?? []) : []
  })
}

function checkBlocks(blocks: Block[]): void {
  const actions = actionsIn(blocks)
  const names = actions.map(({ label, accessibleLabel }) => accessibleLabel ?? label)
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  // Voice control presses what it sees, so the spoken name begins with the label (WCAG 2.5.3).
  expect(actions.filter(({ label, accessibleLabel }) => accessibleLabel && !accessibleLabel.startsWith(label))).toEqual(
    [],
  )
  for (const { press } of actions) expect(Press.safeParse(press).success).toBe(true)
  const inputs = inputsOf(blocks)
  expect(new Set(inputs.map(({ name }) => name)).size).toBe(inputs.length)
  expect(inputs.filter(({ label }) => label.trim() === '')).toEqual([])
  for (const block of blocks) if (block.kind === 'picture') expect(block.alt).not.toBe('')
}

test('in any state of a review, every card has a summary, buttons of their own names and labelled inputs', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World()
      world.draft(supportCopilot)
      const people = Object.keys(everyone)
      for (const one of steps) {
        const what = reviewCommand(one, world.context('paula').review, people, world.at)
        if (what) world.do(people[one.who] as string, what)
      }
      const context = world.context('sam')
      for (const { key, card } of desiredMessages(context.review, context.workspace)) {
        expect([key, card.title.trim(), card.summary.trim()]).not.toContain('')
        expect(card.summary.length).toBeGreaterThan(card.title.length)
        checkBlocks(card.blocks)
        expect(plainText(card)).not.toMatch(/undefined|\[object|NaN/)
      }
      for (const person of ['paula', 'sam', 'audrey']) {
        for (const threat of listed(context.review)) {
          const { blocks, submit } = threatForm(world.context(person), threat)
          checkBlocks(blocks)
          if (person === 'audrey') expect(submit).toBeUndefined()
        }
      }
    }),
    { numRuns: process.env.LONG ? 300 : 25, seed: 4711 },
  )
})

test('where it was started a review shows counts and progress, never the text of a threat', () => {
  const world = new World()
  world.draft(supportCopilot)
  const { review, workspace } = world.context('paula')
  const card = desiredMessages(review, workspace).find(({ key }) => key === 'review')?.card
  const said = JSON.stringify(card)
  for (const { text } of listed(review)) expect(said).not.toContain(String(text.title))
  expect(said).toContain('15 threats, 0 decided')
})

describe('typed words', () => {
  test.each([
    ['help', 'help'],
    ['/countersign status', 'status'],
    ['Mine!', 'mine'],
    ['stop', 'stop'],
    ['resume', 'resume'],
    ['status of the budget is bad', 'say'],
    ['stop words are removed before indexing', 'say'],
    ['We are building a chatbot', 'say'],
  ])('“%s” means %s', (words, kind) => {
    expect(understand(words).kind).toBe(kind)
  })

  test('“start …” carries what follows', () => {
    expect(understand('start a support copilot')).toEqual({ kind: 'start', words: 'a support copilot' })
  })

  test.each([
    ['we are building a support copilot for agents', true],
    ['hello there', false],
    ['what is the status of my review?', false],
  ])('“%s” describes a feature: %s', (words, expected) => {
    expect(describesFeature(words)).toBe(expected)
  })

  test.each([
    ['We are building a support copilot on gpt-4o, RAG over Zendesk, transcripts 30 days', 'Support copilot on gpt-4o'],
    ['We’re adding an invoice classifier. It reads mail.', 'Invoice classifier'],
    ['Support copilot that answers our staff', 'Support copilot'],
    ['🦜', '🦜'],
  ])('“%s” is called “%s”', (words, name) => {
    expect(featureName(words)).toBe(name)
  })

  test('a name is short and never empty, whatever was said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        const name = featureName(words)
        expect(name.length).toBeGreaterThan(0)
        expect(name.length).toBeLessThanOrEqual(61)
      }),
      { seed: 4711 },
    )
  })
})

const hostile =
  '<!channel> [x](javascript:alert(1)) **bold** `code` "quote" \\ {model-1} }]; | # <img src=x onerror=alert(1)>'

describe('hostile words stay words', () => {
  const world = new World()
  world.draft({
    ...supportCopilot,
    answers: { ...supportCopilot.answers, retrieval_memory: `${hostile}. Confluence "]; evil [label="x.` },
  })
  const id = 'direct-injection@model-1'
  world.do('paula', { type: 'correct', ...world.on(id), title: hostile, statement: hostile })
  const { review, workspace } = world.context('paula')

  test('in the picture', async () => {
    const system = systemOf(review.facts, answersOf(review))
    const svg = await svgFromDot(systemDot(system, `${hostile}\n"];evil`))
    expect(svg).not.toMatch(/<img|<script|onerror="/)
    expect(svg.match(/class="node"/g)).toHaveLength(system.components.length)
  })

  test('in Markdown', () => {
    const report = markdownReport(review, workspace, { system: 's.png', risks: 'r.png' })
    expect(report).not.toContain('[x](javascript:')
    expect(report).not.toMatch(/(?<!\\)<(?:img|!channel)/)
    expect(escapeMarkdown('1. not a list\n- nor this')).toBe('1\\. not a list\n\\- nor this')
  })

  test('a person’s braces are not taken for a component', () => {
    const card = desiredMessages(review, workspace).find(({ key }) => key.startsWith('work/'))?.card
    expect(card && plainText(card)).toContain('{model-1}')
  })
})
