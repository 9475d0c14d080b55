// People in the fake Teams: what they write, press and install reaches the bot as Teams would send it.
import { html, messagePayload } from './activities.ts'
import { taskProblems } from './check-message.ts'
import type { Client } from './client.ts'
import type { Deliver } from './deliver.ts'
import { messageSeen, presser } from './pressing.ts'
import type { Answered, FakeChat, FakeMessage, Json, Pressed, Seen, Values } from './wire.ts'
import { bot, chatNamed, personOf, type World } from './world.ts'

/** Conversations are named by id, or “personal”; messages by id or as they were read. */
export interface TeamsPerson {
  /** Writes. In group chats and channels the bot hears only what mentions it; `retry` delivers the same so many times more. */
  say(
    chat: string,
    text: string,
    more?: { id?: string; mention?: boolean; thread?: string; retry?: number },
  ): Promise<Answered & { id: string }>
  /** Presses a button by its title or tooltip, on the message as this person sees it now. */
  click(message: FakeMessage | string, label: string | RegExp, values?: Values): Promise<Pressed>
  /** Presses it in an older client, which knows only the button's fallback. */
  submit(message: FakeMessage | string, label: string | RegExp, values?: Values): Promise<Pressed>
  install(): Promise<Answered>
  uninstall(): Promise<Answered>
  /** Adds the app to the team of a channel, or to a group chat. */
  installTeam(chat: string): Promise<Answered>
  uninstallTeam(chat: string): Promise<Answered>
  /** Uses an action of the app on a message, and gives the raw answer. */
  messageExtension(commandId: string, message: FakeMessage | string): Promise<Answered>
  /** Opens a conversation and keeps it before their eyes. */
  look(chat: string): Promise<void>
  reload(): Promise<void>
  /** What they see of a conversation, oldest first. */
  sees(chat: string): Seen[]
  /** What their client said in passing after the last press. */
  notice(): string
}

/** How Teams writes that the bot is mentioned. */
const at = `<at>${bot.name}</at>`

export function teamsPerson(world: World, client: Client, deliver: Deliver, handle: string): TeamsPerson {
  const person = personOf(world, handle)
  const named = (name: string): FakeChat => {
    const chat = chatNamed(world, name, handle)
    if (!chat.members.has(handle)) throw new Error(`${handle} does not see ${name}`)
    return chat
  }
  const installation = async (chat: FakeChat, action: 'add' | 'remove'): Promise<Answered> => {
    client.acts(handle, chat.id)
    for (const one of world.chats.values()) {
      if (one === chat || (chat.team && one.team === chat.team)) one.botIn = action === 'add'
    }
    const [changed, eventType] =
      action === 'add' ? ['membersAdded', 'teamMemberAdded'] : ['membersRemoved', 'teamMemberRemoved']
    const place = { chat: chat.id }
    const members = client.activity(handle, place, { type: 'conversationUpdate', [changed]: [{ id: bot.id }] })
    if (chat.kind === 'channel') members.channelData = { ...(members.channelData as Json), eventType }
    // Teams tells of it twice, in no order; of a personal chat that ends only once.
    const told = client.activity(handle, place, { type: 'installationUpdate', action })
    const once = chat.kind === 'personal' && action === 'remove'
    const answers = await Promise.all([told, ...(once ? [] : [members])].map((one) => deliver(one)))
    return answers[0] as Answered
  }

  return {
    async say(name, text, { id = world.id(), mention = false, thread, retry = 0 } = {}) {
      const chat = named(name)
      if (chat.kind === 'personal' && !chat.botIn) throw new Error(`${handle} does not have the app`)
      client.acts(handle, chat.id)
      const place = { chat: chat.id, ...(chat.kind === 'channel' ? { thread: thread ?? id } : {}) }
      if (!world.messages.some((one) => one.id === id)) {
        const activity = { type: 'message', text }
        world.messages.push({ id, at: new Date().toISOString(), ...place, from: handle, activity })
      }
      if (!chat.botIn || (chat.kind !== 'personal' && !mention)) return { status: 0, body: undefined, tookMs: 0, id }
      const activity = client.activity(handle, place, {
        ...{ type: 'message', id, text: mention ? `${at} ${text}` : text, textFormat: 'plain' },
        attachments: [{ contentType: 'text/html', content: html(text) }],
      })
      const mentioned = { type: 'mention', mentioned: { id: bot.id, name: bot.name }, text: at }
      if (mention) activity.entities = [mentioned, ...(activity.entities ?? [])]
      const all = await Promise.all(Array.from({ length: 1 + retry }, () => deliver(activity)))
      return { ...(all[0] as Answered), id }
    },
    ...presser(world, client, deliver, handle),
    install: () => installation(named('personal'), 'add'),
    uninstall: () => installation(named('personal'), 'remove'),
    installTeam: (chat) => installation(named(chat), 'add'),
    uninstallTeam: (chat) => installation(named(chat), 'remove'),
    async messageExtension(commandId, given) {
      const message = messageSeen(world, handle, given)
      client.acts(handle, message.chat)
      const value = { commandId, commandContext: 'message', messagePayload: messagePayload(world, message) }
      const about = { type: 'invoke', name: 'composeExtension/fetchTask', value }
      const answered = await deliver(client.activity(handle, message, about))
      const problems = taskProblems(answered)
      if (problems.length > 0) world.refused.push({ where: `invoke ${commandId}`, problems })
      return answered
    },
    look: (chat) => client.look(handle, named(chat).id),
    reload: () => client.reload(handle),
    sees: (chat) => client.seen(handle, named(chat).id),
    notice: () => person.notice,
  }
}
