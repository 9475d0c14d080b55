// Typed words: in someone's own chat, or with a mention in a group chat or a channel's thread.
import type { Press } from '../conversation/press.ts'
import type { Reply } from '../conversation/reply.ts'
import { said } from '../conversation/texts.ts'
import { understand } from '../conversation/understand.ts'
import { byDeadline } from '../deadline.ts'
import type { Visitor } from '../reviews/app.ts'
import { hear } from '../reviews/hear.ts'
import { claimAnswer } from '../store/answered.ts'
import { teamsPlaceOf } from '../store/teams.ts'
import type { Conversation } from './adapter.ts'
import { renderForm } from './cards.ts'
import type { Desk } from './desk.ts'
import { type Activity, activityOf, withPictures, wordsMessage } from './messages.ts'
import { isShared, personalAddress } from './place.ts'
import type { Caller } from './who.ts'

/** Silence is taken for deafness: whoever waits longer sees that something is going on. */
const patienceMs = 500

/**
 * Acts on what was said, then answers in its own time: once, however often Teams delivers it.
 * @param id the message's own
 */
export async function heard(desk: Desk, caller: Caller, text: string, id: string): Promise<void> {
  const { app, connector, later } = desk
  const origin = `${caller.at.conversation}/${id}`
  const visitor = await desk.whos.visitor(caller)
  const work = hear(app, visitor, text || 'help', origin)
  if (!(await byDeadline(work, patienceMs))) later(connector.send(caller.at, { type: 'typing' }))
  const reply = await work
  if (!(await claimAnswer(app.store.database, origin))) return
  later(
    isShared(caller.place)
      ? answerInPublic(desk, caller, visitor, reply, text)
      : say(desk, caller.at, visitor, reply, text),
  )
}

async function say(desk: Desk, to: Conversation, visitor: Visitor, reply: Reply, text: string): Promise<void> {
  await desk.connector.send(to, await messageFor(desk, visitor, reply, text))
}

/**
 * Where others look on, only what may be known to all of them is said; the rest is in one's own chat. Teams has no
 * dependable way to show one person something in a shared place.
 */
async function answerInPublic(desk: Desk, caller: Caller, visitor: Visitor, reply: Reply, text: string): Promise<void> {
  const { connector, app } = desk
  if (reply.kind === 'done' || reply.kind === 'refused') return await say(desk, caller.at, visitor, reply, text)
  const { objectId = '' } = caller
  const own = await teamsPlaceOf(app.store.database, personalAddress(desk.served.tenant, objectId))
  const conversation = own?.conversation
  const sent =
    own && conversation && !own.dead
      ? await say(desk, { serviceUrl: own.serviceUrl, conversation }, visitor, reply, text).then(
          () => true,
          () => false,
        )
      : false
  await connector.send(caller.at, wordsMessage(sent ? said.answeredPersonally : said.addMeFirst))
}

/** The press that draws the same card as typed words did. */
function pressFor(text: string): Press | undefined {
  const { kind } = understand(text || 'help')
  switch (kind) {
    case 'help':
    case 'mine':
    case 'status':
    case 'settings':
      return { verb: kind }
    default:
      return undefined
  }
}

async function messageFor(desk: Desk, visitor: Visitor, reply: Reply, text: string): Promise<Activity> {
  switch (reply.kind) {
    case 'card': {
      const look = { ground: { base: pressFor(text) } }
      const drawn = withPictures(reply.card, look, await desk.pictures(visitor.workspace, reply.card))
      return activityOf(drawn.content, reply.card.summary)
    }
    case 'form':
      return activityOf(renderForm(reply.form, { ground: { by: { verb: 'start_form' } } }), reply.form.title)
    case 'done':
    case 'refused':
      return wordsMessage(reply.text)
    case 'invalid':
      return wordsMessage(Object.values(reply.errors).join('\n'))
    default:
      return reply satisfies never
  }
}
