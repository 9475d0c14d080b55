// What Teams clients do with cards: they send a press or a refresh to the bot, and show its answer to that person only.

import { activityFrom } from './activities.ts'
import { readInvokeAnswer } from './check-message.ts'
import type { Deliver } from './deliver.ts'
import type { Activity, Answered, Card, FakeMessage, FakePerson, Json, Seen } from './wire.ts'
import { baseCard, personOf, seenBy, standing, viewKey, type World } from './world.ts'

export interface Client {
  /** What a person sees of a conversation, oldest first. */
  seen(handle: string, chat: string): Seen[]
  /** A message was posted or edited before the eyes of whoever looks. */
  shown(message: FakeMessage): void
  /** Whoever does something in a conversation has it before their eyes, and their own. */
  acts(handle: string, chat: string): void
  /** Opens a conversation. */
  look(handle: string, chat: string): Promise<void>
  /** The client starts anew: what was shown to this person only is gone. */
  reload(handle: string): Promise<void>
  /** Presses an Action.Execute. */
  execute(handle: string, message: FakeMessage, action: Card, data: Json): Promise<Answered>
  /** Fills in what every activity of this person says. */
  activity(handle: string, place: Pick<FakeMessage, 'chat' | 'thread'>, more: Json & { type: string }): Activity
}

/** Up to so many members, a refresh without `userIds` is for everyone. */
const everyone = 60

export function clientOf(world: World, serviceUrl: string, deliver: Deliver): Client {
  const activity: Client['activity'] = (handle, { chat: id, thread }, more) => {
    const chat = world.chats.get(id)
    if (!chat) throw new Error(`there is no conversation ${id}`)
    return { ...activityFrom(world, serviceUrl, personOf(world, handle), { chat, thread }), ...more }
  }

  const invoke = async (person: FakePerson, message: FakeMessage, trigger: string, { action, data }: Sent) => {
    const { type, id, title, verb } = action
    const value = { action: { type, ...(id ? { id } : {}), ...(title ? { title } : {}), verb, data }, trigger }
    const about = { type: 'invoke', name: 'adaptiveCard/action', replyToId: message.id, value }
    const answered = await deliver(activity(person.handle, message, about))
    const answer = readInvokeAnswer(answered)
    if ('problems' in answer) {
      world.refused.push({ where: `invoke ${verb}, ${trigger}`, problems: answer.problems })
      if (trigger === 'manual') person.notice = 'Unable to reach app. Please try again.'
    } else if (answer.card && !message.deleted) world.views.set(viewKey(message.id, person.handle), answer.card)
    if ('message' in answer && trigger === 'manual') person.notice = answer.message ?? ''
    return answered
  }

  /** Whether a client asks for a fresh card when this person sees the message. */
  const wantsRefresh = ({ handle, mri }: FakePerson, message: FakeMessage): Card | undefined => {
    const { action, userIds } = (baseCard(message)?.refresh ?? {}) as { action?: Card; userIds?: string[] }
    const { members } = world.chats.get(message.chat) ?? { members: new Set<string>() }
    const meant = userIds ? userIds.includes(mri) : members.size <= everyone
    const asked = world.refreshed.has(viewKey(message.id, handle))
    return world.refreshes && members.has(handle) && meant && !asked ? action : undefined
  }

  const refresh = async (person: FakePerson, messages: FakeMessage[]): Promise<void> => {
    const asking = messages.map(async (message) => {
      const action = wantsRefresh(person, message)
      if (!action) return
      world.refreshed.add(viewKey(message.id, person.handle))
      await invoke(person, message, 'automatic', { action, data: (action.data ?? {}) as Json })
    })
    await Promise.all(asking)
  }

  return {
    activity,
    seen(handle, chat) {
      if (!world.chats.get(chat)?.members.has(handle)) return []
      return standing(world, chat).map((message) => seenBy(world, handle, message))
    },
    shown(message) {
      for (const person of world.people.values())
        if (person.looking.has(message.chat)) void world.track(refresh(person, [message]))
    },
    acts(handle, chat) {
      const person = personOf(world, handle)
      person.notice = ''
      person.looking.add(`a:${handle}`).add(chat)
    },
    async look(handle, chat) {
      const person = personOf(world, handle)
      person.looking.add(chat)
      await refresh(person, standing(world, chat))
    },
    async reload(handle) {
      const person = personOf(world, handle)
      for (const { id } of world.messages) {
        world.views.delete(viewKey(id, handle))
        world.refreshed.delete(viewKey(id, handle))
      }
      await Promise.all([...person.looking].map((chat) => refresh(person, standing(world, chat))))
    },
    execute: (handle, message, action, data) => invoke(personOf(world, handle), message, 'manual', { action, data }),
  }
}

interface Sent {
  action: Card
  data: Json
}
