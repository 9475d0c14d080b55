// Where things stand, for those who may see it.

import { words } from '../conversation/people.ts'
import { refusalText } from '../conversation/refusals.ts'
import type { Reply } from '../conversation/reply.ts'
import { mineCard, statusCard } from '../conversation/status-card.ts'
import { outsider, worksOn } from '../domain/authority.ts'
import { holds } from '../domain/workspace.ts'
import { readStatus, type Scope } from '../store/status.ts'
import { type App, actingNow, type Visitor } from './app.ts'
import { readReview, readWorkspace } from './command.ts'

/**
 * The status of everything, for security leads, executives and auditors; for others, of what concerns them.
 * @param options `besides` names a person whose own work stands right beside it and is not repeated
 */
export async function overallStatus(app: App, visitor: Visitor, { besides = '' } = {}): Promise<Reply> {
  const workspace = await readWorkspace(app, visitor.workspace)
  const outside = outsider(workspace, actingNow(app, visitor))
  if (outside) return { kind: 'refused', text: refusalText(outside, workspace) }
  const all = holds(workspace, visitor.person, 'security_lead', 'executive', 'auditor')
  const scope: Scope = all ? { workspace: visitor.workspace } : { workspace: visitor.workspace, person: visitor.person }
  const facts = await readStatus(app.store.database, scope)
  const own = new Set(
    facts.waiting.filter(({ person }) => person === besides).map(({ threat, review }) => `${review} ${threat}`),
  )
  const waiting = facts.waiting.filter(({ threat, review }) => !own.has(`${review} ${threat}`))
  return {
    kind: 'card',
    card: statusCard(all ? 'Status of everything' : 'Status of what concerns you', facts, workspace, waiting),
  }
}

/** The status of one review, for those who work on it and those who may see everything. */
export async function reviewStatus(app: App, visitor: Visitor, review: string): Promise<Reply> {
  const found = await readReview(app, visitor.workspace, review)
  const acting = actingNow(app, visitor)
  const workspace = found?.workspace ?? (await readWorkspace(app, visitor.workspace))
  const outside = outsider(workspace, acting)
  if (outside) return { kind: 'refused', text: refusalText(outside, workspace) }
  if (!found) return { kind: 'refused', text: refusalText({ code: 'no_such_thing' }, workspace) }
  const may = worksOn(found.review, workspace, acting) || holds(workspace, acting.person, 'executive', 'auditor')
  if (!may) {
    const refusal = { code: 'not_working_on_it', requester: found.review.requester } as const
    return { kind: 'refused', text: refusalText(refusal, workspace) }
  }
  const facts = await readStatus(app.store.database, { workspace: visitor.workspace, review })
  return { kind: 'card', card: statusCard(`Status of ${words(found.review.feature.name)}`, facts, workspace) }
}

/** What waits for one person, and the reviews that concern them. */
export async function mine(app: App, visitor: Visitor): Promise<Reply> {
  const workspace = await readWorkspace(app, visitor.workspace)
  const outside = outsider(workspace, actingNow(app, visitor))
  if (outside) return { kind: 'refused', text: refusalText(outside, workspace) }
  const facts = await readStatus(app.store.database, { workspace: visitor.workspace, person: visitor.person })
  return { kind: 'card', card: mineCard(facts) }
}
