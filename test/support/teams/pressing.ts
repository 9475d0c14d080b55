// Presses: a person finds a button on what they see, fills in the inputs beside it, and the client sends both.
import { buttonsOf, readsAs } from './card-pieces.ts'
import type { Client } from './client.ts'
import type { Deliver } from './deliver.ts'
import { fillIn } from './inputs.ts'
import type { TeamsPerson } from './people.ts'
import type { Answered, Card, FakeMessage, Json, Pressed, Values } from './wire.ts'
import { seenBy, standing, type World } from './world.ts'

type Inputs = Record<string, string>

export function presser(
  world: World,
  client: Client,
  deliver: Deliver,
  handle: string,
): Pick<TeamsPerson, 'click' | 'submit'> {
  const press = async (
    given: FakeMessage | string,
    label: string | RegExp,
    values: Values,
    send: (message: FakeMessage, button: Card, inputs: Inputs) => Promise<Answered>,
  ): Promise<Pressed> => {
    const message = messageSeen(world, handle, given)
    const { card } = seenBy(world, handle, message)
    const button = card && buttonsOf(card).find((one) => readsAs(one, label))
    if (!card || !button) throw new Error(`${handle} sees no button ${label} on ${JSON.stringify(card)}`)
    if (button.isEnabled === false) throw new Error(`the button ${label} is greyed out`)
    client.acts(handle, message.chat)
    const { inputs, blocked } = button.associatedInputs === 'none' ? { inputs: {}, blocked: [] } : fillIn(card, values)
    if (blocked.length > 0) return { status: 0, body: undefined, tookMs: 0, blocked }
    return await send(message, button, inputs)
  }
  const asMessage = (message: FakeMessage, data: unknown, inputs: Inputs): Promise<Answered> => {
    const value = { ...(data as Json), ...inputs }
    return deliver(client.activity(handle, message, { type: 'message', replyToId: message.id, value }))
  }
  return {
    click: (given, label, values = {}) =>
      press(given, label, values, (message, button, inputs) => {
        const { type, data } = button
        if (type !== 'Action.Execute') return asMessage(message, data, inputs)
        return client.execute(handle, message, button, { ...(data as Json), ...inputs })
      }),
    submit: (given, label, values = {}) =>
      press(given, label, values, (message, { fallback }, inputs) => {
        const older = fallback as Card | undefined
        if (older?.type !== 'Action.Submit') throw new Error(`an older client does not show ${label}`)
        return asMessage(message, older.data, inputs)
      }),
  }
}

/** A message that stands where this person is, as it is now. */
export function messageSeen(world: World, handle: string, given: FakeMessage | string): FakeMessage {
  const id = typeof given === 'string' ? given : given.id
  const chats = [...world.chats.values()].filter(({ members }) => members.has(handle))
  const message = chats.flatMap((chat) => standing(world, chat.id)).find((one) => one.id === id)
  if (!message) throw new Error(`${handle} sees no message ${id}`)
  return message
}
