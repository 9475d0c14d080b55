// Carrying out a command on the workspace itself.
import { decideWorkspace, type WorkspaceCommand } from '../domain/decide/workspace.ts'
import type { Acting } from '../domain/entry.ts'
import { workspaceStream } from '../store/folded.ts'
import { type Committed, commandKey, type Refused, transact } from '../store/transact.ts'
import type { App } from './app.ts'

/** @param seen seq of the workspace when its settings were shown: the same form sent twice is one command */
export async function commandWorkspace(
  app: App,
  workspace: string,
  acting: Acting,
  what: WorkspaceCommand,
  seen: number,
): Promise<Committed | Refused> {
  const outcome = await transact(app.store, {
    workspace,
    stream: workspaceStream,
    key: commandKey({ person: acting.person, stream: workspaceStream, subject: what.type, seen, verb: what.type }),
    intent: what,
    at: acting.at,
    decide: (folded) => decideWorkspace(folded.workspace, what, acting),
  })
  if ('entries' in outcome) app.committed(workspace, workspaceStream)
  return outcome
}
