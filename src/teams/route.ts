// Activities, each to what answers it.

import { said } from '../conversation/texts.ts'
import { claimAnswer } from '../store/answered.ts'
import type { Answer } from './adapter.ts'
import { tellOne } from './answers.ts'
import { cardType, renderWords } from './cards.ts'
import { pressed } from './clicks.ts'
import type { Desk } from './desk.ts'
import { threatModelThis } from './extension.ts'
import { heardText } from './heard-text.ts'
import { added, removed } from './installs.ts'
import { activityOf } from './messages.ts'
import { CardAction, type Incoming, SubmittedCard } from './payload.ts'
import type { Caller } from './who.ts'
import { heard } from './words.ts'

/** Answers an activity that is known to come from Teams; gives what an invoke is answered with. */
export async function route(desk: Desk, activity: Incoming): Promise<Answer | undefined> {
  const caller = callerOf(activity)
  switch (activity.type) {
    case 'message':
      return await message(desk, caller, activity)
    case 'invoke':
      return { status: 200, body: await invoked(desk, caller, activity) }
    case 'installationUpdate':
      if (activity.action?.startsWith('add')) await added(desk, caller, activity.action === 'add')
      if (activity.action?.startsWith('remove')) await removed(desk, caller)
      return undefined
    default:
      return undefined
  }
}

function callerOf({ serviceUrl, conversation, from, channelData }: Incoming): Caller {
  return {
    at: { serviceUrl, conversation: conversation.id },
    account: from.id,
    objectId: from.aadObjectId,
    tenant: channelData?.tenant?.id ?? conversation.tenantId,
    place: { kind: conversation.conversationType, conversation: conversation.id },
  }
}

async function message(desk: Desk, caller: Caller, activity: Incoming): Promise<undefined> {
  const { id = '', value } = activity
  const submitted = SubmittedCard.safeParse(value)
  if (!submitted.success) {
    await heard(desk, caller, heardText(activity), id)
    return undefined
  }
  // A client that does not know Action.Execute sends the data alone, and can be answered with a message only: a copy, in
  // place of no message that is kept up to date.
  const { cs: carried, ...data } = submitted.data
  const card = await pressed(desk, { caller, message: '', carried, data })
  if (await claimAnswer(desk.app.store.database, `${caller.at.conversation}/${id}`))
    desk.later(tellOne(desk, caller, activityOf(card, String(card.fallbackText))))
  return undefined
}

async function invoked(desk: Desk, caller: Caller, { name, value, replyToId = '' }: Incoming): Promise<unknown> {
  switch (name) {
    case 'adaptiveCard/action': {
      const read = CardAction.safeParse(value)
      if (!read.success) return cardAnswer(renderWords(said.malformed, {}))
      const { cs: carried, ...data } = read.data.action.data
      return cardAnswer(await pressed(desk, { caller, message: replyToId, carried, data }))
    }
    case 'composeExtension/fetchTask':
      return await threatModelThis(desk, caller, value)
    default:
      return undefined
  }
}

/** https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format */
const cardAnswer = (value: unknown) => ({ statusCode: 200, type: cardType, value })
