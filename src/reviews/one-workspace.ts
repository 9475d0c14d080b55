// Installations that one process serves for one organisation: they are one workspace, whichever is used first.
import { workspaceOf } from '../store/people.ts'
import type { App } from './app.ts'
import { foundWorkspace, linkInstallation } from './found-workspace.ts'

export interface Installed {
  /** `slack:T…` or `entra:…` */
  installation: string
  /** Of the workspace, when it has to be made. */
  name: string
  origin: string
}

/**
 * Makes installations one workspace. Whoever configures a Slack workspace and an Entra tenant in one process holds the keys
 * of both, which is what proves that they belong together; the log says so.
 * @returns whether they are one now; two that were used apart before stay two, since two logs never become one
 */
export async function oneWorkspace(app: App, all: [Installed, ...Installed[]]): Promise<boolean> {
  const { database } = app.store
  const known = await Promise.all(all.map(({ installation }) => workspaceOf(database, installation)))
  const apart = new Set(known.filter((one) => one !== undefined))
  if (apart.size > 1) {
    app.log.warn('Slack and Teams were used apart before and stay two workspaces', {})
    return false
  }
  const [first] = all
  const workspace = [...apart][0] ?? (await foundWorkspace(app, { ...first, people: [] }))
  for (const { installation } of all) {
    if ((await workspaceOf(database, installation)) === undefined) await linkInstallation(app, workspace, installation)
  }
  return true
}
