// Typed words: in someone's own chat, or with a mention in a group chat or a channel's thread.
import type { Press } from '../conversation/press.ts'
import type { Reply } from '../conversation/reply.ts'
import { understand } from '../conversation/understand.ts'
import { byDeadline } from '../deadline.ts'
import { hear } from '../reviews/hear.ts'
import { guarded } from '../reviews/press.ts'
import { tellOne } from './answers.ts'
import { renderForm } from './cards.ts'
import type { Desk } from './desk.ts'
import { type Activity, activityOf, withPictures, wordsMessage } from './messages.ts'
import type { Caller } from './who.ts'

/** Silence is taken for deafness: whoever waits longer sees that something is going on. */
const patienceMs = 500

/**
 * Acts on what was said, then answers in its own time: once, however often Teams delivers it.
 * @param id the message's own
 */
export async function heard(desk: Desk, caller: Caller, text: string, id: string): Promise<void> {
  const { app, later, send } = desk
  const origin = `${caller.at.conversation}/${id}`
  let workspace = ''
  const work = desk.once(origin, () =>
    guarded(app, async () => {
      const visitor = await desk.whos.visitor(caller)
      workspace = visitor.workspace
      return await hear(app, visitor, text || 'help', origin)
    }),
  )
  const done = work.then(() => true)
  if (!(await byDeadline(done, patienceMs))) later(send(caller.at, { type: 'typing' }))
  const reply = await work
  if (!reply) return
  const forAll = reply.kind === 'done' || reply.kind === 'refused'
  const answer = messageFor(desk, workspace, reply, text)
  later(answer.then((activity) => (forAll ? send(caller.at, activity) : tellOne(desk, caller, activity))))
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

async function messageFor(desk: Desk, workspace: string, reply: Reply, text: string): Promise<Activity> {
  switch (reply.kind) {
    case 'card': {
      const look = { ground: { base: pressFor(text) } }
      const drawn = withPictures(reply.card, look, await desk.pictures(workspace, reply.card))
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
