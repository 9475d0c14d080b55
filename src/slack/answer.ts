// A reply of the core in Slack's own ways: a modal, a private message, errors under their fields.
import type { RespondFn, types, webApi } from '@slack/bolt'
import type { Card, Form, Values } from '../conversation/card.ts'
import { openerOf, openerOfNext, sinceOpened } from '../conversation/open-form.ts'
import { type Press, showing } from '../conversation/press.ts'
import { doneWords, type Reply } from '../conversation/reply.ts'
import { said } from '../conversation/texts.ts'
import { renderMessage, renderModal } from './blocks.ts'
import type { View } from './payload.ts'

/** A short text as a modal to be closed. */
export function notice(words: string): types.ModalView {
  return renderModal({ title: 'Countersign', blocks: [{ kind: 'text', text: words }] })
}

/** What stands in a modal until the rest is known; it opens within the three seconds a trigger lives. */
export const skeleton = notice(said.looking)

const spoken = (words: string): Card => ({ title: '', summary: words, blocks: [{ kind: 'text', text: words }] })

/** A reply as words. */
export function wordsOf(reply: Reply): string {
  return reply.kind === 'done' ? doneWords(reply) : cardOf(reply).summary
}

/** The form of a reply, if it has one, as the modal that can draw itself anew. */
export function modalOf(reply: Reply, press: Press | undefined, values?: Values): types.ModalView | undefined {
  const by = press && showing(press)
  if (reply.kind === 'form')
    return modal(by ? sinceOpened(reply.form, by) : reply.form, by && openerOf(reply.form, by), values)
  if (reply.kind === 'done' && reply.next) return modal(reply.next, openerOfNext(reply.next))
  if (reply.kind === 'card') return renderModal({ title: reply.card.title, blocks: reply.card.blocks })
  return undefined
}

function modal(form: Form, by: Press | undefined, values?: Values): types.ModalView {
  return renderModal(form, { ...(by ? { by } : {}), ...(values ? { values } : {}) })
}

/** Says something to one person, at the place where they pressed. */
export async function tellPrivately(respond: RespondFn | undefined, words: string): Promise<void> {
  await respond?.({ response_type: 'ephemeral', replace_original: false, ...renderMessage(spoken(words)) })
}

/**
 * Posts a reply to typed words where they were said. A card may tell of threats: in a channel only the one who asked sees
 * it.
 */
export async function postReply(
  client: webApi.WebClient,
  where: { channel: string; user: string; thread_ts?: string | undefined },
  reply: Reply,
): Promise<void> {
  const { channel, user, thread_ts } = where
  const at = { channel, ...(thread_ts ? { thread_ts } : {}) }
  if (reply.kind === 'card' && !channel.startsWith('D')) {
    await client.chat.postEphemeral({ ...at, user, ...renderMessage(cardOf(reply)) })
    return
  }
  await client.chat.postMessage({ ...at, ...renderMessage(cardOf(reply)), unfurl_links: false, unfurl_media: false })
}

/** A reply as a message. A form stands in the conversation then: a message brings no trigger to open a modal with. */
export function cardOf(reply: Reply): Card {
  switch (reply.kind) {
    case 'card':
      return reply.card
    case 'done':
    case 'refused':
      return spoken(reply.text)
    case 'invalid':
      return spoken(Object.values(reply.errors).join('\n'))
    case 'form': {
      const { title, blocks, submit } = reply.form
      return { title, summary: title, blocks: submit ? [...blocks, { kind: 'actions', actions: [submit] }] : blocks }
    }
  }
}

/** Errors by the blocks a modal really has; one without a field of its own stands under the nearest. */
export function errorsIn(view: View, errors: Record<string, string>): Record<string, string> {
  const inputs = view.blocks.filter(({ type }) => type === 'input').flatMap(({ block_id }) => block_id ?? [])
  const placed: Record<string, string> = {}
  for (const [field, words] of Object.entries(errors)) {
    const at = inputs.find((id) => id === field) ?? inputs.find((id) => id.startsWith(field)) ?? inputs[0]
    if (at !== undefined) placed[at] = placed[at] ? `${placed[at]} ${words}` : words
  }
  return placed
}
