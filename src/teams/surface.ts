// Teams as a surface: messages out.
import type { Card } from '../conversation/card.ts'
import { Press } from '../conversation/press.ts'
import { Gone, type Posting, type Surface, TryLater, Unreachable } from '../delivery/surface.ts'
import type { App } from '../reviews/app.ts'
import {
  giveUpTeamsPlace,
  noteTeamsPlace,
  openForms,
  teamsAccountsOf,
  teamsPlaceOf,
  teamsServiceOf,
} from '../store/teams.ts'
import type { Connector, Conversation } from './adapter.ts'
import { sendBudget } from './budget.ts'
import { changing, creating, showsWithinMs } from './failures.ts'
import type { Budget } from './limits.ts'
import { messageOf, pictureMessage } from './messages.ts'
import type { DrawPictures } from './pictures.ts'
import { isSharedAddress } from './place.ts'

interface Ref {
  address: string
  id: string
  /** Messages with the pictures that found no room in the card. */
  pictures?: string[]
}

/**
 * Teams' half of the port. An address is one of `place.ts`.
 * @param pictures draws the pictures of a card
 * @param budgets how much a conversation takes
 */
export function teamsSurface(
  app: App,
  connector: Connector,
  pictures: DrawPictures,
  budgets: readonly Budget[],
): Surface {
  const { database } = app.store
  const roomFor = sendBudget(budgets)
  const giveUp = (address: string) => () => giveUpTeamsPlace(database, address)

  /** @throws Unreachable for someone who has not added the bot, or removed it */
  const reach = async (address: string): Promise<Conversation> => {
    const known = await teamsPlaceOf(database, address)
    if (known?.dead) throw new Unreachable('the bot was removed there')
    if (known?.conversation) return { serviceUrl: known.serviceUrl, conversation: known.conversation }
    const [tenant = '', objectId = ''] = address.split('/')
    const serviceUrl = known?.serviceUrl ?? (await teamsServiceOf(database, tenant))
    if (!serviceUrl || isSharedAddress(address)) throw new Unreachable('nobody was met there')
    const asked = () => connector.open(serviceUrl, tenant, known?.account ?? objectId)
    // Opened twice, a chat is the same one.
    const conversation = await changing(asked, giveUp(address)).catch((error: unknown) => {
      throw error instanceof Gone ? new Unreachable('there is no such person', { cause: error }) : error
    })
    await noteTeamsPlace(database, { address, serviceUrl, conversation, account: known?.account ?? null })
    return { serviceUrl, conversation }
  }
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
  return {
    name: 'teams',
    slowPictures: true,
    async post(workspace, address, posting) {
      const to = await reach(address)
      const { activity, apart } = await drawn(workspace, address, posting)
      const pictured: string[] = []
      for (const one of apart) {
        const message = pictureMessage(one)
        if (message) pictured.push(await create(address, to, message))
      }
      const id = await create(address, to, activity)
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
      await change(address, to, () => connector.update(to, id, activity))
    },
    async remove(_, ref) {
      const { address, id, pictures: apart = [] } = ref as Ref
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
      if (left > 0) throw new TryLater(left / 1000)
      return undefined
    },
    async beingFilledIn(ref) {
      const { address, id } = ref as Ref
      if (isSharedAddress(address)) return undefined
      const [form] = await openForms(database, { address, message: id })
      return Press.safeParse(form?.submit).data
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
