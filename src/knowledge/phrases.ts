// Turns facts into the words a statement is made of: who can reach it, what is at stake, what the tools can do.
import type { ComponentKind, System } from '../domain/component.ts'
import { type Facts, isKnown } from '../domain/fact.ts'

export interface Phrases {
  /** `{kind-1}` for a component the system has, to be replaced by the team's own name for it. */
  the: (kind: ComponentKind, otherwise?: string) => string
  /** Someone who can reach the feature, as a subject. */
  someone: string
  /** The people who use it. */
  users: string
  /** What a steered answer leads to, as a clause. */
  swayed: string
  /** Those it decides about. */
  judged: string
  /** The data at stake. */
  data: string
  /** What the tools can do, as a verb phrase. */
  actions: string
  /** The worst of it from the company’s side, as a verb phrase. */
  worst: string
  facts: Facts
}

const people: Record<string, string> = {
  anonymous_public: 'people on the internet',
  consumers: 'consumers',
  customers: 'customers',
  businesses: 'business customers',
  citizens: 'citizens',
  applicants: 'applicants',
  patients: 'patients',
  students: 'students',
  children: 'children',
  employees: 'employees',
  developers: 'developers',
  data_scientists: 'data scientists',
  security_operations: 'the security team',
  ci_systems: 'build systems',
  internal_services: 'internal services',
}
/** Users who are also the ones decided about. */
const subjects = ['consumers', 'customers', 'citizens', 'applicants', 'patients', 'students', 'children']
const reach: Record<string, string> = {
  public: 'Anyone on the internet',
  customer: 'A customer with an account',
  internal: 'An employee (or someone with an employee’s account)',
  mixed: 'A customer or an employee',
  on_device: 'Whoever holds the device',
}
const stakes: Record<string, string> = {
  personal: 'personal data',
  financial: 'financial data',
  health: 'health data',
  biometric: 'biometric data',
  credentials: 'credentials',
  source_code: 'source code',
  confidential_business: 'confidential business information',
  conversations: 'the content of conversations',
}
const powers: Record<string, string> = {
  read_data: 'read records',
  write_data: 'change records',
  send_message: 'send messages',
  code_exec: 'run code',
  network_fetch: 'fetch from the network',
  filesystem: 'read and write files',
  payments: 'move money',
  browser_control: 'drive a browser',
  infra_admin: 'administer infrastructure',
}

/** Worst first. */
const harms: [string, string][] = [
  ['payments', 'pay out money nobody approved'],
  ['infra_admin', 'change or shut down systems'],
  ['code_exec', 'run the attacker’s code'],
  ['browser_control', 'click, type and buy in a signed-in browser'],
  ['filesystem', 'read and overwrite files'],
  ['write_data', 'change or delete records'],
  ['send_message', 'send messages in the company’s name'],
  ['network_fetch', 'send requests to the attacker’s server'],
  ['read_data', 'read records that are none of their business'],
]

export function phrasesFor({ facts, components }: System): Phrases {
  const at = new Map(components.map(({ kind, id }) => [kind, id]))
  const users = () => list(named(facts.user_types, people)) || 'the people who use it'
  const named = <T extends string>(fact: readonly T[] | string, table: Record<string, string>): string[] =>
    Array.isArray(fact) ? fact.flatMap((one: T) => table[one] ?? []) : []
  return {
    facts,
    the: (kind, otherwise = `the ${kind.replaceAll('_', ' ')}`) => (at.has(kind) ? `{${at.get(kind)}}` : otherwise),
    someone: isKnown(facts.exposure) ? (reach[facts.exposure] ?? 'Someone') : 'Someone who can reach the feature',
    users: users(),
    swayed: swayedBy(facts, users()),
    judged: list(named(facts.user_types, people).filter((who) => subjects.includes(who))) || 'the people concerned',
    data:
      list(named(facts.sensitive_data, stakes)) ||
      (isKnown(facts.sensitive_data) ? 'internal information' : 'the data it handles'),
    worst:
      harms.find(
        ([power]) => isKnown(facts.tool_capabilities) && facts.tool_capabilities.some((one) => one === power),
      )?.[1] ?? 'act in the systems it is connected to',
    actions: list(named(facts.tool_capabilities, powers)) || 'act in the systems it is connected to',
  }
}

function swayedBy({ output_handling: uses }: Facts, users: string): string {
  const includes = (...some: string[]) => isKnown(uses) && uses.some((use) => some.includes(use))
  if (includes('automated_decision')) return 'the feature decides in the attacker’s favour'
  if (includes('executed_code')) return 'the attacker’s code is what gets suggested and run'
  if (includes('automated_action')) return 'the feature acts on the attacker’s figures and names'
  return `${users} get the attacker’s account number, link or advice`
}

function list(items: string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
