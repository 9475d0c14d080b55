// Buttons and modals: what a person pressed, and what they see of it.
import type { App as BoltApp, RespondFn, types, webApi } from '@slack/bolt'
import type { Values } from '../conversation/card.ts'
import { formVerbs, Press } from '../conversation/press.ts'
import type { Reply } from '../conversation/reply.ts'
import { said } from '../conversation/texts.ts'
import { byDeadline } from '../deadline.ts'
import { guarded, press } from '../reviews/press.ts'
import { deadlineMs } from './ack.ts'
import { errorsIn, modalOf, notice, skeleton, tellPrivately, wordsOf } from './answer.ts'
import { readMetadata, renderMessage } from './blocks.ts'
import type { Desk } from './desk.ts'
import { errorCode } from './error-code.ts'
import { Click, Submission } from './payload.ts'
import { actionIds, actionOf, readState, type State, usersIn } from './values.ts'
import { type Caller, callerOf } from './who.ts'

/** How long a form may take before an empty one is opened in its place. */
const skeletonMs = 500

export function answerClicks(bolt: BoltApp, desk: Desk): void {
  const { app, whos, later } = desk

  /** What was filled in, with the people that were picked as the core knows them. */
  const filledIn = async (client: webApi.WebClient, caller: Caller, state: State): Promise<Values> => {
    const people = usersIn(state).map(async ([name, user]) => {
      return [name, (await whos.visitor(client, { ...caller, user })).person] as const
    })
    return { ...readState(state), ...Object.fromEntries(await Promise.all(people)) }
  }

  bolt.action({ type: 'block_actions' }, async ({ ack, body, client, respond, context }) => {
    const read = Click.safeParse(body)
    if (!read.success) return await ack()
    const click = read.data
    const caller = callerOf(context, click.user.id)
    const chosen = actionOf(click.actions[0]?.action_id ?? '') === actionIds.choose
    const payload = chosen ? readMetadata(click.view?.private_metadata ?? '')?.by : parse(click.actions[0]?.value)
    const state = (click.view?.state ?? click.state)?.values as State
    const work = guarded(app, async () => {
      const visitor = await whos.visitor(client, caller, placeOf(click, caller))
      return press(app, visitor, payload, chosen ? {} : await filledIn(client, caller, state))
    })
    if (chosen) {
      await ack()
      return later(
        redraw(
          client,
          click,
          work.then((reply) => modalOf(reply, payload as Press, readState(state))),
        ),
      )
    }
    const by = Press.safeParse(payload).data
    const shown = { client, click, by, respond: click.response_url ? respond : undefined }
    const quick = await byDeadline(work, skeletonMs)
    if (!quick && by && formVerbs.has(by.verb) && click.view?.type !== 'modal') {
      // A trigger lives three seconds: an empty modal takes it, and is filled when the rest is known.
      const opened = await client.views.open({ trigger_id: click.trigger_id, view: skeleton }).catch(() => undefined)
      await ack()
      return later(opened?.view?.id ? fill(client, opened.view.id, by, work) : tell(shown, said.pressAgain))
    }
    const reply = quick ?? (await byDeadline(work, deadlineMs - skeletonMs))
    await ack()
    later(reply ? show(shown, reply) : tell(shown, said.notConfirmed))
    if (click.view?.type === 'home') desk.refreshHome(client, caller)
  })

  bolt.view({ type: 'view_submission' }, async ({ ack, body, client, context }) => {
    const read = Submission.safeParse(body)
    const metadata = read.data && readMetadata(read.data.view.private_metadata)
    // A modal whose own buttons do the work is closed by its “Done”.
    if (metadata?.submit === null) return await ack({ response_action: 'clear' })
    const submit = metadata?.submit
    if (!read.data || !submit) return await ack({ response_action: 'update', view: notice(said.malformed) })
    const { view } = read.data
    const caller = callerOf(context, read.data.user.id)
    const state = view.state?.values as State
    const work = guarded(app, async () =>
      press(app, await whos.visitor(client, caller), submit, await filledIn(client, caller, state)),
    )
    const reply = await byDeadline(work, deadlineMs)
    if (!reply) return await ack({ response_action: 'push', view: notice(said.notConfirmed) })
    const next = modalOf(reply, submit)
    const errors = reply.kind === 'invalid' ? errorsIn(view, reply.errors) : {}
    if (Object.keys(errors).length > 0) await ack({ response_action: 'errors', errors })
    else if (next) await ack({ response_action: 'update', view: next })
    else if (reply.kind === 'done') await ack({ response_action: 'clear' })
    // Pushed on top: what was typed below stays.
    else await ack({ response_action: 'push', view: notice(wordsOf(reply)) })
    if (reply.kind === 'done') desk.refreshHome(client, caller)
  })
}

/** Draws a modal anew after a choice that other fields depend on; what was typed stays. */
async function redraw(
  client: webApi.WebClient,
  { view }: Click,
  drawn: Promise<types.ModalView | undefined>,
): Promise<void> {
  const next = await drawn
  if (!next || !view) return
  const hash = view.hash === undefined ? {} : { hash: view.hash }
  await client.views.update({ view_id: view.id, ...hash, view: next }).catch((error: unknown) => {
    // A newer choice was drawn already.
    if (errorCode(error) !== 'hash_conflict') throw error
  })
}

async function fill(client: webApi.WebClient, view_id: string, by: Press, work: Promise<Reply>): Promise<void> {
  const reply = await work
  await client.views.update({ view_id, view: modalOf(reply, by) ?? notice(wordsOf(reply)) })
}

interface Shown {
  client: webApi.WebClient
  click: Click
  by: Press | undefined
  respond: RespondFn | undefined
}

/** Verbs whose outcome the card shows at once: a private word beside it would be noise. */
const quiet: ReadonlySet<string> = new Set(['answer', 'skip_wave'])

async function show(shown: Shown, reply: Reply): Promise<void> {
  const { client, click, by, respond } = shown
  if (reply.kind === 'card' && click.view === undefined && respond) {
    await respond({ response_type: 'ephemeral', replace_original: false, ...renderMessage(reply.card) })
    return
  }
  const view = modalOf(reply, by)
  if (view && click.view?.type === 'modal') await client.views.update({ view_id: click.view.id, view })
  else if (view) await open(shown, view)
  else if (reply.kind !== 'done' || !quiet.has(by?.verb ?? '')) await tell(shown, wordsOf(reply))
}

/** A trigger that is spent or too old opens nothing, and that has to be said. */
async function open(shown: Shown, view: types.ModalView): Promise<void> {
  await shown.client.views.open({ trigger_id: shown.click.trigger_id, view }).catch(async (error: unknown) => {
    if (!shown.respond) throw error
    await tellPrivately(shown.respond, said.pressAgain)
  })
}

/** In private: beside the message, or on top of the modal or Home that was pressed. */
async function tell({ client, click, respond }: Shown, words: string): Promise<void> {
  if (click.view?.type === 'modal') await client.views.push({ trigger_id: click.trigger_id, view: notice(words) })
  else if (click.view) await client.views.open({ trigger_id: click.trigger_id, view: notice(words) })
  else await tellPrivately(respond, words)
}

/** Where a button was pressed: a thread of a channel, or else the person's direct messages. */
function placeOf({ channel, message }: Click, { team, user }: Caller): string {
  if (!channel || channel.id.startsWith('D')) return `${team}/${user}`
  return `${team}/${channel.id}/${message?.thread_ts ?? message?.ts ?? ''}`
}

function parse(payload: string | undefined): unknown {
  try {
    return JSON.parse(payload ?? '')
  } catch {
    return undefined
  }
}
