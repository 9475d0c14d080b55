// The cards of the interview: one per wave, what a colleague was asked, and the forms to edit and to ask someone else.
import { addDays, dayOf } from '../domain/day.ts'
import { lastSeqOf } from '../domain/decide/interview.ts'
import { type QuestionKey, waves } from '../domain/question.ts'
import type { Review } from '../domain/review.ts'
import type { PersonId } from '../domain/treatment.ts'
import type { Workspace } from '../domain/workspace.ts'
import { answerLine, questionBlocks } from './answer-inputs.ts'
import { type Action, actions, type Block, type Card, type Form, input, text } from './card.ts'
import { questionTexts } from './labels.ts'
import { day, nameOfPerson, personOptions, words } from './people.ts'

/** The first wave with a question nobody has dealt with; the number of waves once all are done. */
export function currentWave(review: Review): number {
  const open = waves.findIndex((wave) => wave.some((question) => review.questions[question].status === 'open'))
  return open === -1 ? waves.length : open
}

/** A wave as its card: to be filled in while it is the current one, its answers afterwards. */
export function waveCard(review: Review, workspace: Workspace, wave: number): Card {
  const title = `${words(review.feature.name)}: questions ${wave + 1} of ${waves.length}`
  if (wave === currentWave(review))
    return { title, summary: `${title}. ${asked(wave)}`, blocks: openWave(review, wave) }
  const facts = (waves[wave] ?? []).map((question) => ({
    label: questionTexts[question].short,
    value: settled(review, workspace, question),
  }))
  return {
    title,
    summary: `${title}, answered.`,
    blocks: [{ kind: 'facts', facts }, actions(editAction(review, wave))],
  }
}

function asked(wave: number): string {
  return (waves[wave] ?? []).map((question) => questionTexts[question].ask).join(' ')
}

function openWave(review: Review, wave: number): Block[] {
  const questions = waves[wave] ?? []
  const press = (verb: 'answer' | 'skip_wave' | 'ask_other') =>
    ({ verb, review: review.id, subject: String(wave), seen: lastSeqOf(review, questions) }) as const
  const last = wave === waves.length - 1
  const back: Action[] =
    wave > 0
      ? [
          {
            ...editAction(review, wave - 1),
            label: 'Back',
            accessibleLabel: `Back to answers ${wave} of ${waves.length}`,
          },
        ]
      : []
  const intro =
    'Tap what fits and add a sentence where you can: threats will quote it. “I don’t know” is a good answer.'
  return [
    ...(wave === 0 ? [text(intro, 'quiet')] : []),
    ...questions.flatMap((question) => questionBlocks(review, question)),
    actions(
      { label: last ? 'Draft the threats' : 'Next', style: 'primary', press: press('answer') },
      { label: 'Ask someone else', press: press('ask_other') },
      { label: 'Skip these', press: press('skip_wave') },
      ...back,
    ),
  ]
}

function editAction(review: Review, wave: number): Action {
  return {
    label: 'Edit',
    accessibleLabel: `Edit answers ${wave + 1} of ${waves.length}`,
    press: { verb: 'edit_wave', review: review.id, subject: String(wave) },
  }
}

function settled(review: Review, workspace: Workspace, question: QuestionKey): string {
  const { status, asked } = review.questions[question]
  const waiting = asked ? `asked ${nameOfPerson(workspace, asked.person)}, by ${day(asked.due)}` : ''
  const line = status === 'answered' ? answerLine(review, question) : ''
  return [line, waiting].filter(Boolean).join(' · ') || 'skipped: unknown for now'
}

/** An answered wave again, to change it. */
export function editWaveForm(review: Review, wave: number): Form {
  const questions = waves[wave] ?? []
  const later = review.drafted
    ? [text('Changing an answer drafts again and re-opens exactly what it touches.', 'quiet')]
    : []
  return {
    title: `Edit answers ${wave + 1} of ${waves.length}`,
    blocks: [...later, ...questions.flatMap((question) => questionBlocks(review, question))],
    submit: {
      label: 'Save',
      style: 'primary',
      press: { verb: 'answer', review: review.id, subject: String(wave), seen: lastSeqOf(review, questions) },
    },
  }
}

/** Asks who shall answer which of these questions, and by when. */
export function askOtherForm(
  review: Review,
  workspace: Workspace,
  questions: readonly QuestionKey[],
  at: string,
  chosen: QuestionKey[] = [],
): Form {
  return {
    title: 'Ask someone else',
    blocks: [
      input({
        kind: 'choices',
        name: 'questions',
        label: 'Which questions',
        options: questions.map((question) => ({ value: question, label: questionTexts[question].ask })),
        value: chosen,
      }),
      input({ kind: 'choice', people: true, name: 'to', label: 'Whom', options: personOptions(workspace) }),
      input({
        kind: 'date',
        name: 'due',
        label: 'Answer by',
        from: dayOf(at),
        value: addDays(dayOf(at), 7),
      }),
    ],
    submit: {
      label: 'Ask',
      style: 'primary',
      press: { verb: 'delegate', review: review.id, subject: questions.join('+'), seen: lastSeqOf(review, questions) },
    },
  }
}

/** The questions a colleague was asked and has not answered yet. */
function questionsFor(review: Review, person: PersonId): QuestionKey[] {
  return waves.flat().filter((question) => review.questions[question].asked?.person === person)
}

/** The people who were asked something and owe the answer. */
export function askedPeople(review: Review): PersonId[] {
  return [...new Set(waves.flat().flatMap((question) => review.questions[question].asked?.person ?? []))]
}

/** The direct message with the questions someone was asked. */
export function askedCard(review: Review, workspace: Workspace, person: PersonId): Card {
  const questions = questionsFor(review, person)
  const requester = nameOfPerson(workspace, review.requester)
  const title = `${requester} asks you about ${words(review.feature.name)}`
  const due = questions.map((question) => review.questions[question].asked?.due ?? '').sort()[0] ?? ''
  return {
    title,
    summary: `${title}, by ${day(due)}: ${questions.map((question) => questionTexts[question].ask).join(' ')}`,
    blocks: [
      text(`Your answer is recorded as yours. Please answer by ${day(due)}.`, 'quiet'),
      ...questions.flatMap((question) => questionBlocks(review, question)),
      actions({
        label: 'Send answer',
        style: 'primary',
        press: { verb: 'answer', review: review.id, subject: questions.join('+'), seen: lastSeqOf(review, questions) },
      }),
    ],
  }
}
