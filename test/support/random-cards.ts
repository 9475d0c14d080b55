// Arbitrary cards and forms: any text people or models may write, and more of everything than fits.
import fc from 'fast-check'
import type { Action, Block, Card, Form, Input, Option, Values } from '../../src/conversation/card.ts'

/** Text that platforms would like to make something of. */
const hostile = [
  '<!channel> please look',
  '<https://evil.example|Approve>',
  '[x](javascript:alert(1))',
  '*bold* _slanted_ ~gone~ `code` ```block``` > quote',
  '@here @channel #general https://evil.example/?a=b&c=d :smile:',
  '<@U012AB3CD> &lt;!here&gt; &amp;',
  'مرحبا بالعالم \u202eevil\u202c',
  '👩‍👩‍👧‍👦 🏳️‍🌈 𝒳'.repeat(20),
  '\u0000\u0007\ud800 control and half\udc00 characters\r\nand lines\n\n',
]

const words = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 4, arbitrary: fc.constantFrom(...hostile) },
  { weight: 2, arbitrary: fc.lorem({ maxCount: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\n') },
  { weight: 1, arbitrary: fc.nat(4000).map((length) => 'Ж'.repeat(length)) },
  { weight: 1, arbitrary: fc.nat(2000).map((length) => '🙂'.repeat(length)) },
  { weight: 1, arbitrary: fc.lorem({ maxCount: 700 }) },
)
const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).map((said) => said.trim() || 'x')

const press = fc.record({
  verb: fc.constantFrom('threat' as const, 'answer' as const),
  review: fc.constant('0123456789abcdef'),
  subject: fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
})
const action: fc.Arbitrary<Action> = fc.record(
  { label: words, press, accessibleLabel: words, style: fc.constantFrom('primary', 'danger') },
  { requiredKeys: ['label', 'press'] },
)
const options = (max: number): fc.Arbitrary<Option[]> =>
  fc
    .array(fc.oneof({ weight: 9, arbitrary: name }, { weight: 1, arbitrary: words }), { maxLength: max })
    .map((labels) => labels.map((label, at) => ({ value: `value:${at}`, label })))

const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
const isoDay = day.map((date) => date.toISOString().slice(0, 10))

/** One input of any kind; `at` makes its name its own. */
const input = (at: number): fc.Arbitrary<Input> => {
  const base = {
    name: fc.constant(`input.${at}`),
    label: words,
    hint: fc.option(words, { nil: undefined }),
    optional: fc.boolean(),
    when: fc.option(
      fc.record({
        input: fc.nat(12).map((n) => `input.${n}`),
        is: fc.constantFrom<string[]>(['value:0'], ['true'], ['value:1']),
      }),
      { nil: undefined, freq: 1 },
    ),
  }
  const wellFormed = words.map((said) => said.toWellFormed())
  return fc.oneof(
    fc.record({
      ...base,
      kind: fc.constant('text' as const),
      lines: fc.constantFrom('one', 'several'),
      limit: fc.constantFrom(120, 4000),
      value: fc.option(wellFormed, { nil: undefined }),
    }),
    fc.record({ ...base, kind: fc.constant('date' as const), value: fc.option(isoDay, { nil: undefined }) }),
    fc.record({ ...base, kind: fc.constant('tick' as const), value: fc.boolean() }),
    fc.record({ ...base, kind: fc.constant('choice' as const), options: options(14), value: fc.constant('value:0') }),
    fc.record({ ...base, kind: fc.constant('choice' as const), options: options(130), value: fc.constant('value:1') }),
    fc.record({
      ...base,
      kind: fc.constant('choices' as const),
      options: options(14),
      value: fc.constant<string[]>(['value:0']),
    }),
  )
}

const item = fc.record({ title: words, detail: words, action }, { requiredKeys: ['title', 'detail'] })
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('text' as const),
      text: words,
      style: fc.constantFrom('strong', 'quiet', 'quote', 'warning'),
    },
    { requiredKeys: ['kind', 'text'] },
  ),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: words, value: words }), { maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    caption: words,
    columns: fc.array(name, { maxLength: 22 }),
    rows: fc.array(fc.array(fc.oneof(name, words), { maxLength: 5 }), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('items' as const),
    label: words,
    items: fc.array(item, { maxLength: 80, size: 'max' }),
  }),
  fc.record({
    kind: fc.constant('items' as const),
    label: words,
    items: fc.array(fc.record({ title: name, detail: name, action }), { maxLength: 10 }),
  }),
  fc.record({
    kind: fc.constant('picture' as const),
    picture: fc.constantFrom('system', 'risks'),
    review: fc.constant('0123456789abcdef'),
    version: fc.constant('1'),
    alt: words,
  }),
  fc.record({ kind: fc.constant('actions' as const), actions: fc.array(action, { maxLength: 30 }) }),
)

/** Inputs with names of their own, each in its block. */
const inputs = (max: number): fc.Arbitrary<Block[]> =>
  fc
    .nat(max)
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => input(at))))
    .map((all) => all.map((one) => ({ kind: 'input' as const, input: one })))

/** Blocks around inputs: often as many as fit, often more. */
const blocks = fc
  .oneof(
    fc.tuple(fc.array(block, { maxLength: 2 }), inputs(5), fc.array(block, { maxLength: 1 })),
    fc.tuple(fc.array(block, { maxLength: 5 }), inputs(80), fc.array(block, { maxLength: 3 })),
  )
  .map((all) => all.flat())

export const anyCard: fc.Arbitrary<Card> = fc.record({ title: words, summary: words, blocks })
export const anyForm: fc.Arbitrary<Form> = fc.record(
  { title: words, blocks, submit: action },
  { requiredKeys: ['title', 'blocks'] },
)
/** A form of few inputs that all fit. */
export const smallForm: fc.Arbitrary<Form> = inputs(10).map((some) => ({
  title: 'Form',
  blocks: some,
  submit: { label: 'Send', press: { verb: 'answer' } },
}))

/** Something a person may fill in, a different thing for every number. */
export function someValue(one: Input, number: number): Values[string] | undefined {
  switch (one.kind) {
    case 'text':
      return `${hostile[number % hostile.length]?.toWellFormed()} `
        .repeat(number % 50)
        .slice(0, one.limit)
        .toWellFormed()
    case 'date':
      return `2026-0${1 + (number % 9)}-01`
    case 'tick':
      return number % 2 === 0
    case 'choice':
      return one.options[number % (one.options.length || 1)]?.value ?? ''
    case 'choices':
      return one.options.filter((_, at) => at % 3 === number % 3).map(({ value }) => value)
  }
}
