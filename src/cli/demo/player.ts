// People at their chat windows: they say things and press buttons, and every one of their interactions is counted.
import { v7 as uuid } from 'uuid'
import type { Action, Block, Card, Form, Values } from '../../conversation/card.ts'
import { inputsOf } from '../../conversation/card.ts'
import type { Reply } from '../../conversation/reply.ts'
import type { Delivery } from '../../delivery/sweeper.ts'
import type { App, Visitor } from '../../reviews/app.ts'
import { hear } from '../../reviews/hear.ts'
import { press } from '../../reviews/press.ts'
import { webMessagesOf } from '../../store/web-messages.ts'

export interface Player {
  name: string
  visitor: Visitor
  /** One submit, message or tap that is sent counts as one. */
  interactions: number
  say(words: string): Promise<Reply>
  /** Presses the button that reads so, in the open form or on the newest message that has it. */
  press(label: string, values?: Values): Promise<Reply>
  /** Presses a button that stands on somebody else's card. */
  pressTheirs(action: Action, values: Values): Promise<Reply>
  /** The form in front of the player, if one is open. */
  form: Form | undefined
  /** The player's messages, oldest first. */
  window(): Promise<Card[]>
}

export function playerFor(app: App, delivery: Delivery, name: string, visitor: Visitor): Player {
  const window = async (): Promise<Card[]> => {
    const address = visitor.place.address
    const messages = await webMessagesOf(app.store.database, visitor.workspace, String(address))
    return messages.flatMap(({ card }) => (card ? [card as Card] : []))
  }
  const player: Player = {
    ...{ name, visitor, window },
    interactions: 0,
    form: undefined,
    async say(words) {
      player.interactions += 1
      return await follow(await hear(app, visitor, words, uuid()))
    },
    async pressTheirs(action, values) {
      return await press(app, visitor, action.press, values)
    },
    async press(label, values = {}) {
      player.interactions += 1
      const { blocks, action } = await find(label)
      return await follow(await press(app, visitor, action.press, { ...startingValues(blocks), ...values }))
    },
  }
  const follow = async (reply: Reply): Promise<Reply> => {
    player.form = reply.kind === 'form' ? reply.form : reply.kind === 'done' ? reply.next : player.form
    await delivery.idle()
    return reply
  }
  const find = async (label: string): Promise<{ blocks: Block[]; action: Action }> => {
    const open = player.form ? [{ blocks: player.form.blocks, submit: player.form.submit }] : []
    const cards = [...open, ...(await window()).reverse().map(({ blocks }) => ({ blocks, submit: undefined }))]
    for (const { blocks, submit } of cards) {
      const all = [...actionsIn(blocks), ...(submit ? [submit] : [])]
      const action = all.find((one) => one.label === label || one.accessibleLabel === label)
      if (action) return { blocks, action }
    }
    throw new Error(`${name} sees no button “${label}”`)
  }
  return player
}

function actionsIn(blocks: Block[]): Action[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'actions') return block.actions
    return block.kind === 'items' ? block.items.flatMap(({ action }) => action ?? []) : []
  })
}

/** What an untouched card would send. */
function startingValues(blocks: Block[]): Values {
  const given = inputsOf(blocks).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))
  return Object.fromEntries(given)
}
