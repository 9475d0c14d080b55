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
  /** The data at stake. */
  data: string
  /** What the tools can do, as a verb phrase. */
  actions: string
  facts: Facts
}

const people: Record<string, string> = {
  anonymous_public: 'anyone on the internet',
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

export function phrasesFor({ facts, components }: System): Phrases {
  const at = new Map(components.map(({ kind, id }) => [kind, id]))
  const named = <T extends string>(fact: readonly T[] | string, table: Record<string, string>): string[] =>
    Array.isArray(fact) ? fact.flatMap((one: T) => table[one] ?? []) : []
  return {
    facts,
    the: (kind, otherwise = `the ${kind.replaceAll('_', ' ')}`) => (at.has(kind) ? `{${at.get(kind)}}` : otherwise),
    someone: isKnown(facts.exposure) ? (reach[facts.exposure] ?? 'Someone') : 'Someone who can reach the feature',
    users: list(named(facts.user_types, people)) || 'the people who use it',
    data:
      list(named(facts.sensitive_data, stakes)) ||
      (isKnown(facts.sensitive_data) ? 'internal information' : 'the data it handles'),
    actions: list(named(facts.tool_capabilities, powers)) || 'act in the systems it is connected to',
  }
}

function list(items: string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
