// Buttons and forms of the workspace's settings.
import type { Values } from '../../conversation/card.ts'
import type { Press } from '../../conversation/press.ts'
import { readChoice, readDay } from '../../conversation/read-threat-form.ts'
import { problemText, refusalText } from '../../conversation/refusals.ts'
import type { Reply } from '../../conversation/reply.ts'
import { awayForm, policyForm, roleForm, routeForm, settingsCard } from '../../conversation/settings-card.ts'
import { outsider } from '../../domain/authority.ts'
import type { WorkspaceCommand } from '../../domain/decide/workspace.ts'
import type { Acting } from '../../domain/entry.ts'
import { regulated, standard } from '../../domain/policy.ts'
import { Area } from '../../domain/threat.ts'
import type { Workspace } from '../../domain/workspace.ts'
import { Role } from '../../domain/workspace-event.ts'
import { type App, actingNow, type Visitor } from '../app.ts'
import { readWorkspace } from '../command.ts'
import { refused } from '../reply.ts'
import { commandWorkspace } from '../workspace-command.ts'
import type { Handlers } from './handlers.ts'
import { invalid } from './interview.ts'

async function view(app: App, visitor: Visitor, show: (workspace: Workspace, acting: Acting) => Reply): Promise<Reply> {
  const workspace = await readWorkspace(app, visitor.workspace)
  const acting = actingNow(app, visitor)
  const outside = outsider(workspace, acting)
  return outside ? { kind: 'refused', text: refusalText(outside, workspace) } : show(workspace, acting)
}

async function change(app: App, visitor: Visitor, press: Press, what: WorkspaceCommand): Promise<Reply> {
  const acting = actingNow(app, visitor)
  const outcome = await commandWorkspace(app, visitor.workspace, acting, what, press.seen ?? 0)
  if ('refusal' in outcome) return refused(outcome)
  return { kind: 'card', card: settingsCard(outcome.folded.workspace, acting) }
}

const missing = (name: string): Reply => ({ kind: 'invalid', errors: { [name]: problemText({ code: 'missing' }) } })

export const settingsVerbs = {
  settings: (app, visitor) =>
    view(app, visitor, (workspace, acting) => ({ kind: 'card', card: settingsCard(workspace, acting) })),
  policy_form: (app, visitor) => view(app, visitor, (workspace) => ({ kind: 'form', form: policyForm(workspace) })),
  role_form: (app, visitor) => view(app, visitor, (workspace) => ({ kind: 'form', form: roleForm(workspace) })),
  route_form: (app, visitor) => view(app, visitor, (workspace) => ({ kind: 'form', form: routeForm(workspace) })),
  away_form: (app, visitor) =>
    view(app, visitor, (workspace, acting) => ({ kind: 'form', form: awayForm(workspace, acting) })),

  async set_policy(app, visitor, press, values) {
    const policy = [standard, regulated].find(({ preset }) => preset === values.preset)
    return policy ? change(app, visitor, press, { type: 'set_policy', policy }) : missing('preset')
  },

  async confirm_policy(app, visitor, press) {
    const { proposedPolicy } = await readWorkspace(app, visitor.workspace)
    if (!proposedPolicy)
      return view(app, visitor, (workspace, acting) => ({ kind: 'card', card: settingsCard(workspace, acting) }))
    return change(app, visitor, press, { type: 'set_policy', policy: proposedPolicy.policy })
  },

  async set_role(app, visitor, press, values) {
    const person = readChoice(values, 'person')
    if (typeof person === 'object') return invalid(person)
    const role = Role.safeParse(values.role)
    if (!role.success) return missing('role')
    const type = roleChange(values)
    return type ? change(app, visitor, press, { type, person, role: role.data }) : missing('change')
  },

  async set_route(app, visitor, press, values) {
    const area = values.area === 'default' ? 'default' : Area.safeParse(values.area).data
    if (!area) return missing('area')
    const owner = readChoice(values, 'owner')
    return typeof owner === 'object' ? invalid(owner) : change(app, visitor, press, { type: 'route', area, owner })
  },

  async away(app, visitor, press, values) {
    const to = readChoice(values, 'to')
    if (typeof to === 'object') return invalid(to)
    const until = readDay(values, 'until')
    if (typeof until === 'object') return invalid(until)
    return change(app, visitor, press, { type: 'delegate', to, until, reason: String(values.reason ?? '').trim() })
  },

  end_away: (app, visitor, press) =>
    change(app, visitor, press, { type: 'end_delegation', delegation: Number.parseInt(press.subject ?? '', 10) || 0 }),
} satisfies Partial<Handlers>

function roleChange(values: Values): 'grant' | 'revoke' | undefined {
  return values.change === 'grant' || values.change === 'revoke' ? values.change : undefined
}
