// A question as inputs on a card, and what was filled in as an answer.
import type { Answered } from '../domain/decide/interview.ts'
import type { ConfirmedFact } from '../domain/event.ts'
import { dependsOn, type Fact, type FactKey, factSchema, factValues } from '../domain/fact.ts'
import { factsBehind, type QuestionKey } from '../domain/question.ts'
import { type FieldRefusal, field } from '../domain/refusal.ts'
import type { Review } from '../domain/review.ts'
import { plain } from '../domain/words.ts'
import { type Block, type Input, input, type Option, text, type Values } from './card.ts'
import { factLabels, questionTexts, valueLabel } from './labels.ts'

const limit = 4000
const wordsField = (question: QuestionKey) => `${question}.words`

/** The blocks that ask one question: its text, room for a sentence, and a tap per fact. */
export function questionBlocks(review: Review, question: QuestionKey): Block[] {
  const { ask, short, hint } = questionTexts[question]
  return [
    text(ask, 'strong'),
    input({
      kind: 'text',
      name: wordsField(question),
      label: `${short}, in your words`,
      hint,
      lines: 'several',
      limit,
      optional: true,
      value: heldWords(review, question),
    }),
    ...factsBehind[question].map((fact) => input(factInput(fact, review.facts[fact]))),
  ]
}

function heldWords(review: Review, question: QuestionKey): string {
  const { answer } = review.questions[question]
  const held = answer === undefined ? undefined : review.answers[answer]?.words
  const first =
    question === 'feature_purpose' && review.questions[question].status === 'open' ? review.firstWords : undefined
  return plain(held ?? first ?? '') ?? ''
}

function factInput(fact: FactKey, value: Fact): Input {
  const parent = dependsOn[fact]
  const base = {
    name: fact,
    label: factLabels[fact],
    optional: true,
    ...(parent ? { when: { input: parent, is: ['true'] } } : {}),
  }
  const { options, several } = choicesOf(fact)
  const given = value === 'not_applicable' ? [] : [value].flat().map(String)
  // An untouched fact and one tapped "I don't know" both stand as unknown; only the tap is shown again as chosen.
  const chosen = given.includes('unknown') ? [] : given
  if (several) return { ...base, kind: 'choices', options, value: chosen }
  return { ...base, kind: 'choice', options, ...(chosen[0] === undefined ? {} : { value: chosen[0] }) }
}

function choicesOf(fact: FactKey): { options: Option[]; several: boolean } {
  const schema = factValues[fact]
  const several = schema.type === 'array'
  const values =
    schema.type === 'array' ? schema.element.options : schema.type === 'enum' ? schema.options : [true, false]
  const options = [...values, 'unknown'].map((value) => ({ value: String(value), label: valueLabel(fact, value) }))
  return { options, several }
}

/** What was filled in for these questions; a question left empty has neither words nor facts. */
export function readAnswers(questions: readonly QuestionKey[], values: Values): Answered[] | { refusal: FieldRefusal } {
  const answers: Answered[] = []
  for (const question of questions) {
    const facts: ConfirmedFact[] = []
    for (const fact of factsBehind[question]) {
      const read = readFact(fact, values[fact])
      if (read === 'invalid') return { refusal: field(fact, { code: 'not_a_choice' }) }
      if (read !== undefined) facts.push({ fact, value: read } as ConfirmedFact)
    }
    const words = String(values[wordsField(question)] ?? '').trim()
    answers.push({ question, facts, ...(words === '' ? {} : { words }) })
  }
  return answers
}

function readFact(fact: FactKey, value: Values[string] | undefined): Fact | 'invalid' | undefined {
  const chosen = [value ?? ''].flat().filter((one) => one !== '')
  if (chosen.length === 0) return undefined
  const known = chosen.filter((one) => one !== 'unknown')
  if (known.length === 0) return 'unknown'
  const { several } = choicesOf(fact)
  const one = known[0] === 'true' ? true : known[0] === 'false' ? false : known[0]
  const read = factSchema(fact).safeParse(several ? known : one)
  return read.success ? read.data : 'invalid'
}

/** One line per question of what stands: the words, then the facts. */
export function answerLine(review: Review, question: QuestionKey): string {
  const held = heldWords(review, question)
  const facts = factsBehind[question]
    .filter((fact) => review.facts[fact] !== 'not_applicable')
    .map((fact) => `${factLabels[fact]}: ${valueLabel(fact, review.facts[fact])}`)
  return [held ? `“${held}”` : '', ...facts].filter(Boolean).join(' · ')
}
