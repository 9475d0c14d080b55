// What a person typed: a command, an answer, or the start of a review.

import { featureName } from '../conversation/feature-name.ts'
import { currentWave, waveCard } from '../conversation/interview-cards.ts'
import { questionTexts } from '../conversation/labels.ts'
import type { Reply } from '../conversation/reply.ts'
import { helpCard, said, startForm } from '../conversation/texts.ts'
import { describesFeature, understand } from '../conversation/understand.ts'
import { lastSeqOf } from '../domain/decide/interview.ts'
import type { Acting } from '../domain/entry.ts'
import { type QuestionKey, waves } from '../domain/question.ts'
import type { Review } from '../domain/review.ts'
import { plain, storable } from '../domain/words.ts'
import { openInterview } from '../store/interviews.ts'
import { type App, actingNow, type Visitor } from './app.ts'
import { readReview, readWorkspace } from './command.ts'
import { showCode, typeCode } from './link-identity.ts'
import { openReview } from './open-review.ts'
import { guarded } from './press.ts'
import { carryOut, refused } from './reply.ts'
import { mine, overallStatus } from './status.ts'
import { settingsVerbs } from './verbs/settings.ts'

/** The most a typed message may hold. */
const limit = 4000

/**
 * Answers a typed message.
 * @param origin the message's own id: the same message delivered twice does one thing
 */
export async function hear(app: App, visitor: Visitor, message: string, origin: string): Promise<Reply> {
  return await guarded(app, async () => {
    if (!storable(message)) return { kind: 'refused', text: said.unreadable }
    if (message.length > limit) return { kind: 'refused', text: said.tooLong(limit) }
    const intent = understand(message)
    switch (intent.kind) {
      case 'help':
        return { kind: 'card', card: helpCard() }
      case 'status':
        return await overallStatus(app, visitor)
      case 'mine':
        return await mine(app, visitor)
      case 'settings':
        return await settingsVerbs.settings(app, visitor)
      case 'link':
        return intent.code ? await typeCode(app, visitor, intent.code) : await showCode(app, visitor)
      case 'stop':
        return { kind: 'done', text: said.stopped }
      case 'resume':
        return await resume(app, visitor)
      case 'start':
        return intent.words
          ? await start(app, visitor, intent.words, origin)
          : { kind: 'form', form: startForm(origin) }
      case 'say':
        return await take(app, visitor, intent.words, origin)
    }
  })
}

/** Starts a review with these words as the first answer. */
export async function start(app: App, visitor: Visitor, words: string, origin: string): Promise<Reply> {
  const name = featureName(words)
  const { outcome } = await openReview(app, visitor, { name, words, origin })
  return 'refusal' in outcome ? refused(outcome) : { kind: 'done', text: said.opened(name) }
}

async function resume(app: App, visitor: Visitor): Promise<Reply> {
  const review = await interviewOf(app, visitor)
  if (!review) return { kind: 'done', text: said.nothingToResume }
  const workspace = await readWorkspace(app, visitor.workspace)
  return { kind: 'card', card: waveCard(review, workspace, currentWave(review)) }
}

/** Words in passing: noted under the open question of an interview under way, else the start of a review. */
async function take(app: App, visitor: Visitor, words: string, origin: string): Promise<Reply> {
  const review = await interviewHere(app, visitor)
  const question = review && openQuestion(review, actingNow(app, visitor))
  if (review && question) {
    const what = {
      type: 'answer',
      answers: [{ question, words: withEarlier(review, question, words), facts: [], noted: true }],
      seen: lastSeqOf(review, [question]),
    } as const
    const { short } = questionTexts[question]
    return carryOut(app, visitor, { verb: 'answer', review: review.id }, what, () => ({
      kind: 'done',
      text: said.noted(short),
    }))
  }
  return describesFeature(words) ? await start(app, visitor, words, origin) : { kind: 'done', text: said.howToStart }
}

/** People answer in three short lines; together they are one answer. */
function withEarlier(review: Review, question: QuestionKey, words: string): string {
  const { answer } = review.questions[question]
  const earlier = answer === undefined ? undefined : review.answers[answer]?.words
  return typeof earlier === 'string' ? `${earlier}\n${words}` : words
}

/** Whether the visitor stands where their interview under way takes place: there, every word is an answer. */
export async function answersHere(app: App, visitor: Visitor): Promise<boolean> {
  return (await interviewHere(app, visitor)) !== undefined
}

async function interviewHere(app: App, visitor: Visitor): Promise<Review | undefined> {
  const review = await interviewOf(app, visitor)
  return review && plain(review.place.address) === visitor.place.address ? review : undefined
}

async function interviewOf(app: App, { workspace, person }: Visitor): Promise<Review | undefined> {
  const id = await openInterview(app.store.database, workspace, person)
  return id === undefined ? undefined : (await readReview(app, workspace, id))?.review
}

/** Lines that follow within this time belong to the one before. */
const inARowMs = 120_000

/**
 * The question that words in passing belong to: the one this person was just answering, else the first open one of the
 * wave without words, else the first open one.
 */
function openQuestion(review: Review, { person, at }: Acting): QuestionKey | undefined {
  const open = (waves[currentWave(review)] ?? []).filter((key) => review.questions[key].status === 'open')
  const inARow = open.find((key) => {
    const { answer, by, at: before } = review.questions[key]
    return answer !== undefined && by === person && Date.parse(at) - Date.parse(before ?? '') < inARowMs
  })
  const noWords = (key: QuestionKey) =>
    review.questions[key].answer === undefined && !(key === 'feature_purpose' && review.firstWords !== undefined)
  return inARow ?? open.find(noWords) ?? open[0]
}
