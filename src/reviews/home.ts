// What a person comes home to: what waits for them, what they asked, what was decided; for leads the whole workspace.
import { actions, type Card, text } from '../conversation/card.ts'
import { helpCard } from '../conversation/texts.ts'
import { holders, holds } from '../domain/workspace.ts'
import type { App, Visitor } from './app.ts'
import { readWorkspace } from './command.ts'
import { mine, overallStatus } from './status.ts'
import { settingsVerbs } from './verbs/settings.ts'

/** The cards of someone's home, in the order they are read. */
export async function homeCards(app: App, visitor: Visitor): Promise<Card[]> {
  const own = await mine(app, visitor)
  if (own.kind !== 'card') return [{ ...helpCard(), blocks: [text('text' in own ? own.text : '', 'warning')] }]
  const workspace = await readWorkspace(app, visitor.workspace)
  const leads = holders(workspace, 'security_lead').length
  const lead = holds(workspace, visitor.person, 'security_lead')
  const welcome = leads === 0 || (leads === 1 && lead) ? [fewLeads(leads)] : []
  if (!holds(workspace, visitor.person, 'security_lead', 'executive', 'auditor'))
    return [...welcome, own.card, elsewhere()]
  const rest = await Promise.all([
    overallStatus(app, visitor, { besides: visitor.person }),
    settingsVerbs.settings(app, visitor),
  ])
  return [...welcome, own.card, ...rest.flatMap((reply) => (reply.kind === 'card' ? [reply.card] : []))]
}

function fewLeads(leads: number): Card {
  const words =
    leads === 0
      ? 'Nobody here is a security lead yet. An administrator of this workspace becomes the first by opening this page.'
      : 'You are the only security lead, and nobody signs their own proposal. Please name a second one under Roles.'
  return { title: '', summary: words, blocks: [text(words, 'warning')] }
}

function elsewhere(): Card {
  return {
    title: '',
    summary: 'Status and settings',
    blocks: [
      actions(
        { label: 'Status', accessibleLabel: 'Status of what concerns me', press: { verb: 'status' } },
        { label: 'Settings', press: { verb: 'settings' } },
      ),
    ],
  }
}
