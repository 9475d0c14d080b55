// Tells the security leads, once each, that a place cannot be reached any more.
import { unreachableCard } from '../conversation/texts.ts'
import type { Workspace } from '../domain/workspace.ts'
import { holders } from '../domain/workspace.ts'
import type { App } from '../reviews/app.ts'
import { deliveredMessages, noteDelivery } from '../store/deliveries.ts'
import { workspaceStream } from '../store/folded.ts'
import { type Address, hashOf, placeOfPerson, type Surfaces } from './places.ts'
import { Unreachable } from './surface.ts'

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
    const to = told.has(key) ? undefined : await placeOfPerson(app, surfaces, workspace, lead)
    const surface = to && surfaces[to.surface]
    if (!to || !surface) continue
    try {
      const ref = await surface.post(workspace, to.address, key, card)
      await noteDelivery(database, workspace, workspaceStream, { key, ...to, ref, contentHash: hashOf(card) })
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
    }
  }
}
