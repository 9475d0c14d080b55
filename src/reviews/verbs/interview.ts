// Buttons and forms of the interview.

import { v7 as uuid } from 'uuid'
import { readAnswers } from '../../conversation/answer-inputs.ts'
import type { Values } from '../../conversation/card.ts'
import { askOtherForm, currentWave, editWaveForm } from '../../conversation/interview-cards.ts'
import { nameOfPerson } from '../../conversation/people.ts'
import { questionsOf } from '../../conversation/questions-of.ts'
import { readChoice, readDay } from '../../conversation/read-threat-form.ts'
import { problemText } from '../../conversation/refusals.ts'
import type { Reply } from '../../conversation/reply.ts'
import { said, startForm } from '../../conversation/texts.ts'
import { openQuestionsForm } from '../../conversation/threat-side-forms.ts'
import { QuestionKey, waves } from '../../domain/question.ts'
import type { FieldRefusal } from '../../domain/refusal.ts'
import { listed } from '../../domain/review.ts'
import { openReview } from '../open-review.ts'
import { carryOut, refused, show } from '../reply.ts'
import type { Handlers } from './handlers.ts'

export const invalid = ({ refusal }: { refusal: FieldRefusal }): Reply => ({
  kind: 'invalid',
  errors: { [refusal.field]: problemText(refusal.problem) },
})

export const interviewVerbs = {
  start_form: async () => ({ kind: 'form', form: startForm(uuid()) }),

  async start(app, visitor, press, values) {
    const name = readChoice(values, 'name')
    if (typeof name === 'object') return invalid(name)
    const words = String(values.words ?? '').trim() || undefined
    const { outcome } = await openReview(app, visitor, { name, words, origin: press.subject ?? uuid() })
    return 'refusal' in outcome ? refused(outcome) : { kind: 'done', text: said.opened(name) }
  },

  async answer(app, visitor, press, values) {
    const answers = readAnswers(questionsOf(press.subject ?? ''), values)
    if ('refusal' in answers) return invalid(answers)
    const what = { type: 'answer', answers, seen: press.seen ?? 0 } as const
    return carryOut(app, visitor, press, what, ({ review }) => {
      const drafted = review.drafted?.at === review.openedAt ? false : review.drafted !== undefined
      return { kind: 'done', text: drafted ? said.drafted(listed(review).length) : said.recorded }
    })
  },

  async skip_wave(app, visitor, press) {
    const questions = questionsOf(press.subject ?? '')
    const what = {
      type: 'answer',
      answers: questions.map((question) => ({ question, facts: [] })),
      seen: press.seen ?? 0,
    } as const
    return carryOut(app, visitor, press, what, () => ({ kind: 'done', text: said.recorded }))
  },

  edit_wave: (app, visitor, press) =>
    show(app, visitor, press, ({ review }) => {
      const asked = Number(press.subject ?? currentWave(review))
      const wave = waves[asked] ? asked : currentWave(review)
      return { kind: 'form', form: editWaveForm(review, wave) }
    }),

  ask_other: (app, visitor, press) =>
    show(app, visitor, press, ({ review, workspace, acting }) => {
      const questions = questionsOf(press.subject ?? '').filter((one) => review.questions[one].status === 'open')
      return { kind: 'form', form: askOtherForm(review, workspace, questions, acting.at) }
    }),

  open_questions: (app, visitor, press) =>
    show(app, visitor, press, (context) => ({ kind: 'form', form: openQuestionsForm(context) })),

  async delegate(app, visitor, press, values) {
    const questions = chosenQuestions(values)
    if (questions.length === 0) return { kind: 'invalid', errors: { questions: problemText({ code: 'missing' }) } }
    const to = readChoice(values, 'to')
    if (typeof to === 'object') return invalid(to)
    const due = readDay(values, 'due')
    if (typeof due === 'object') return invalid(due)
    const what = { type: 'delegate', questions, to, due, seen: press.seen ?? 0 } as const
    return carryOut(app, visitor, press, what, ({ workspace }) => ({
      kind: 'done',
      text: said.asked(nameOfPerson(workspace, to)),
    }))
  },
} satisfies Partial<Handlers>

function chosenQuestions(values: Values): QuestionKey[] {
  return [values.questions ?? []].flat().filter((one): one is QuestionKey => QuestionKey.safeParse(one).success)
}
