// Slack as a surface: clicks and words in.
import type { BlockAction, App as BoltApp, ButtonAction, RespondFn, webApi } from '@slack/bolt'
import type { Reply } from '../conversation/reply.ts'
import type { App, Visitor } from '../reviews/app.ts'
import { hear } from '../reviews/hear.ts'
import { press } from '../reviews/press.ts'
import { personOf } from '../store/people.ts'
import { renderMessage, renderModal } from './blocks.ts'
import { readState } from './values.ts'

/** Answers what people click and type in a workspace's Slack. */
export function listenToSlack(bolt: BoltApp, app: App, workspace: string): void {
  const visitor = async (team: string, user: string, channel: string): Promise<Visitor> => {
    const person = await personOf(app.store.database, workspace, `slack:${team}/${user}`)
    const place = { surface: 'slack', address: channel } as const
    return { workspace, person: person ?? `stranger ${team}/${user}`, via: 'slack', standing: 'member', place }
  }

  bolt.message(async ({ message, client, context }) => {
    if (message.subtype !== undefined || message.channel_type !== 'im' || !message.text) return
    const who = await visitor(context.teamId ?? '', message.user, message.channel)
    const reply = await hear(app, who, message.text, `${message.channel}/${message.ts}`)
    await say(client, message.channel, reply)
  })

  bolt.action<BlockAction<ButtonAction>>({ type: 'block_actions' }, async ({ ack, body, action, client, respond }) => {
    await ack()
    if (action.type !== 'button' || action.value === undefined) return
    const who = await visitor(body.team?.id ?? '', body.user.id, body.channel?.id ?? body.user.id)
    const state = body.state?.values ?? body.view?.state.values
    const reply = await press(app, who, parse(action.value), readState(state))
    await answerClick(reply, client, body.trigger_id, respond)
  })

  bolt.view('form', async ({ ack, body, view }) => {
    const who = await visitor(body.team?.id ?? '', body.user.id, body.user.id)
    const reply = await press(app, who, parse(view.private_metadata), readState(view.state.values))
    switch (reply.kind) {
      case 'invalid':
        return await ack({ response_action: 'errors', errors: reply.errors })
      case 'form':
        return await ack({ response_action: 'update', view: renderModal(reply.form) })
      case 'done':
        return reply.next
          ? await ack({ response_action: 'update', view: renderModal(reply.next) })
          : await ack({ response_action: 'clear' })
      case 'refused':
        return await ack({
          response_action: 'update',
          view: renderModal({ title: 'Not recorded', blocks: [{ kind: 'text', text: reply.text }] }),
        })
      case 'card':
        return await ack({
          response_action: 'update',
          view: renderModal({ title: reply.card.title, blocks: reply.card.blocks }),
        })
    }
  })
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

async function say(client: webApi.WebClient, channel: string, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'card':
      await client.chat.postMessage({ channel, ...renderMessage(reply.card) })
      return
    case 'done':
    case 'refused':
      await client.chat.postMessage({
        channel,
        ...renderMessage({ title: '', summary: reply.text, blocks: [{ kind: 'text', text: reply.text }] }),
      })
      return
    case 'form': {
      // A message brings no trigger to open a modal with, so the form stands in the conversation.
      const { title, blocks, submit } = reply.form
      const actions = submit ? [{ kind: 'actions' as const, actions: [submit] }] : []
      await client.chat.postMessage({
        channel,
        ...renderMessage({ title, summary: title, blocks: [...blocks, ...actions] }),
      })
      return
    }
    case 'invalid':
      throw new Error('words typed in passing have no fields')
  }
}

async function answerClick(
  reply: Reply,
  client: webApi.WebClient,
  trigger_id: string,
  respond: RespondFn,
): Promise<void> {
  const privately = (text: string) => respond({ response_type: 'ephemeral', replace_original: false, text })
  switch (reply.kind) {
    case 'form':
      await client.views.open({ trigger_id, view: renderModal(reply.form) })
      return
    case 'done':
      if (reply.next) await client.views.open({ trigger_id, view: renderModal(reply.next) })
      else await privately(reply.text)
      return
    case 'refused':
      await privately(reply.text)
      return
    case 'card':
      await respond({ response_type: 'ephemeral', replace_original: false, ...renderMessage(reply.card) })
      return
    case 'invalid':
      await privately(Object.values(reply.errors).join('\n'))
  }
}
