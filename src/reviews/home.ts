// What a person comes home to: what waits for them, what they asked, what was decided; for leads the whole workspace.
import type { Card } from '../conversation/card.ts'
import { closedCard, elsewhereCard, fewLeadsCard } from '../conversation/home-card.ts'
import { holders, holds } from '../domain/workspace.ts'
import type { App, Visitor } from './app.ts'
import { readWorkspace } from './command.ts'
import { mine, overallStatus } from './status.ts'
import { settingsVerbs } from './verbs/settings.ts'

/** The cards of someone's home, in the order they are read. */
export async function homeCards(app: App, visitor: Visitor): Promise<Card[]> {
  const own = await mine(app, visitor)
  if (own.kind !== 'card') return [closedCard('text' in own ? own.text : '')]
  const workspace = await readWorkspace(app, visitor.workspace)
  const leads = holders(workspace, 'security_lead').length
  const lead = holds(workspace, visitor.person, 'security_lead')
  const welcome = leads === 0 || (leads === 1 && lead) ? [fewLeadsCard(leads)] : []
  if (!holds(workspace, visitor.person, 'security_lead', 'executive', 'auditor'))
    return [...welcome, own.card, elsewhereCard()]
  const rest = await Promise.all([
    overallStatus(app, visitor, { besides: visitor.person }),
    settingsVerbs.settings(app, visitor),
  ])
  return [...welcome, own.card, ...rest.flatMap((reply) => (reply.kind === 'card' ? [reply.card] : []))]
}
