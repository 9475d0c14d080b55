// How someone or a conversation is reached: the chat that is known, or one opened with a person.
import { Gone, Unreachable } from '../delivery/surface.ts'
import type { Database } from '../store/database.ts'
import { giveUpTeamsPlace, noteTeamsPlace, teamsPlaceOf, teamsServiceOf } from '../store/teams.ts'
import type { Connector, Conversation } from './adapter.ts'
import { changing } from './failures.ts'
import { isSharedAddress } from './place.ts'

/** @throws Unreachable for someone who has not added the bot, or removed it; TryLater */
export type Reach = (address: string) => Promise<Conversation>

export function reaching(database: Database, connector: Connector): Reach {
  return async (address) => {
    const known = await teamsPlaceOf(database, address)
    if (known?.dead) throw new Unreachable('the bot was removed there')
    if (known?.conversation) return { serviceUrl: known.serviceUrl, conversation: known.conversation }
    const [tenant = '', objectId = ''] = address.split('/')
    const serviceUrl = known?.serviceUrl ?? (await teamsServiceOf(database, tenant))
    if (!serviceUrl || isSharedAddress(address)) throw new Unreachable('nobody was met there')
    const asked = () => connector.open(serviceUrl, tenant, known?.account ?? objectId)
    // Opened twice, a chat is the same one.
    const conversation = await changing(asked, () => giveUpTeamsPlace(database, address)).catch((error: unknown) => {
      throw error instanceof Gone ? new Unreachable('there is no such person', { cause: error }) : error
    })
    await noteTeamsPlace(database, { address, serviceUrl, conversation, account: known?.account ?? null })
    return { serviceUrl, conversation }
  }
}
