// Carrying out a command on a review, and reading one.

import { systemOf } from '../domain/component.ts'
import type { Context } from '../domain/decide/context.ts'
import { takeDraft } from '../domain/decide/draft.ts'
import { decide, type ReviewCommand, subjectOf } from '../domain/decide.ts'
import type { Acting } from '../domain/entry.ts'
import { answersOf, type Review } from '../domain/review.ts'
import type { Workspace } from '../domain/workspace.ts'
import { draft } from '../knowledge/draft.ts'
import { type Folded, reviewStream, workspaceStream } from '../store/folded.ts'
import { readStream } from '../store/open-stream.ts'
import { type Committed, commandKey, type Refused, type Step, transact } from '../store/transact.ts'
import type { App } from './app.ts'

/**
 * Carries out one command on a review. Answers that complete or change the interview draft the floor in the same
 * transaction: there is no moment in which a finished interview has no threats.
 */
export async function command(
  app: App,
  workspace: string,
  review: string,
  acting: Acting,
  what: ReviewCommand,
): Promise<Committed | Refused> {
  const stream = reviewStream(review)
  const { subject, seen } = subjectOf(what)
  const outcome = await transact(app.store, {
    workspace,
    stream,
    key: commandKey({ person: acting.person, stream, subject, seen, verb: what.type }),
    intent: intentOf(what),
    at: acting.at,
    decide(folded): Step {
      const context = contextOf(folded, acting)
      if (!context) return { refusal: { code: 'no_such_thing' } }
      const decided = decide(context, what)
      if ('refusal' in decided) return decided
      const factsChanged = decided.events.some(
        ({ type }) => type === 'fact.confirmed' || type === 'interview.completed',
      )
      return factsChanged ? { ...decided, next: (after) => drafting(after, acting) } : decided
    },
  })
  if ('entries' in outcome) app.committed(workspace, stream)
  return outcome
}

/** How long a form was open is not part of what someone chose: the same click sent again took longer. */
function intentOf(what: ReviewCommand): unknown {
  if (!('shown' in what)) return what
  const { seconds: _, ...shown } = what.shown
  return { ...what, shown }
}

function drafting(folded: Folded, acting: Acting): Step {
  const context = contextOf(folded, acting)
  if (!context || context.review.stage === 'interview') return { events: [] }
  return takeDraft(context, draft(systemOf(context.review.facts, answersOf(context.review))))
}

function contextOf({ review, workspace }: Folded, acting: Acting): Context | undefined {
  return review && { review, workspace, acting }
}

/** A review as it stands; undefined when the workspace has none by that id. */
export async function readReview(
  app: App,
  workspace: string,
  review: string,
): Promise<{ review: Review; workspace: Workspace } | undefined> {
  const folded = await readStream(app.store, { workspace, stream: reviewStream(review) })
  return folded.review && { review: folded.review, workspace: folded.workspace }
}

export async function readWorkspace(app: App, workspace: string): Promise<Workspace> {
  return (await readStream(app.store, { workspace, stream: workspaceStream })).workspace
}
