// “Threat-model this” on a message: its words start a review.
import { said } from '../conversation/texts.ts'
import { byDeadline } from '../deadline.ts'
import { start } from '../reviews/hear.ts'
import { guarded } from '../reviews/press.ts'
import { Retryable } from '../store/database.ts'
import { ConnectorError } from './adapter.ts'
import type { Desk } from './desk.ts'
import { plainFromHtml } from './heard-text.ts'
import { limits } from './limits.ts'
import { MessageAction } from './payload.ts'
import type { Caller } from './who.ts'

/**
 * Starts a review with the words of a message, and says so in a window of its own.
 * https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module
 */
export async function threatModelThis(desk: Desk, caller: Caller, value: unknown): Promise<unknown> {
  const read = MessageAction.safeParse(value)
  const { id, body } = read.data?.messagePayload ?? {}
  if (!id || !body) return message(said.malformed)
  const work = guarded(desk.app, async () => {
    const here = await whereTheBotIs(desk, caller)
    if (!here) return { kind: 'refused', text: said.addMeFirst }
    const visitor = await desk.whos.visitor(here)
    const words = body.contentType === 'html' ? plainFromHtml(body.content) : body.content.trim()
    if (words === '') return { kind: 'refused', text: said.howToStart }
    return await start(desk.app, visitor, words, `${caller.at.conversation}/${id}`)
  })
  const reply = await byDeadline(work, limits.answerMs)
  return message(reply && 'text' in reply ? reply.text : said.notConfirmed)
}

/** The conversation of the message where the bot is in it, else the person's own chat; undefined when there is none. */
async function whereTheBotIs({ connector, whos }: Desk, caller: Caller): Promise<Caller | undefined> {
  const { at, account, tenant = '' } = caller
  // The core refuses them; what Teams knows of their chats is none of our business.
  if (!whos.serves(caller)) return caller
  const refused = (error: unknown): undefined => {
    if (error instanceof ConnectorError && [400, 403, 404].includes(error.status ?? 0)) return
    throw new Retryable('Teams did not say where the bot is', 5, error)
  }
  if (await connector.member(at, account).catch(refused)) return caller
  const conversation = await connector.open(at.serviceUrl, tenant, account).catch(refused)
  if (conversation === undefined) return undefined
  return { ...caller, at: { ...at, conversation }, place: { kind: 'personal', conversation } }
}

const message = (value: string) => ({ task: { type: 'message', value } })
