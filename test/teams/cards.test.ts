// Whatever a card says, Teams takes it, shows it as it was written, and says what found no room.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  actions,
  type Block,
  type Card,
  type Form,
  type Input,
  input,
  inputsOf,
  text,
  type Values,
} from '../../src/conversation/card.ts'
import { desiredMessages } from '../../src/conversation/desired-messages.ts'
import { formVerbs, type Verb, verbs } from '../../src/conversation/press.ts'
import { reviewCard } from '../../src/conversation/review-card.ts'
import { shownInputs } from '../../src/conversation/shown-inputs.ts'
import { threatForm } from '../../src/conversation/threat-form.ts'
import { listed } from '../../src/domain/review.ts'
import { type AdaptiveCard, type Look, renderCard, renderForm, renderShared } from '../../src/teams/cards.ts'
import { activityOf, messageOf, pictureMessage, withPictures } from '../../src/teams/messages.ts'
import { Carried } from '../../src/teams/payload.ts'
import { readValues } from '../../src/teams/values.ts'
import { supportCopilot } from '../support/intakes.ts'
import { didNotFit, lostWords } from '../support/lost-words.ts'
import { anyCard, anyForm, smallForm, someValue } from '../support/random-cards.ts'
import { buttonsOf, isShown, piecesOf, visible } from '../support/teams/card-pieces.ts'
import { cardProblems } from '../support/teams/check-card.ts'
import { activityProblems } from '../support/teams/check-message.ts'
import { fillIn } from '../support/teams/inputs.ts'
import type { Activity, Card as Shown } from '../support/teams/wire.ts'
import { everyone, World } from '../support/world.ts'

const seeded = { seed: 20261204, numRuns: process.env.LONG ? 1000 : 100 }
const review = '0123456789abcdef'
const key = `review/${review}/work:p-1`
/** As long as Teams makes them. */
const viewers = Array.from({ length: 70 }, (_, at) => `29:${String(at).padStart(2, '0')}${'x'.repeat(90)}`)

/** Every text a person gets to see, in order. */
function textsOf(card: AdaptiveCard): string[] {
  return piecesOf(card as Shown)
    .filter(isShown)
    .flatMap(({ node }) => [node.label, node.title, node.text, node.value, node.placeholder, node.altText])
    .filter((one) => typeof one === 'string')
    .map(visible)
}

/** What is wrong with a card and the message around it; that two buttons are called the same is a random card's own doing. */
function problemsOf(card: AdaptiveCard, summary = ''): string[] {
  const activity = activityOf(card, summary)
  const around = {
    id: '1',
    from: viewers[0],
    recipient: viewers[0],
    conversation: `19:${'c'.repeat(200)}`,
    replyToId: '1',
  }
  const bytes = Buffer.byteLength(JSON.stringify({ ...activity, ...around }))
  return [
    ...activityProblems(activity as unknown as Activity).filter((one) => !one.includes(': a second button')),
    ...(bytes >= 80_000 ? [`${bytes} bytes`] : []),
    ...liveIn(card),
  ]
}

/** Links, mentions, tags and functions that would come to life somewhere in a client. */
function liveIn(card: AdaptiveCard): string[] {
  const pieces = piecesOf(card as Shown)
  // Where a client may read Markdown; a TextRun and a button know none.
  const read = pieces.filter(({ type }) => type !== 'TextRun' && !type.startsWith('Action.'))
  const texts = read.flatMap(({ node }) => [node.title, node.label, node.text, node.fallbackText, node.errorMessage])
  const all = pieces.flatMap(({ node }) => Object.values(node)).filter((one) => typeof one === 'string')
  return [
    ...pieces.filter(({ type }) => /^(Action\.OpenUrl|Media|TextBlock)$/.test(type)).map(({ type }) => type),
    ...texts.flatMap((one) => String(one ?? '').match(/\]\(|<\w|:\/\/|javascript:(?!\u200c)/gi) ?? []),
    ...all.flatMap((one) => String(one).match(/\{\{(DATE|TIME)/g) ?? []),
    ...pieces.flatMap(({ node }) => (node.url === undefined || String(node.url).startsWith('data:') ? [] : [node.url])),
  ].map(String)
}

const anyLook: fc.Arbitrary<Look> = fc.record(
  {
    ground: fc.constantFrom<Look['ground'][]>({}, { key }, { base: { verb: 'mine' } }, { key, by: { verb: 'status' } }),
    note: fc.constantFrom<Look['note'][]>(
      { text: 'Recorded.\nReceipt 1234', tone: 'good' },
      { text: '<at>everyone</at> [x](javascript:alert(1)) {{DATE(2020-01-01T00:00:00Z)}}', tone: 'attention' },
    ),
    viewers: fc.constantFrom(viewers, []),
  },
  { requiredKeys: [] },
)

/** Something filled in for some of the inputs, and complaints about some. */
function filledIn(inputs: Input[], number: () => number): { values: Values; errors: Record<string, string> } {
  const values: Values = {}
  const errors: Record<string, string> = {}
  for (const one of inputs) {
    const value = someValue(one, number())
    if (value !== undefined && number() % 3 > 0) values[one.name] = value
    if (number() % 7 === 0) errors[one.name] = `Wrong ${number()} <b>[x](https://evil.example)</b>`
  }
  return { values, errors }
}

/** A form's blocks as they are shown: of a choice that was made by a button, the option alone. */
function shownBlocks(form: Form, values: Values): { blocks: Block[]; inputs: Input[] } {
  const all = inputsOf(form.blocks)
  const shown = shownInputs(all, values)
  const blocks = form.blocks.map((block): Block => {
    if (block.kind !== 'input' || block.input.kind !== 'choice' || !form.submit) return block
    const { name, options, optional, value } = block.input
    const chosen = Object.hasOwn(values, name) ? values[name] : value
    const made = options.find((option) => option.value === chosen)
    if (optional || !made || !all.some(({ when }) => when?.input === name)) return block
    const { hint: _, ...rest } = block.input
    return { kind: 'input', input: { ...rest, options: [made] } }
  })
  const names = new Set(shown.map(({ name }) => name))
  return { blocks, inputs: inputsOf(blocks).filter(({ name }) => names.has(name)) }
}

describe('any card', () => {
  test('is a message Teams takes, with nothing lost in silence and nothing come to life', () => {
    fc.assert(
      fc.property(anyCard, anyLook, (card, look) => {
        const shown = renderCard(card, look)
        expect(problemsOf(shown, card.summary)).toEqual([])
        expect(lostWords(card.blocks, card.title, textsOf(shown))).toEqual([])
        expect(renderCard(card, look)).toEqual(shown)
      }),
      seeded,
    )
  })

  test('stands where everyone looks on: to be read, with one button', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { activity } = messageOf(card, {
          key,
          viewers,
          shared: true,
          pictures: () => 'data:image/png;base64,AA==',
        })
        const content = activity.attachments[0]?.content as AdaptiveCard
        expect(problemsOf(content, card.summary)).toEqual([])
        const types = new Set(piecesOf(content as Shown).map(({ type }) => type))
        expect([...types].filter((type) => type.startsWith('Input.') || type === 'Image')).toEqual([])
        expect(buttonsOf(content as Shown).map(({ title, data }) => [title, data])).toEqual([
          ['Open for me', { cs: { do: 'refresh', key } }],
        ])
        const read = card.blocks.flatMap((block): Block[] => {
          if (block.kind === 'input' || block.kind === 'actions') return []
          if (block.kind !== 'items') return [block]
          return [{ ...block, items: block.items.map(({ action: _, ...item }) => item) }]
        })
        expect(lostWords(read, card.title, textsOf(content))).toEqual([])
      }),
      seeded,
    )
  })
})

describe('any form', () => {
  test('is a card Teams takes, whatever was filled in and whatever is wrong with it', () => {
    fc.assert(
      fc.property(anyForm, anyLook, fc.infiniteStream(fc.nat(1000)), (form, look, numbers) => {
        const filled = filledIn(inputsOf(form.blocks), () => numbers.next().value as number)
        const shown = renderForm(form, { ...look, ...filled })
        expect(problemsOf(shown)).toEqual([])
        const { blocks, inputs } = shownBlocks(form, filled.values)
        expect(lostWords(blocks, form.title, textsOf(shown), inputs)).toEqual([])
        expect(
          lostWords(
            Object.values(filled.errors).map((one) => text(one)),
            '',
            textsOf(shown),
          ),
        ).toEqual([])
      }),
      seeded,
    )
  })

  test('gives back what stands in it, and what a person fills in', () => {
    fc.assert(
      fc.property(smallForm, fc.infiniteStream(fc.nat(1000)), (form, numbers) => {
        const inputs = inputsOf(form.blocks)
        const { values } = filledIn(inputs, () => numbers.next().value as number)
        const shown = renderForm(form, { values })
        const expected = shownInputs(inputs, values).flatMap((one) => {
          const value = Object.hasOwn(values, one.name) ? values[one.name] : one.value
          const without = 'options' in one && one.options.length === 0
          // A client does not send what is empty.
          const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
          const strange = 'options' in one && [value ?? []].flat().some((v) => !one.options.some((o) => o.value === v))
          return without || strange || (empty && one.kind !== 'tick') ? [] : [[one.name, value ?? false]]
        })
        expect(sentBy(shown, {})).toEqual(Object.fromEntries(expected))

        const fields = new Set(piecesOf(shown as Shown).map(({ node }) => node.id))
        const typed = Object.fromEntries(
          inputs.flatMap((one) => {
            const value = someValue(one, numbers.next().value as number)
            const there = ['', '[]', '?'].some((mark) => fields.has(`${one.name}${mark}`))
            return there && value !== undefined && String(value) !== '' ? [[one.name, value]] : []
          }),
        )
        expect(sentBy(shown, typed)).toMatchObject(typed)
      }),
      seeded,
    )
  })
})

/** What arrives when a person fills in these values and presses the form's own button; with none, one that chooses. */
function sentBy(card: AdaptiveCard, filled: Values): Values {
  const button = buttonsOf(card as Shown).find(
    ({ data }) => (data as { cs: { press?: object } }).cs.press !== undefined,
  )
  const cs = ((button?.data ?? { cs: setOn(card) }) as { cs: { set?: Values } }).cs
  return { ...readValues({ cs, ...fillIn(card as Shown, filled).inputs }).values, ...cs.set }
}

/** The choices that were made, where one is still open and the form cannot be sent. */
function setOn(card: AdaptiveCard): { set: Values } {
  const all = buttonsOf(card as Shown).map(({ data }) => (data as { cs: { do: string; set?: Values } }).cs)
  const made = all
    .filter((one) => one.do === 'choose')
    .map(({ set = {} }) => Object.entries(set).map((one) => JSON.stringify(one)))
  return {
    set: Object.fromEntries(
      (made[0] ?? []).filter((one) => made.every((set) => set.includes(one))).map((one) => JSON.parse(one)),
    ),
  }
}

const picture = (which: 'system' | 'risks') =>
  ({ kind: 'picture', picture: which, review, version: '1', alt: `The ${which}` }) as const
const png = (bytes: number) => `data:image/png;base64,${'A'.repeat(bytes)}`
const imagesOf = (card: AdaptiveCard) => piecesOf(card as Shown).flatMap(({ node }) => node.url ?? [])

test('every card and threat of a drafted review is taken whole', () => {
  const world = new World()
  world.draft(supportCopilot)
  for (const person of Object.keys(everyone)) {
    const context = world.context(person)
    for (const { card } of desiredMessages(context.review, context.workspace)) {
      const shown = renderCard(card, { ground: { key }, viewers })
      expect(cardProblems(shown)).toEqual([])
      expect(textsOf(shown).filter((one) => didNotFit.test(one))).toEqual([])
      expect(lostWords(card.blocks, card.title, textsOf(shown))).toEqual([])
    }
    for (const threat of listed(context.review)) {
      const shown = renderForm(threatForm(context, threat), { ground: { key, by: { verb: 'threat', review } } })
      expect(cardProblems(shown)).toEqual([])
      expect(textsOf(shown).filter((one) => didNotFit.test(one))).toEqual([])
    }
  }
})

test('a review that stands where everyone looks on says nothing of its threats', () => {
  const world = new World()
  world.draft(supportCopilot)
  const { review: drafted, workspace } = world.context('paula')
  const shown = renderShared(reviewCard(drafted, workspace), { ground: { key }, viewers })
  const said = textsOf(shown).join('\n')
  expect(said).toContain('threat model')
  for (const { text: words } of listed(drafted)) {
    for (const one of [words.title, words.statement]) expect(said).not.toContain(typeof one === 'string' ? one : '')
  }
  expect(imagesOf(shown)).toEqual([])
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
  const shown = renderCard(card, { ground: { key }, viewers })
  expect(problemsOf(shown, card.summary)).toEqual([])
  const said = textsOf(shown)
  expect(said).toContain(description)
  const kept = items.filter(({ title }) => said.includes(title)).length
  expect(kept).toBeGreaterThan(30)
  if (kept < 60) {
    expect(said.find((one) => didNotFit.test(one))).toMatch(
      new RegExp(`^… and ${60 - kept} more buttons? that did not fit into one Teams message\\. Say “mine”`),
    )
  }
})

const nasty = {
  'a mention': '<at>everyone</at>',
  'a link': '[x](javascript:alert(1))',
  'a date to be filled in': '{{DATE(2020-01-01T00:00:00Z)}}',
  'a tag': '<img src=x onerror=alert(1)>',
  'a change of direction': '\u202emoc.elpmaxe\u202c',
  'what is not seen': 'zero\u200bwidth\u2060',
  'half a character': 'half\ud800 a character',
}
const long = '🙂'.repeat(10_000)

test.each(Object.entries({ ...nasty, 'all of it': Object.values(nasty).join(' '), '10,000 emoji': long }))(
  '%s renders as text, everywhere',
  (_, words) => {
    const options = [
      { value: 'a', label: words },
      { value: 'b', label: 'b' },
    ]
    const few = words !== long
    const card: Card = {
      title: words,
      summary: words,
      blocks: [
        text(words),
        ...(few ? ([text(words, 'quote'), { kind: 'facts', facts: [{ label: words, value: words }] }] as Block[]) : []),
        ...(few ? [{ kind: 'items' as const, label: words, items: [{ title: words, detail: words }] }] : []),
        ...(few ? [{ kind: 'table' as const, caption: words, columns: [words, 'b'], rows: [[words, 'b']] }] : []),
        ...(few ? [input({ kind: 'choice', name: 'one', label: words, options })] : []),
        ...(few ? [input({ kind: 'choices', name: 'several', label: words, options })] : []),
        ...(few ? [input({ kind: 'tick', name: 'sure', label: words })] : []),
        ...(few ? [input({ kind: 'text', name: 'words', label: words, hint: words, lines: 'one', limit: 200 })] : []),
        actions({ label: 'Go', accessibleLabel: words, press: { verb: 'help' } }),
      ],
    }
    const shown = renderCard(card, { ground: { key }, note: { text: words, tone: 'good' } })
    expect(problemsOf(shown, words)).toEqual([])
    expect(lostWords(card.blocks, card.title, textsOf(shown))).toEqual([])
    // Half characters stand as the sign for an unknown one.
    const letterByLetter = textsOf(shown).filter((one) => one.trim() === words.toWellFormed())
    expect(letterByLetter.length).toBeGreaterThanOrEqual(few ? 16 : 1)
  },
)

const treatment: Form = {
  title: 'T1 Keys within reach are read out by whoever asks',
  blocks: [
    input({
      kind: 'choice',
      name: 'treatment',
      label: 'Treatment',
      hint: 'One of them',
      options: [
        { value: 'mitigate', label: 'Mitigate' },
        { value: 'accept', label: 'Accept' },
        { value: 'avoid', label: 'Avoid' },
      ],
    }),
    input({
      ...{ kind: 'text', name: 'plan', label: 'What will be done', lines: 'several', limit: 4000 },
      when: { input: 'treatment', is: ['mitigate'] },
    }),
    input({ kind: 'tick', name: 'sure', label: 'I am sure', when: { input: 'treatment', is: ['accept'] } }),
    input({ kind: 'text', name: 'why', label: 'Why', lines: 'one', limit: 200, when: { input: 'sure', is: ['true'] } }),
  ],
  submit: { label: 'Propose', style: 'primary', press: { verb: 'propose', review, subject: 'a@b' } },
}
const by = { verb: 'threat', review, subject: 'a@b' } as const

/** The buttons of a form, each with what it does, sets and whether what is filled in goes along; and its fields. */
function standing(values: Values, errors: Record<string, string> = {}) {
  const shown = renderForm(treatment, { ground: { key, by }, values, errors })
  expect(cardProblems(shown)).toEqual([])
  const buttons = buttonsOf(shown as Shown).map(({ title, data, associatedInputs }) => {
    const { do: does, set, by: drawnBy } = (data as { cs: { do: string; set?: object; by?: object } }).cs
    if (does !== 'back') expect(drawnBy).toEqual(by)
    return [title, does, set, associatedInputs]
  })
  const fields = piecesOf(shown as Shown).flatMap(({ type, node }) => (type.startsWith('Input.') ? [node.id] : []))
  return { buttons, fields, said: textsOf(shown) }
}

test('a choice on which fields depend is a row of buttons; an option that asks for nothing is sent at once', () => {
  const { buttons, fields, said } = standing({})
  expect(buttons).toEqual([
    ['Mitigate', 'choose', { treatment: 'mitigate' }, 'auto'],
    ['Accept', 'choose', { treatment: 'accept' }, 'auto'],
    ['Avoid', 'press', { treatment: 'avoid' }, 'auto'],
    ['Not now', 'back', undefined, 'none'],
  ])
  expect(fields).toEqual([])
  expect(said).toContain('One of them')
  const sent = buttonsOf(renderForm(treatment, { ground: { key, by } }) as Shown).find(({ title }) => title === 'Avoid')
  expect(sent).toMatchObject({ verb: 'propose', data: { cs: { press: treatment.submit?.press } } })
})

test('a choice that was made shows what it asks for, goes along when the form is sent, and can be made anew', () => {
  const { buttons, fields } = standing({ treatment: 'mitigate' })
  expect(buttons).toEqual([
    ['Choose another', 'choose', {}, 'none'],
    ['Propose', 'press', { treatment: 'mitigate' }, 'auto'],
    ['Not now', 'back', undefined, 'none'],
  ])
  expect(fields).toEqual(['plan'])
  expect(standing({ treatment: 'accept' }).fields).toEqual(['sure?'])
  expect(standing({ treatment: 'accept', sure: true }).fields).toEqual(['sure?', 'why'])
  // What is none of the options is no choice.
  expect(standing({ treatment: 'constructor' }).buttons).toEqual(standing({}).buttons)
})

test('a choice without options does not keep the form from being sent', () => {
  const [choice, ...rest] = treatment.blocks
  const empty = choice?.kind === 'input' ? input({ ...choice.input, options: [] } as Input) : text('')
  const shown = renderForm({ ...treatment, blocks: [empty, ...rest] }, {})
  expect(textsOf(shown)).toContain('Treatment: there is nothing to choose from.')
  expect(buttonsOf(shown as Shown).map(({ title }) => title)).toEqual(['Propose'])
})

test('what draws a card anew only shows something; what changed something is shown by what came after', () => {
  const read = (verb: Verb) => Carried.parse({ do: 'back', by: { verb, review, subject: 'a@b', seen: 3 } }).by?.verb
  const shown: Verb[] = verbs.filter((verb) => read(verb) === verb)
  expect(new Set(shown)).toEqual(new Set([...formVerbs, 'help', 'mine', 'status', 'settings']))
  expect(read('withdraw')).toBe('threat')
  expect(read('promote')).toBe('watched')
  expect(read('end_away')).toBe('settings')
  expect(read('sign_off')).toBeUndefined()
})

test('what is wrong stands where it belongs, and never gets lost', () => {
  expect(standing({}, { treatment: 'Choose one.' }).said).toContain('⚠ Choose one.')
  expect(standing({ treatment: 'mitigate' }, { plan: 'Say how.', rating: 'Too low.' }).said).toEqual(
    expect.arrayContaining(['⚠ Say how.', '⚠ Too low.']),
  )
})

test('an option that would come back as two is an error, not a guess', () => {
  const options = [{ value: 'a,b', label: 'Both' }]
  for (const kind of ['choice', 'choices'] as const) {
    const form: Form = { title: 'Form', blocks: [input({ kind, name: 'one', label: 'One', options })] }
    expect(() => renderForm(form, {})).toThrow('Teams joins choices by commas, so “a,b” would be read as two')
  }
})

test('what no input sends is nothing, by whatever name it comes', () => {
  const data = JSON.parse('{"words":{"toString":1},"several[]":["a"],"sure?":null,"__proto__[]":"a,b","to@":{}}')
  const { values, people } = readValues(data)
  expect(Object.entries(values)).toEqual([
    ['words', ''],
    ['several', []],
    ['sure', false],
    ['__proto__', ['a', 'b']],
    ['to', ''],
  ])
  expect(people).toEqual(['to'])
})

test('whoever is picked comes back by name, whether they were here or come from the directory', () => {
  const options = [{ value: 'p-1', label: 'Paula' }]
  const form: Form = {
    title: 'Whom',
    blocks: [input({ kind: 'choice', people: true, name: 'to', label: 'Whom', options, value: 'p-1' })],
    submit: { label: 'Ask', press: { verb: 'delegate', review } },
  }
  const shown = renderForm(form, {})
  const guid = '7e4a0000-0000-4000-8000-00000000c0de'
  expect(readValues(fillIn(shown as Shown, {}).inputs)).toEqual({ values: { to: 'p-1' }, people: ['to'] })
  expect(readValues(fillIn(shown as Shown, { to: guid }).inputs)).toEqual({ values: { to: guid }, people: ['to'] })
})

test('at most 60 people are named for a view of their own', () => {
  const card: Card = { title: 'Card', summary: 'Card', blocks: [] }
  const named = (some: string[]) =>
    (renderCard(card, { ground: { key }, viewers: some }).refresh as Shown | undefined)?.userIds
  expect(named(viewers)).toEqual(viewers.slice(0, 60))
  expect(named([])).toBeUndefined()
})

test('pictures stand in the card while they fit, and apart when they do not', () => {
  const card: Card = {
    title: 'Draft',
    summary: 'Draft',
    blocks: [picture('system'), text('between'), picture('risks')],
  }
  const drawn = (system: number, risks: number) => {
    const { content, apart } = withPictures(card, { ground: { key }, viewers }, (one) =>
      png(one.picture === 'system' ? system : risks),
    )
    expect(problemsOf(content, card.summary)).toEqual([])
    return {
      inline: imagesOf(content).map((url) => String(url).length),
      apart: apart.map((one) => one.picture.picture),
    }
  }
  const prefix = png(0).length
  expect(drawn(20_000, 20_000)).toEqual({ inline: [20_000 + prefix, 20_000 + prefix], apart: [] })
  expect(drawn(70_000, 10_000)).toEqual({ inline: [10_000 + prefix], apart: ['system'] })
  expect(drawn(90_000, 90_000)).toEqual({ inline: [], apart: ['system', 'risks'] })
  // A picture that is left out is still told of, and one on its own has its message.
  const { apart } = withPictures(card, {}, () => png(60_000))
  const alone = pictureMessage(apart[0] as (typeof apart)[0])
  expect(activityProblems(alone as unknown as Activity)).toEqual([])
})

test('a table that is too wide for a phone is a line for each row, with every heading', () => {
  const columns = ['Severity', 'To treat', 'To sign', 'Mitigate', 'Avoid']
  const block = { kind: 'table' as const, caption: 'Threats', columns, rows: [['High', '1', '2', '3', '']] }
  const shown = renderCard({ title: '', summary: 'Status', blocks: [block] }, {})
  expect(piecesOf(shown as Shown).some(({ type }) => type === 'Table')).toBe(false)
  expect(textsOf(shown).join('')).toBe('ThreatsSeverity: High · To treat: 1 · To sign: 2 · Mitigate: 3 · Avoid: –')
})
