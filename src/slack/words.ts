// Typed words: messages, threads, mentions, the slash command, shortcuts, and the opening of Home.
import type { App as BoltApp, webApi } from '@slack/bolt'
import { said } from '../conversation/texts.ts'
import { byDeadline } from '../deadline.ts'
import { answersHere, hear, start } from '../reviews/hear.ts'
import { guarded, press } from '../reviews/press.ts'
import { standsAt } from '../store/deliveries.ts'
import { deadlineMs } from './ack.ts'
import { cardOf, modalOf, notice, postReply, tellPrivately } from './answer.ts'
import { renderMessage } from './blocks.ts'
import type { Desk } from './desk.ts'
import { heardText, withoutMention } from './heard-text.ts'
import { Command, HomeOpened, Said, Shortcut, UserChanged } from './payload.ts'
import { type Caller, callerOf } from './who.ts'

export function hearWords(bolt: BoltApp, desk: Desk): void {
  const { app, whos, later } = desk

  bolt.event('message', async ({ event, client, context }) => {
    const read = Said.safeParse(event)
    if (!read.success || read.data.bot_id || !isTyped(read.data.subtype)) return
    const message = read.data
    const caller = callerOf(context, message.user)
    if (message.channel_type === 'im') {
      await take(client, caller, message, `${caller.team}/${message.user}`, {})
      return
    }
    // A mention arrives once more as an event of its own; other words in a channel count only in an interview's thread.
    if (message.thread_ts === undefined || mentions(message.text, context.botUserId)) return
    const at = `${caller.team}/${message.channel}/${message.thread_ts}`
    // Whoever talks in other threads is none of our business: they are not even looked up.
    if (!(await standsAt(app.store.database, 'slack', at))) return
    const visitor = await whos.visitor(client, caller, at)
    if (await answersHere(app, visitor)) await take(client, caller, message, at, { thread_ts: message.thread_ts })
  })

  bolt.event('app_mention', async ({ event, client, context }) => {
    const read = Said.safeParse(event)
    if (!read.success || read.data.bot_id) return
    const message = { ...read.data, text: withoutMention(read.data.text, context.botUserId) }
    const thread_ts = message.thread_ts ?? message.ts
    const caller = callerOf(context, message.user)
    await take(client, caller, message, `${caller.team}/${message.channel}/${thread_ts}`, { thread_ts })
  })

  /** Acts on what was said, then answers in its own time: once, however often and under whatever id Slack delivers it. */
  const take = async (
    client: webApi.WebClient,
    caller: Caller,
    { text, channel, ts }: Pick<Said, 'text' | 'channel' | 'ts'>,
    at: string,
    thread: { thread_ts?: string },
  ): Promise<void> => {
    const origin = `${caller.team}/${channel}/${ts}`
    const visitor = await whos.visitor(client, caller, at)
    const work = desk.once(origin, () => hear(app, visitor, heardText(text).trim() || 'help', origin))
    const done = work.then(() => true)
    // Silence is taken for deafness: whoever waits longer than a moment sees that something is going on.
    if (!(await byDeadline(done, patienceMs))) later(showWorking(client, channel, thread.thread_ts ?? ts))
    const reply = await work
    if (reply) later(postReply(client, { channel, user: caller.user, ...thread }, reply))
  }

  bolt.command(/^\//, async ({ ack, body, client, respond, context }) => {
    const read = Command.safeParse(body)
    if (!read.success) return await ack()
    const { user_id, text, trigger_id } = read.data
    const work = guarded(app, async () => {
      const visitor = await whos.visitor(client, callerOf(context, user_id))
      return hear(app, visitor, heardText(text).trim() || 'help', trigger_id)
    })
    const reply = await byDeadline(work, deadlineMs)
    await ack()
    if (!reply) return later(tellPrivately(respond, said.notConfirmed))
    const view = reply.kind === 'form' ? modalOf(reply, { verb: 'start_form' }) : undefined
    if (view) return later(client.views.open({ trigger_id, view }))
    later(respond({ response_type: 'ephemeral', ...renderMessage(cardOf(reply)) }))
  })

  bolt.shortcut({}, async ({ ack, body, client, respond, context }) => {
    const read = Shortcut.safeParse(body)
    if (!read.success) return await ack()
    const { message, channel, trigger_id } = read.data
    const caller = callerOf(context, read.data.user.id)
    const work = guarded(app, async () => {
      if (!message || !channel) return press(app, await whos.visitor(client, caller), { verb: 'start_form' }, {})
      const { at, words } = await wholeThread(client, caller, channel.id, message)
      const visitor = await whos.visitor(client, caller, at)
      return start(app, visitor, heardText(words).trim(), `${caller.team}/${channel.id}/${message.ts}`)
    })
    const reply = await byDeadline(work, deadlineMs)
    await ack()
    if (!reply) return later(client.views.open({ trigger_id, view: notice(said.notConfirmed) }))
    const view = modalOf(reply, { verb: 'start_form' })
    if (view) return later(client.views.open({ trigger_id, view }))
    if (!read.data.response_url) return
    later(respond({ response_type: 'ephemeral', replace_original: false, ...renderMessage(cardOf(reply)) }))
  })

  bolt.event('app_home_opened', async ({ event, client, context }) => {
    const read = HomeOpened.safeParse(event)
    if (!read.success || read.data.tab !== 'home') return
    const caller = callerOf(context, read.data.user)
    later(desk.drawHome(client, caller))
  })

  bolt.event('user_change', async ({ event }) => {
    const read = UserChanged.safeParse(event)
    if (read.success) whos.forget(read.data.user.id)
  })
}

/** How long an answer may take before it says that it is coming. */
const patienceMs = 500

/** The status below the conversation; Slack takes it away with the next message of the bot. */
async function showWorking(client: webApi.WebClient, channel_id: string, thread_ts: string): Promise<void> {
  await client.assistant.threads.setStatus({ channel_id, thread_ts, status: said.working })
}

/** Plain messages, also with a file or also sent to the channel; not edits, joins and other notes of Slack's own. */
function isTyped(subtype: string | undefined): boolean {
  return subtype === undefined || subtype === 'file_share' || subtype === 'thread_broadcast'
}

function mentions(text: string, bot: string | undefined): boolean {
  return bot !== undefined && text.includes(`<@${bot}`)
}

/**
 * A message with the thread below it as first words, and the place the interview takes: that thread where the bot is a
 * member of the channel, else direct messages.
 */
async function wholeThread(
  client: webApi.WebClient,
  { team, user }: Caller,
  channel: string,
  { ts, thread_ts = ts, text }: { ts: string; thread_ts?: string | undefined; text: string },
): Promise<{ at: string; words: string }> {
  const read = await client.conversations.replies({ channel, ts: thread_ts, limit: 50 }).catch(() => undefined)
  if (!read?.ok) return { at: `${team}/${user}`, words: text }
  const lines = (read.messages ?? []).filter(({ bot_id }) => !bot_id).map((one) => one.text ?? '')
  return { at: `${team}/${channel}/${thread_ts}`, words: lines.join('\n') || text }
}
