// Teams as a surface: messages out.
import type { Card } from '../conversation/card.ts'
import { Press } from '../conversation/press.ts'
import { BeingFilledIn, Gone, type Posting, type Surface, Uncertain } from '../delivery/surface.ts'
import type { App } from '../reviews/app.ts'
import { giveUpTeamsPlace, openForms, teamsAccountsOf } from '../store/teams.ts'
import type { Conversation } from './adapter.ts'
import type { RoomFor } from './budget.ts'
import type { Desk } from './desk.ts'
import { changing, creating, showsWithinMs } from './failures.ts'
import { messageOf, pictureMessage } from './messages.ts'
import { isSharedAddress } from './place.ts'

interface Ref {
  address: string
  id: string
  /** Messages with the pictures that found no room in the card. */
  pictures?: string[]
}

/** Teams' half of the port. An address is one of `place.ts`. */
export function teamsSurface(app: App, { connector, pictures, reach }: Desk, roomFor: RoomFor): Surface {
  const { database } = app.store
  const giveUp = (address: string) => () => giveUpTeamsPlace(database, address)

  const drawn = async (workspace: string, address: string, { key, card, actors }: Posting) => {
    const shared = isSharedAddress(address)
    // A card on which nothing can be done says the same to everyone.
    const viewers = canBeActedOn(card) ? await teamsAccountsOf(database, workspace, actors) : []
    const drawnPictures = shared ? () => undefined : await pictures(workspace, card)
    return messageOf(card, { key, viewers, shared, pictures: drawnPictures })
  }
  const create = async (address: string, to: Conversation, activity: object): Promise<string> => {
    await roomFor(to.conversation)
    return await creating(() => connector.send(to, activity), giveUp(address))
  }
  const change = async (address: string, to: Conversation, call: () => Promise<void>): Promise<void> => {
    await roomFor(to.conversation)
    await changing(call, giveUp(address))
  }
  /** What the form sends that is open in a message's place; where others look on, everyone has a view of their own. */
  const formOn = async (address: string, message: string): Promise<Press | undefined> => {
    if (isSharedAddress(address)) return undefined
    const [form] = await openForms(database, { address, message })
    return Press.safeParse(form?.submit).data
  }
  return {
    name: 'teams',
    slowPictures: true,
    async post(workspace, address, posting) {
      const to = await reach(address)
      const { activity, apart } = await drawn(workspace, address, posting)
      const pictured: string[] = []
      const takenBack = async (error: unknown): Promise<never> => {
        // The whole is posted again: what stands of it would stand twice.
        for (const id of pictured) await connector.remove(to, id).catch(() => {})
        throw error
      }
      for (const one of apart) {
        const message = pictureMessage(one)
        if (message) pictured.push(await create(address, to, message).catch(takenBack))
      }
      const id = await create(address, to, activity).catch(takenBack)
      return { address, id, ...(pictured.length > 0 ? { pictures: pictured } : {}) } satisfies Ref
    },
    async update(workspace, ref, posting) {
      const { address, id, pictures: before = [] } = ref as Ref
      const to = await reach(address)
      const { activity, apart } = await drawn(workspace, address, posting)
      for (const [at, picture] of before.entries()) {
        const message = apart[at] && pictureMessage(apart[at])
        if (message) await change(address, to, () => connector.update(to, picture, message))
      }
      await roomFor(to.conversation)
      // Asked as late as can be: pictures take a moment to draw, and forms are opened meanwhile.
      const form = await formOn(address, id)
      if (form && posting.applies(form)) throw new BeingFilledIn('a form is open there')
      await changing(() => connector.update(to, id, activity), giveUp(address))
    },
    async remove(_, ref) {
      const { address, id, pictures: apart = [] } = ref as Ref
      if (await formOn(address, id)) throw new BeingFilledIn('a form is open there')
      const to = await reach(address)
      for (const one of [id, ...apart]) {
        await change(address, to, () => connector.remove(to, one)).catch((error: unknown) => {
          if (!(error instanceof Gone)) throw error
        })
      }
    },
    /** A bot cannot list messages in Teams. One that was posted tells when it is shown, and its reference is kept then. */
    async find(_, __, ___, since) {
      const left = Date.parse(since) + showsWithinMs - Date.now()
      if (left > 0) throw new Uncertain(left / 1000)
      return undefined
    },
  }
}

function canBeActedOn({ blocks }: Card): boolean {
  return blocks.some(
    (block) =>
      block.kind === 'input' ||
      (block.kind === 'actions' && block.actions.length > 0) ||
      (block.kind === 'items' && block.items.some(({ action }) => action)),
  )
}
