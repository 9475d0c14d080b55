// The workspace's settings: who holds which role, who owns which area, what authority it takes; and being away.
import { addDays, dayOf } from '../domain/day.ts'
import type { Acting } from '../domain/entry.ts'
import type { Policy } from '../domain/policy.ts'
import { severities } from '../domain/rating.ts'
import { areas } from '../domain/threat.ts'
import { holds, present, type Workspace } from '../domain/workspace.ts'
import { roles } from '../domain/workspace-event.ts'
import { type Action, actions, type Block, type Card, type Form, input, text } from './card.ts'
import { areaLabels, roleLabels, severityLabels, signerLabels } from './labels.ts'
import { day, everyoneOptions, nameOfPerson, personOptions, words } from './people.ts'
import type { Verb } from './press.ts'

/** What a person may see and change of the workspace: everything for security leads, the rules and being away for others. */
export function settingsCard(workspace: Workspace, { person, at }: Acting): Card {
  const lead = holds(workspace, person, 'security_lead')
  const button = (verb: Verb, label: string): Action => ({ label, press: { verb, seen: workspace.seq } })
  const change = lead
    ? [button('policy_form', 'Policy'), button('role_form', 'Roles'), button('route_form', 'Risk owners')]
    : []
  return {
    title: 'Settings',
    summary: `Settings: policy ${workspace.policy.preset}.`,
    blocks: [
      ...policyBlocks(workspace.policy),
      ...pending(workspace, lead),
      text('People', 'strong'),
      {
        kind: 'facts',
        facts: present(workspace).map(({ name, roles: held }) => ({
          label: words(name),
          value: held.map((role) => roleLabels[role]).join(', ') || 'no role',
        })),
      },
      routing(workspace),
      ...standIns(workspace, at),
      actions(...change, button('away_form', 'I will be away')),
    ],
  }
}

function policyBlocks({ preset, rules, threePeople }: Policy): Block[] {
  const facts = [...severities].reverse().map((severity) => {
    const { signatures, acceptDays } = rules[severity]
    const who = signatures.map((signers) => signers.map((signer) => signerLabels[signer]).join(' or ')).join(' and ')
    return { label: severityLabels[severity], value: `signed by ${who}; accepted for at most ${acceptDays} days` }
  })
  const apart = threePeople ? '; requester, risk owner and security lead are three people' : ''
  return [text(`Policy: ${preset}${apart}`, 'strong'), { kind: 'facts', facts }]
}

function pending({ proposedPolicy, members, seq }: Workspace, lead: boolean): Block[] {
  if (!proposedPolicy) return []
  const by = members[proposedPolicy.by]
  const confirm: Action = { label: 'Confirm the change', press: { verb: 'confirm_policy', seen: seq } }
  return [
    text(
      `${by ? words(by.name) : 'Someone'} proposes the looser policy “${proposedPolicy.policy.preset}”; it takes a second security lead.`,
      'warning',
    ),
    ...(lead ? [actions(confirm)] : []),
  ]
}

function routing(workspace: Workspace): Block {
  const all = [...areas, 'default'] as const
  const facts = all.flatMap((area) => {
    const owner = workspace.routing[area]
    return owner ? [{ label: `${areaLabels[area]} goes to`, value: nameOfPerson(workspace, owner) }] : []
  })
  return { kind: 'facts', facts }
}

function standIns(workspace: Workspace, at: string): Block[] {
  const items = workspace.delegations
    .filter(({ until }) => until >= dayOf(at))
    .map(({ seq, from, to, until }) => ({
      title: `${nameOfPerson(workspace, to)} stands in for ${nameOfPerson(workspace, from)}`,
      detail: `until ${day(until)}`,
      action: {
        label: 'End',
        accessibleLabel: `End that ${nameOfPerson(workspace, to)} stands in for ${nameOfPerson(workspace, from)}`,
        press: { verb: 'end_away' as const, subject: String(seq), seen: workspace.seq },
      },
    }))
  return items.length > 0 ? [{ kind: 'items', label: 'Standing in', items }] : []
}

const submit = (label: string, verb: Verb, { seq }: Workspace): Action => ({
  label,
  style: 'primary',
  press: { verb, seen: seq },
})

export function policyForm(workspace: Workspace): Form {
  return {
    title: 'Policy',
    blocks: [
      text('Tightening is in force at once. Loosening waits for a second security lead.', 'quiet'),
      input({
        kind: 'choice',
        name: 'preset',
        label: 'Preset',
        options: [
          { value: 'standard', label: 'Standard: two people suffice' },
          { value: 'regulated', label: 'Regulated: a second signature for high risks, three people kept apart' },
        ],
        value: workspace.policy.preset,
      }),
    ],
    submit: submit('Set', 'set_policy', workspace),
  }
}

export function roleForm(workspace: Workspace): Form {
  return {
    title: 'Roles',
    blocks: [
      input({ kind: 'choice', people: true, name: 'person', label: 'Whom', options: everyoneOptions(workspace) }),
      input({
        kind: 'choice',
        name: 'role',
        label: 'Role',
        options: roles.map((value) => ({ value, label: roleLabels[value] })),
      }),
      input({
        kind: 'choice',
        name: 'change',
        label: 'Change',
        options: [
          { value: 'grant', label: 'Give the role' },
          { value: 'revoke', label: 'Take the role away' },
        ],
      }),
    ],
    submit: submit('Record', 'set_role', workspace),
  }
}

export function routeForm(workspace: Workspace): Form {
  const owners = personOptions(workspace).filter(({ value }) => holds(workspace, value, 'risk_owner', 'security_lead'))
  return {
    title: 'Risk owners',
    blocks: [
      input({
        kind: 'choice',
        name: 'area',
        label: 'Threats about',
        options: [...areas, 'default' as const].map((value) => ({ value, label: areaLabels[value] })),
      }),
      input({ kind: 'choice', name: 'owner', label: 'Go to', options: owners }),
    ],
    submit: submit('Record', 'set_route', workspace),
  }
}

export function awayForm(workspace: Workspace, { person, at }: Acting): Form {
  const today = dayOf(at)
  return {
    title: 'I will be away',
    blocks: [
      text('Someone stands in for you until a day; what they sign says “for you”. It ends by itself.', 'quiet'),
      input({
        kind: 'choice',
        people: true,
        name: 'to',
        label: 'Who stands in',
        options: personOptions(workspace, [person]),
      }),
      input({ kind: 'date', name: 'until', label: 'Until', from: today, value: addDays(today, 7) }),
      input({ kind: 'text', lines: 'one', limit: 400, name: 'reason', label: 'Why' }),
    ],
    submit: submit('Record', 'away', workspace),
  }
}
