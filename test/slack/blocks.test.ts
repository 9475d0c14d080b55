// Whatever a card says, Slack takes it, shows it as it was written, and says what found no room.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { actions, type Card, type Form, input, inputsOf, text } from '../../src/conversation/card.ts'
import { desiredMessages } from '../../src/conversation/desired-messages.ts'
import { shownInputs } from '../../src/conversation/shown-inputs.ts'
import { threatForm } from '../../src/conversation/threat-form.ts'
import { listed } from '../../src/domain/review.ts'
import { readMetadata, renderHome, renderMessage, renderModal } from '../../src/slack/blocks.ts'
import { actionOf, readState } from '../../src/slack/values.ts'
import { blockKitProblems, elementsOf, liveIn, optionsOf, type Payload, textsOf } from '../support/block-kit-limits.ts'
import { stateOf } from '../support/block-kit-state.ts'
import { supportCopilot } from '../support/intakes.ts'
import { didNotFit, lostWords } from '../support/lost-words.ts'
import { anyCard, anyForm, smallForm, someValue } from '../support/random-cards.ts'
import { everyone, World } from '../support/world.ts'

const seeded = { seed: 20261203, numRuns: process.env.LONG ? 1000 : 100 }
const payload = (rendered: object): Payload => rendered as Payload

describe('any card', () => {
  test('is a message Slack takes, with nothing lost in silence and nothing come to life', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), (card, pictures) => {
        const files = pictures ? () => 'F0123' : undefined
        const message = payload(renderMessage(card, files))
        expect(blockKitProblems(message)).toEqual([])
        expect(lostWords(card.blocks, card.title, textsOf(message))).toEqual([])
        expect(liveIn(message)).toEqual([])
        expect(renderMessage(card, files)).toEqual(message)
      }),
      seeded,
    )
  })

  test('is a home tab Slack takes', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const home = payload(renderHome([card]))
        expect(blockKitProblems(home)).toEqual([])
        expect(lostWords(card.blocks, card.title, textsOf(home))).toEqual([])
        expect(liveIn(home)).toEqual([])
      }),
      seeded,
    )
  })
})

describe('any form', () => {
  test('is a modal Slack takes, with nothing lost in silence and nothing come to life', () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        const modal = payload(renderModal(form))
        expect(blockKitProblems(modal)).toEqual([])
        expect(lostWords(form.blocks, form.title, textsOf(modal), shownInputs(inputsOf(form.blocks), {}))).toEqual([])
        expect(liveIn(modal)).toEqual([])
        expect(renderModal(form)).toEqual(modal)
      }),
      seeded,
    )
  })

  test('gives back what was filled in', () => {
    fc.assert(
      fc.property(smallForm, fc.infiniteStream(fc.nat(1000)), (form, numbers) => {
        const inputs = inputsOf(form.blocks)
        const filled = Object.fromEntries(
          inputs.flatMap((one) => {
            const value = someValue(one, numbers.next().value)
            return value === undefined ? [] : [[one.name, value]]
          }),
        )
        const modal = payload(renderModal(form, { values: filled }))
        const shown = shownInputs(inputs, filled).filter((one) => !('options' in one) || one.options.length > 0)
        const expected = Object.entries(filled).filter(
          ([name, value]) => value !== '' && shown.some((one) => one.name === name),
        )
        expect(readState(stateOf(modal))).toEqual(Object.fromEntries(expected))
      }),
      seeded,
    )
  })
})

const review = '0123456789abcdef'

test('every card and threat of a drafted review is taken whole', () => {
  const world = new World()
  world.draft(supportCopilot)
  for (const person of Object.keys(everyone)) {
    const context = world.context(person)
    for (const { card } of desiredMessages(context.review, context.workspace)) {
      const message = payload(renderMessage(card))
      expect(blockKitProblems(message)).toEqual([])
      expect(textsOf(message).filter((one) => didNotFit.test(one))).toEqual([])
      expect(lostWords(card.blocks, card.title, textsOf(message))).toEqual([])
    }
    for (const threat of listed(context.review)) {
      const modal = payload(renderModal(threatForm(context, threat)))
      expect(blockKitProblems(modal)).toEqual([])
      expect(textsOf(modal).filter((one) => didNotFit.test(one))).toEqual([])
    }
  }
})

test('Card with 60 threats, 4 000-character description, right-to-left text, emoji → valid, nothing lost silently', () => {
  const items = Array.from({ length: 60 }, (_, at) => ({
    title: `T${at + 1} · مفاتيح في المتناول 🔑`,
    detail: 'high (likelihood 4 × impact 4)',
    action: {
      label: 'Treat',
      accessibleLabel: `Treat T${at + 1}`,
      press: { verb: 'threat' as const, review, subject: `credential-harvest@secret-${at}` },
    },
  }))
  const description = 'An agent that reads tickets 🎫 and answers. '.repeat(100).slice(0, 4000)
  const card: Card = {
    title: 'Refund agent: your work list',
    summary: '60 threats wait for you.',
    blocks: [
      text(description),
      { kind: 'items', label: 'For you to propose (60)', items },
      actions({ label: 'Go through them', press: { verb: 'next_threat', review } }),
    ],
  }
  const message = payload(renderMessage(card))
  expect(blockKitProblems(message)).toEqual([])
  const said = textsOf(message)
  expect(said.join('')).toContain(description)
  const shown = items.filter(({ title }) => said.some((one) => one.startsWith(`${title}\n`))).length
  expect(shown).toBeGreaterThan(10)
  expect(said).toContain(
    `… and ${60 - shown} more lines that did not fit into one Slack message. Say “mine” for what waits for you; the web chat shows everything.`,
  )
  expect(said.at(-1)).toBe('Go through them')

  const modal = payload(renderModal({ title: card.title, blocks: card.blocks }))
  expect(blockKitProblems(modal)).toEqual([])
  expect(lostWords(card.blocks, card.title, textsOf(modal))).toEqual([])
  expect(textsOf(modal).some((one) => didNotFit.test(one))).toBe(false)
})

test('Drafted text containing <!channel>, <https://evil|Approve>, [x](javascript:…) renders as text', () => {
  const drafted =
    '<!channel> @here <https://evil|Approve> [x](javascript:alert(1)) *a* _b_ ~c~ `d` https://evil.example :tada:'
  const card: Card = {
    title: drafted,
    summary: drafted,
    blocks: [
      text(drafted),
      text(drafted, 'quote'),
      { kind: 'facts', facts: [{ label: drafted, value: drafted }] },
      { kind: 'items', label: drafted, items: [{ title: drafted, detail: drafted }] },
      { kind: 'table', caption: drafted, columns: [drafted], rows: [[drafted]] },
      actions({ label: drafted, press: { verb: 'help' } }),
    ],
  }
  const message = payload(renderMessage(card))
  expect(liveIn(message)).toEqual([])
  expect(blockKitProblems(message)).toEqual([])
  expect(textsOf(message.blocks).filter((one) => one.trim() === drafted)).toHaveLength(11)
  expect(message.text).toBe(
    '&lt;!channel&gt; @\u200chere &lt;https:\u200c//evil|Approve&gt; [x](javascript:alert(1)) *a* _b_ ~c~ `d` https:\u200c//evil.example :tada:',
  )
})

const treatment: Form = {
  title: 'T1 Keys within reach are read out by whoever asks',
  blocks: [
    input({
      kind: 'choice',
      name: 'treatment',
      label: 'Treatment',
      options: [
        { value: 'mitigate', label: 'Mitigate' },
        { value: 'accept', label: 'Accept' },
      ],
    }),
    input({
      kind: 'text',
      name: 'plan',
      label: 'What will be done',
      lines: 'several',
      limit: 4000,
      when: { input: 'treatment', is: ['mitigate'] },
    }),
    input({ kind: 'tick', name: 'sure', label: 'I am sure', when: { input: 'treatment', is: ['accept'] } }),
    input({ kind: 'text', name: 'why', label: 'Why', lines: 'one', limit: 200, when: { input: 'sure', is: ['true'] } }),
  ],
  submit: { label: 'Propose', press: { verb: 'propose', review, subject: 'credential-harvest@secret-1' } },
}

const fieldsOf = (rendered: object) =>
  elementsOf(payload(rendered)).map(({ block, element }) => [
    block.block_id,
    actionOf(String(element.action_id)),
    block.optional ? 'optional' : 'required',
    ...(block.dispatch_action ? ['sent at once'] : []),
  ])

test('a modal asks only for what applies, and is drawn anew when a choice changes that', () => {
  const treatmentField = ['treatment', 'choose', 'required', 'sent at once']
  expect(fieldsOf(renderModal(treatment))).toEqual([treatmentField])
  expect(fieldsOf(renderModal(treatment, { values: { treatment: 'mitigate' } }))).toEqual([
    treatmentField,
    ['plan', 'value', 'required'],
  ])
  const sure = ['sure', 'choose', 'optional', 'sent at once']
  expect(fieldsOf(renderModal(treatment, { values: { treatment: 'accept', sure: false } }))).toEqual([
    treatmentField,
    sure,
  ])
  expect(fieldsOf(renderModal(treatment, { values: { treatment: 'accept', sure: true } }))).toEqual([
    treatmentField,
    sure,
    ['why', 'value', 'required'],
  ])
  // What follows an input that does not apply does not apply either.
  expect(fieldsOf(renderModal(treatment, { values: { treatment: 'mitigate', sure: true } }))).toHaveLength(2)
})

test('what was typed into the form of one threat never turns up in the form of the next', () => {
  const ids = (subject: string) => {
    const submit = { label: 'Propose', press: { verb: 'propose' as const, review, subject, seen: 3 } }
    return elementsOf(payload(renderModal({ ...treatment, submit }))).map(({ element }) => element.action_id)
  }
  expect(ids('T1')).toEqual(ids('T1'))
  expect(ids('T1')).not.toEqual(ids('T2'))
})

test('a message shows every input and marks none as optional: only a modal is held up by what is missing', () => {
  expect(fieldsOf(renderMessage({ title: 'Questions', summary: 'Questions', blocks: treatment.blocks }))).toEqual([
    ['treatment', 'value', 'required'],
    ['plan', 'value', 'required'],
    ['sure', 'tick', 'required'],
    ['why', 'value', 'required'],
  ])
})

test('a modal carries what its submit sends and what opened it', () => {
  const by = { verb: 'threat', review, subject: 'credential-harvest@secret-1' } as const
  const modal = renderModal(treatment, { by })
  expect(readMetadata(modal.private_metadata ?? '')).toEqual({ submit: treatment.submit?.press, by })
  expect(readMetadata(renderModal({ title: 'Read', blocks: [] }).private_metadata ?? '')).toEqual({
    submit: null,
    by: null,
  })
  for (const strange of ['', 'null', '{', '{"submit":null}', '{"submit":{"verb":"x"},"by":null}'])
    expect(readMetadata(strange)).toBeUndefined()
})

test('a long title stands in full above the form', () => {
  const modal = renderModal(treatment)
  expect(modal.title.text).toBe('T1 Keys within reach ar…')
  expect(textsOf(modal.blocks)[0]).toBe(treatment.title)
})

test('a text longer than a field of Slack takes stands in two, and comes back whole', () => {
  const value = 'Every word counts. '.repeat(200).slice(0, 3800)
  const form: Form = {
    title: 'Edit',
    blocks: [input({ kind: 'text', name: 'words', label: 'In your words', lines: 'several', limit: 4000, value })],
    submit: { label: 'Save', press: { verb: 'answer', review, subject: '0' } },
  }
  const modal = payload(renderModal(form))
  expect(blockKitProblems(modal)).toEqual([])
  expect(fieldsOf(modal)).toEqual([
    ['words', 'value', 'required'],
    ['words~2', 'value', 'optional'],
  ])
  expect(readState(stateOf(modal))).toEqual({ words: value })
  // The second field stays when the text gets shorter: Slack forgets what was typed into a field that goes.
  expect(fieldsOf(renderModal(form, { values: { words: 'short' } }))).toHaveLength(2)
})

test('more options than a list takes are grouped, and long ones said in full', () => {
  const options = Array.from({ length: 230 }, (_, at) => ({ value: `p${at}`, label: `Person ${at} ${'x'.repeat(at)}` }))
  const modal = payload(
    renderModal({
      title: 'Whom',
      blocks: [input({ kind: 'choice', name: 'to', label: 'Whom', options, value: 'p229' })],
    }),
  )
  expect(blockKitProblems(modal)).toEqual([])
  const select = elementsOf(modal)[0]?.element ?? {}
  expect(optionsOf(select)).toHaveLength(230)
  expect(readState(stateOf(modal))).toEqual({ to: 'p229' })
  expect(textsOf(modal)).toContain(options[229]?.label)
})

test('an option or press that could not come back is an error, not a guess', () => {
  const options = [{ value: 'v'.repeat(151), label: 'Too long' }]
  const form: Form = { title: 'Form', blocks: [input({ kind: 'choice', name: 'one', label: 'One', options })] }
  expect(() => renderModal(form)).toThrow('the value of “Too long” is too long for an option')
})
