// The bot added somewhere, or removed: who installs it first leads security, and messages that waited are sent.
import { actions } from '../conversation/card.ts'
import { fewLeadsCard } from '../conversation/home-card.ts'
import { helpCard, said } from '../conversation/texts.ts'
import { holders } from '../domain/workspace.ts'
import { readWorkspace } from '../reviews/command.ts'
import { becomeFirstLead } from '../reviews/found-workspace.ts'
import { redeliverAll } from '../store/deliveries.ts'
import { giveUpTeamsPlace, noteTeamsPlace } from '../store/teams.ts'
import { renderCard } from './cards.ts'
import type { Desk } from './desk.ts'
import { activityOf, wordsMessage } from './messages.ts'
import { addressOf, isShared } from './place.ts'
import type { Caller } from './who.ts'

/**
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events#installation-update-event
 * @param anew false for an app that got a new version: who has it was welcomed before
 */
export async function added(desk: Desk, caller: Caller, anew: boolean): Promise<void> {
  const { app, whos, later, send } = desk
  const { at, place, account } = caller
  const visitor = await whos.visitor(caller)
  const address = visitor.place.address as string
  if (visitor.standing !== 'member') return
  const where = { address, ...at, account: isShared(place) ? null : account }
  const waited = await noteTeamsPlace(app.store.database, where)
  if (isShared(place)) return anew ? later(send(at, wordsMessage(said.mentionMe))) : undefined
  await becomeFirstLead(app, visitor.workspace, visitor.person)
  // Who could not be reached before has messages waiting.
  if (waited) await redeliverAll(app.store.database, visitor.workspace)
  if (anew) later(welcome(desk, caller, visitor.workspace, visitor.person))
}

async function welcome({ app, send }: Desk, { at }: Caller, workspace: string, person: string): Promise<void> {
  const help = helpCard()
  await send(at, activityOf(renderCard(help, { ground: { base: { verb: 'help' } } }), help.summary))
  const leads = holders(await readWorkspace(app, workspace), 'security_lead')
  if (leads.length !== 1 || leads[0] !== person) return
  const few = fewLeadsCard(1)
  const card = { ...few, blocks: [...few.blocks, actions({ label: 'Settings', press: { verb: 'settings' } })] }
  await send(at, activityOf(renderCard(card, {}), card.summary))
}

/** Nothing is sent there until the bot is added again. */
export async function removed({ app, served }: Desk, { objectId = '', place }: Caller): Promise<void> {
  await giveUpTeamsPlace(app.store.database, addressOf(served.tenant, objectId, place))
}
