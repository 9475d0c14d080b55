// Which person owns a threat's risk: by area, else by default, else a security lead; never nobody.
import type { Area } from './threat.ts'
import type { PersonId } from './treatment.ts'
import { holders, type Workspace } from './workspace.ts'

export interface Route {
  owner: PersonId
  by: 'area' | 'default' | 'lead'
}

export function routeFor(workspace: Workspace, area: Area, requester: PersonId): Route {
  const byArea = workspace.routing[area]
  if (byArea) return { owner: byArea, by: 'area' }
  if (workspace.routing.default) return { owner: workspace.routing.default, by: 'default' }
  const leads = holders(workspace, 'security_lead')
  return { owner: leads.find((lead) => lead !== requester) ?? leads[0] ?? requester, by: 'lead' }
}
