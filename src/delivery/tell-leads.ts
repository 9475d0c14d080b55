// Tells the security leads, once each, that a place cannot be reached any more.
import { unreachableCard } from '../conversation/texts.ts'
import type { Workspace } from '../domain/workspace.ts'
import { holders } from '../domain/workspace.ts'
import type { App } from '../reviews/app.ts'
import { deliveredMessages, noteDelivery } from '../store/deliveries.ts'
import { workspaceStream } from '../store/folded.ts'
import { type Address, hashOf, placesOfPerson, type Surfaces } from './places.ts'
import { Uncertain, Unreachable } from './surface.ts'

/** @param place the place that refuses messages; who was told of it already is not told again */
export async function tellLeads(
  app: App,
  surfaces: Surfaces,
  workspace: string,
  state: Workspace,
  place: Address,
): Promise<void> {
  const { database } = app.store
  const told = new Set((await deliveredMessages(database, workspace, workspaceStream)).map(({ key }) => key))
  const card = unreachableCard()
  for (const lead of holders(state, 'security_lead')) {
    const key = `unreachable/${place.surface}/${place.address}/${lead}`
    if (told.has(key)) continue
    for (const to of await placesOfPerson(app, surfaces, workspace, lead)) {
      try {
        const posting = { key, card, actors: [lead], applies: () => false }
        const ref = await surfaces[to.surface]?.post(workspace, to.address, posting).catch((error: unknown) => {
          // Once at most: what may have arrived is not said again.
          if (error instanceof Uncertain) return null
          throw error
        })
        await noteDelivery(database, workspace, workspaceStream, { key, ...to, ref, contentHash: hashOf(card) })
        break
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
      }
    }
  }
}
