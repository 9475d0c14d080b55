// People in the fake Slack: what they write, call and open reaches the bot as Slack would send it.
import { checkMessage, wireMessage } from './chat-methods.ts'
import { clicker } from './clicking.ts'
import type { Outlet } from './deliver.ts'
import { showAnswer } from './response-urls.ts'
import { wireView } from './view-methods.ts'
import type { Answered, FakeMessage, Filled, Json } from './wire.ts'
import { Refusal } from './wire.ts'
import { appId, bot, enterprise, makeResponseUrl, makeTrigger, team, type World } from './world.ts'

export interface SlackPerson {
  /** Writes, in the wire's escapes, to a channel or with “DM” to the bot; a mention of the bot is heard twice, as in Slack. */
  say(
    channel: string,
    text: string,
    more?: { thread_ts?: string; ts?: string; event_id?: string; retry?: number },
  ): Promise<Answered & { ts: string }>
  /** Calls `/countersign` with this text, or another command when the text starts with a slash. */
  slash(text: string, channel?: string): Promise<Answered>
  /** Clicks a button by its text or accessible label, on the message as it was when it was read. */
  clickMessage(message: FakeMessage, label: string | RegExp, values?: Filled): Promise<Answered>
  /** Clicks a button in the modal on top, or without a modal on the home tab. */
  clickView(label: string | RegExp, values?: Filled): Promise<Answered>
  /** Changes an input that tells the bot at once; what was filled in stays. */
  choose(name: string, value: Filled[string], values?: Filled): Promise<Answered>
  /** Fills in inputs of the modal on top without sending. */
  fill(values: Filled): void
  submit(values?: Filled): Promise<Answered>
  closeView(): Promise<void>
  shortcut(callbackId: string, message?: FakeMessage): Promise<Answered>
  openHome(): Promise<Answered>
  openMessagesTab(): Promise<Answered>
}

const nothing: Answered = { status: 0, body: undefined, tookMs: 0 }

export function personOf(world: World, deliver: Outlet, user: string): SlackPerson {
  const who = world.users.get(user)
  if (!who) throw new Error(`no user ${user}; add them first`)
  const here = (channel: string): string => (channel === 'DM' ? `D${user}` : channel)

  const openTab = (tab: 'home' | 'messages'): Promise<Answered> => {
    const home = tab === 'home' ? world.homes.get(user) : undefined
    const view = home ? { view: wireView(home) } : {}
    return sendEvent(world, deliver, { type: 'app_home_opened', user, channel: `D${user}`, tab, ...view })
  }

  return {
    async say(given, text, { thread_ts, ts = world.ts(), event_id, retry } = {}) {
      const channel = here(given)
      const place = world.channels.get(channel)
      if (!place && channel !== `D${user}`) throw new Error(`${user} does not see ${channel}`)
      const thread = thread_ts ? { thread_ts } : {}
      const known = world.messages.some((one) => one.ts === ts && one.channel === channel)
      if (!known) world.messages.push({ channel, ts, ...thread, user, text, blocks: [] })
      // The bot hears nothing where it is not.
      if (place && !place.botIsMember) return { ...nothing, ts }
      const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }]
      const common = {
        user,
        text,
        ts,
        ...thread,
        client_msg_id: `${user}-${ts}`,
        team: who.team_id,
        // Only said of people of another workspace.
        ...(who.team_id === team ? {} : { user_team: who.team_id, source_team: who.team_id }),
        blocks: [{ type: 'rich_text', block_id: 'r', elements }],
        channel,
      }
      const channel_type = place ? (place.private ? 'group' : 'channel') : 'im'
      const parent = thread_ts ? { parent_user_id: world.messages.find((one) => one.ts === thread_ts)?.user } : {}
      const sent = [sendEvent(world, deliver, { type: 'message', ...common, ...parent, channel_type }, event_id, retry)]
      if (place && text.includes(`<@${bot.userId}>`)) {
        const id = event_id && `${event_id}M`
        sent.push(sendEvent(world, deliver, { type: 'app_mention', ...common }, id, retry))
      }
      return { ...((await Promise.all(sent)).at(-1) as Answered), ts }
    },
    async slash(given, at = 'DM') {
      const channel = here(at)
      const [, command = '/countersign', text = ''] = /^(?:(\/\S+) ?)?(.*)$/s.exec(given) ?? []
      const name = channel.startsWith('D') ? 'directmessage' : channel.toLowerCase()
      const answered = await deliver('slash_commands', {
        token: 'verification',
        team_id: team,
        team_domain: 'fake',
        channel_id: channel,
        channel_name: name,
        user_id: user,
        user_name: who.name,
        command,
        text,
        api_app_id: appId,
        is_enterprise_install: 'false',
        response_url: makeResponseUrl(world, { user, channel }),
        trigger_id: makeTrigger(world, user),
      })
      showAck(world, user, channel, answered)
      return answered
    },
    shortcut(callback_id, message) {
      const base = {
        ...interaction(world, user),
        callback_id,
        action_ts: world.ts(),
        trigger_id: makeTrigger(world, user),
      }
      if (!message) return deliver('interactive', { ...base, type: 'shortcut' })
      const { channel } = message
      return deliver('interactive', {
        ...base,
        type: 'message_action',
        channel: wireChannel(channel),
        message: wireMessage(message, true),
        message_ts: message.ts,
        response_url: makeResponseUrl(world, { user, channel, original: message }),
      })
    },
    openHome: () => openTab('home'),
    openMessagesTab: () => openTab('messages'),
    ...clicker(world, deliver, user),
  }
}

/** Sends an event in its envelope. */
export function sendEvent(world: World, deliver: Outlet, event: Json, event_id?: string, retry?: number) {
  const payload = {
    token: 'verification',
    team_id: team,
    context_team_id: team,
    context_enterprise_id: null,
    api_app_id: appId,
    event: { event_ts: (event.ts as string | undefined) ?? world.ts(), ...event },
    type: 'event_callback',
    event_id: event_id ?? world.id('Ev'),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team, user_id: bot.userId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: world.id('4-'),
  }
  return deliver('events_api', payload, retry)
}

/** What every interaction carries. */
export function interaction(world: World, user: string): Json {
  const { name, team_id } = world.users.get(user) ?? { name: user, team_id: team }
  return {
    token: 'verification',
    api_app_id: appId,
    team: { id: team, domain: 'fake' },
    user: { id: user, username: name, name, team_id },
    ...enterprise,
  }
}

export function wireChannel(id: string): { id: string; name: string } {
  return { id, name: id.startsWith('D') ? 'directmessage' : id.toLowerCase() }
}

/** A command's ack may be a message at once. */
function showAck(world: World, user: string, channel: string, { status, body }: Answered): void {
  const isEmpty = !body || (typeof body === 'object' && Object.keys(body).length === 0)
  if (status !== 200 || isEmpty) return
  const message = typeof body === 'string' ? { text: body } : (body as Json)
  try {
    checkMessage(world, message)
    showAnswer(world, { user, channel }, message)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    world.refused.push({ method: 'ack slash_commands', problems: error.problems })
  }
}
