// From an outcome of the core to what the person is told.

import type { Press } from '../conversation/press.ts'
import { problemText, refusalText } from '../conversation/refusals.ts'
import type { Reply } from '../conversation/reply.ts'
import { outsider } from '../domain/authority.ts'
import type { Context } from '../domain/decide/context.ts'
import type { ReviewCommand } from '../domain/decide.ts'
import type { Committed, Refused } from '../store/transact.ts'
import { type App, actingNow, type Visitor } from './app.ts'
import { command, readReview, readWorkspace } from './command.ts'

/** A refusal as a reply: under its field where it has one. */
export function refused({ refusal, folded }: Refused): Reply {
  if (refusal.code === 'field') return { kind: 'invalid', errors: { [refusal.field]: problemText(refusal.problem) } }
  return { kind: 'refused', text: refusalText(refusal, folded.workspace) }
}

/** Carries a command out and says what came of it; the newest receipt goes with it. */
export async function carryOut(
  app: App,
  visitor: Visitor,
  press: Press,
  what: ReviewCommand,
  done: (context: Context, committed: Committed) => Reply,
): Promise<Reply> {
  const acting = actingNow(app, visitor)
  const outcome = await command(app, visitor.workspace, press.review ?? '', acting, what)
  if ('refusal' in outcome) return refused(outcome)
  const { review, workspace } = outcome.folded
  if (!review) throw new Error(`${press.review} has no state after a commit`)
  const reply = done({ review, workspace, acting }, outcome)
  const receipt = outcome.entries.at(-1)?.receipt
  return reply.kind === 'done' && receipt ? { ...reply, receipt } : reply
}

/** Shows something of a review to someone of its workspace. */
export async function show(
  app: App,
  visitor: Visitor,
  press: Press,
  view: (context: Context) => Reply,
): Promise<Reply> {
  const found = await readReview(app, visitor.workspace, press.review ?? '')
  const acting = actingNow(app, visitor)
  const outside = found && outsider(found.workspace, acting)
  if (!found || outside) {
    const workspace = found?.workspace ?? (await readWorkspace(app, visitor.workspace))
    return { kind: 'refused', text: refusalText(outside ?? { code: 'no_such_thing' }, workspace) }
  }
  return view({ ...found, acting })
}
