// Teams as a surface: messages out.
import type { Activity, ResourceResponse, TurnContext } from 'botbuilder'
import type { Surface } from '../delivery/surface.ts'
import { renderCard } from './cards.ts'

/** Runs a turn in the conversation behind an address: one stored by `addressOf` in bot.ts, or a person's `tenant/account`. */
export type Continue = (address: string, turn: (context: TurnContext) => Promise<void>) => Promise<void>

interface Ref {
  address: string
  id: string
}

export function teamsSurface(resume: Continue): Surface {
  const inTurn = async <T>(address: string, act: (context: TurnContext) => Promise<T>): Promise<T> => {
    let result: { value: T } | undefined
    await resume(address, async (context) => {
      result = { value: await act(context) }
    })
    if (!result) throw new Error('the turn did not run')
    return result.value
  }
  // The card goes alone: with text beside it Teams splits the activity and its id does not come back.
  const message = (card: Parameters<typeof renderCard>[0]): Partial<Activity> => ({
    type: 'message',
    summary: card.summary,
    attachments: [renderCard(card)],
  })
  return {
    name: 'teams',
    async post(_, address, __, card) {
      const sent = await inTurn(address, (context) => context.sendActivity(message(card)) as Promise<ResourceResponse>)
      return { address, id: sent.id }
    },
    async update(_, ref, card) {
      const { address, id } = ref as Ref
      await inTurn(address, (context) => context.updateActivity({ ...message(card), id }))
    },
    async remove(_, ref) {
      const { address, id } = ref as Ref
      await inTurn(address, (context) => context.deleteActivity(id))
    },
  }
}
