// What holds for the floor whatever the facts are: dangers only add, safe answers only remove, ids stay, it is fast.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { systemOf } from '../../src/domain/component.ts'
import { type FactKey, type Facts, factKeys } from '../../src/domain/fact.ts'
import { severities, severityOf } from '../../src/domain/rating.ts'
import type { DraftedThreat } from '../../src/domain/threat.ts'
import { catalogue } from '../../src/knowledge/catalogue.ts'
import { draft } from '../../src/knowledge/draft.ts'
import { anyFacts } from './any-facts.ts'

const runs = process.env.LONG ? 5_000 : 300
const drafted = (given: Facts) => draft(systemOf(given, {})).threats
const idsOf = (threats: DraftedThreat[]) => new Set(threats.map(({ id }) => id))
const ruleOf = (id: string) => id.slice(0, id.indexOf('@'))
const severity = ({ rating }: DraftedThreat) => severities.indexOf(severityOf(rating))

/** Facts whose `true` is a danger and whose `false` is safe. */
const dangers: FactKey[] = [
  'uses_rag',
  'uses_tools',
  'has_memory',
  'secrets_reachable',
  'third_party_components',
  'ingests_untrusted_content',
  'user_data_reused_for_training',
  'multi_tenant',
  'provider_trains_on_data',
  'trains_or_fine_tunes',
  'scores_exposed',
]

test('adding a danger never shortens the list of what matters, and makes no threat milder', () => {
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...dangers), (given, danger) => {
      const before = drafted({ ...given, [danger]: false })
      const after = new Map(drafted({ ...given, [danger]: true }).map((threat) => [threat.id, threat]))
      expect(before.filter(({ id }) => !after.has(id)).map(({ id }) => id)).toEqual([])
      const milder = before.filter((threat) => severity(after.get(threat.id) ?? threat) < severity(threat))
      expect(milder.map(({ id }) => id)).toEqual([])
      const grave = (threats: Iterable<DraftedThreat>) => [...threats].filter((threat) => severity(threat) >= 2).length
      expect(grave(after.values())).toBeGreaterThanOrEqual(grave(before))
    }),
    { numRuns: runs, seed: 4721 },
  )
})

test('a further power of the tools, or a further kind of data, never removes a threat', () => {
  const powers = ['read_data', 'write_data', 'send_message', 'code_exec', 'payments', 'browser_control'] as const
  const kinds = ['personal', 'health', 'credentials', 'source_code', 'confidential_business'] as const
  const without = (list: Facts['tool_capabilities'] | Facts['sensitive_data']) =>
    Array.isArray(list) ? (list as string[]).filter((one) => one !== 'none') : []
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...powers), fc.constantFrom(...kinds), (given, power, kind) => {
      fc.pre(Array.isArray(given.tool_capabilities) && Array.isArray(given.sensitive_data))
      const more = {
        ...given,
        tool_capabilities: [...without(given.tool_capabilities), power],
        sensitive_data: [...without(given.sensitive_data), kind],
      } as Facts
      const after = idsOf(drafted(more))
      expect([...idsOf(drafted(given))].filter((id) => !after.has(id))).toEqual([])
    }),
    { numRuns: runs, seed: 4722 },
  )
})

test('answering an unknown with the safe value never adds a threat', () => {
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...dangers), (given, danger) => {
      const unknown = idsOf(drafted({ ...given, [danger]: 'unknown' }))
      const safe = idsOf(drafted({ ...given, [danger]: false }))
      expect([...safe].filter((id) => !unknown.has(id))).toEqual([])
    }),
    { numRuns: runs, seed: 4723 },
  )
})

test('an edit concerns only the threats that rest on the fact: the others keep their ids', () => {
  fc.assert(
    fc.property(anyFacts, anyFacts, fc.constantFrom(...factKeys), (given, other, fact) => {
      const before = drafted(given)
      const after = drafted({ ...given, [fact]: other[fact] } as Facts)
      const touches = ({ basis, conditionalOn }: DraftedThreat) =>
        basis.some((one) => one.fact === fact) || conditionalOn.includes(fact)
      const [had, has] = [idsOf(before), idsOf(after)]
      expect(before.filter((threat) => !has.has(threat.id) && !touches(threat)).map(({ id }) => id)).toEqual([])
      expect(after.filter((threat) => !had.has(threat.id) && !touches(threat)).map(({ id }) => id)).toEqual([])
    }),
    { numRuns: runs, seed: 4724 },
  )
})

test('every rule has facts that raise it, and without its deciding fact exactly what rests on that fact goes', () => {
  const undecided = new Set(catalogue.map(({ id }) => id))
  for (const given of fc.sample(anyFacts, { numRuns: 4_000, seed: 4725 })) {
    const before = drafted(given)
    const own = before.filter(({ id, conditionalOn }) => conditionalOn.length === 0 && undecided.has(ruleOf(id)))
    for (const fact of new Set(own.flatMap(({ basis }) => basis.map((one) => one.fact)))) {
      const after = idsOf(drafted({ ...given, [fact]: 'not_applicable' }))
      const gone = before.filter(({ id }) => !after.has(id))
      const others = gone.filter(({ basis }) => !basis.some((one) => one.fact === fact)).map(({ id }) => id)
      expect([fact, others]).toEqual([fact, []])
      for (const { id } of own) if (!after.has(id)) undecided.delete(ruleOf(id))
    }
  }
  expect([...undecided]).toEqual([])
})

test('any combination of facts is drafted in under 5 ms', () => {
  const systems = fc.sample(anyFacts, { numRuns: 300, seed: 4726 }).map((given) => systemOf(given, {}))
  for (const system of systems.slice(0, 50)) draft(system)
  const from = performance.now()
  for (const system of systems) draft(system)
  expect((performance.now() - from) / systems.length).toBeLessThan(5)
})
