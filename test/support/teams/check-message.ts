// What is wrong with what the bot sends: its activities, and its answers to invokes.
import { cardProblems, notJustWords } from './check-card.ts'
import type { Activity, Answered, Card, Json } from './wire.ts'
import { cardType } from './world.ts'

const invokePatience = 5000

/** Everything wrong with an activity, by JSON pointer. */
export function activityProblems(activity: Activity): string[] {
  const { type, attachments = [], entities = [] } = activity
  if (type === 'typing') return []
  if (type !== 'message') return [`/type: ${type} is nothing a bot sends`]
  const cards = attachments.some(({ contentType }) => contentType === cardType)
  return [
    ...(cards ? cardMessageProblems(activity) : plainMessageProblems(activity)),
    ...entities.flatMap((one, index) => (one.type === 'mention' ? [`/entities/${index}: nobody is mentioned`] : [])),
  ]
}

function cardMessageProblems({ text, summary, attachments = [] }: Activity): string[] {
  return [
    ...(text ? ['/text: beside a card, so that Teams splits the message and its id does not come back'] : []),
    ...(summary?.trim() ? [] : ['/summary: empty']),
    ...(attachments.length === 1 ? [] : [`/attachments: ${attachments.length}, a card goes alone`]),
    ...attachments.flatMap(({ contentType, content }, index) =>
      contentType === cardType ? cardProblems(content, `/attachments/${index}/content`) : [],
    ),
  ]
}

function plainMessageProblems({ text = '', textFormat, summary, attachments = [] }: Activity): string[] {
  return [
    ...(text.trim() || summary?.trim() ? [] : ['/summary: empty, and there is no text']),
    ...(attachments.length > 0 || text.trim() ? [] : ['/text: empty, and there is nothing attached']),
    ...(textFormat === 'plain' ? [] : notJustWords({ text }, 'text')),
    ...attachments.flatMap(({ contentType, contentUrl }, index) => [
      ...(contentType.startsWith('image/') ? [] : [`/attachments/${index}/contentType: ${contentType}`]),
      ...(contentUrl ? [] : [`/attachments/${index}/contentUrl: missing`]),
    ]),
  ]
}

export interface InvokeAnswer {
  card?: Card
  message?: string
}

/** What the client shows after an `adaptiveCard/action`, or everything wrong with the answer. */
export function readInvokeAnswer(answered: Answered): InvokeAnswer | { problems: string[] } {
  const late = lateProblems(answered)
  if (late.length > 0) return { problems: late }
  const { statusCode, type, value } = asObject(answered.body)
  if (statusCode !== 200) return { problems: [`/statusCode: ${statusCode}`] }
  if (type === cardType) {
    const problems = cardProblems(value, '/value')
    return problems.length > 0 ? { problems } : { card: value as Card }
  }
  if (type !== 'application/vnd.microsoft.activity.message') return { problems: [`/type: ${type}`] }
  return typeof value === 'string' && value.trim() ? { message: value } : { problems: ['/value: no words'] }
}

/** What is wrong with the answer to a message extension: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module */
export function taskProblems(answered: Answered): string[] {
  const late = lateProblems(answered)
  if (late.length > 0) return late
  const { type, value } = asObject(asObject(answered.body).task)
  if (type === 'message') return typeof value === 'string' && value.trim() ? [] : ['/task/value: no words']
  if (type !== 'continue') return [`/task/type: ${type}`]
  const { contentType, content } = asObject(asObject(value).card)
  if (contentType !== cardType) return [`/task/value/card/contentType: ${contentType}`]
  return cardProblems(content, '/task/value/card/content')
}

function lateProblems({ status, tookMs }: Answered): string[] {
  const late = tookMs > invokePatience
  return status === 200 && !late ? [] : [`status ${status} after ${tookMs} ms`]
}

const asObject = (given: unknown): Json => (typeof given === 'object' && given !== null ? (given as Json) : {})
