// The catalogue: every reference resolves, every rule can be triggered, every threat has controls and plain words.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { componentKinds, systemOf } from '../../src/domain/component.ts'
import { type FactKey, type Facts, factKeys, factValues, unknownFacts } from '../../src/domain/fact.ts'
import { severityOf } from '../../src/domain/rating.ts'
import { withNames } from '../../src/domain/threat-text.ts'
import { catalogue } from '../../src/knowledge/catalogue.ts'
import { draft } from '../../src/knowledge/draft.ts'
import { asi, atlas, owasp, stride } from '../../src/knowledge/reference.ts'
import { refundAgent, supportCopilot } from '../support/intakes.ts'

const known: Record<string, string> = { ...atlas, ...owasp, ...asi, ...stride }

/** Any value a fact can have, unknown and not applicable among them. */
const facts: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(
    factKeys.map((key) => {
      const schema = factValues[key]
      const value: fc.Arbitrary<unknown> =
        schema.type === 'boolean'
          ? fc.boolean()
          : schema.type === 'enum'
            ? fc.constantFrom(...schema.options)
            : fc.uniqueArray(fc.constantFrom(...schema.element.options), { minLength: 1, maxLength: 4 })
      return [key, fc.oneof({ weight: 5, arbitrary: value }, { weight: 2, arbitrary: fc.constant('unknown') })]
    }),
  ),
) as never
const runs = process.env.LONG ? 5_000 : 500
const drafted = (given: Facts) => draft(systemOf(given, {}))

describe('every rule', () => {
  test('has an id of its own, and refers only to what exists', () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length)
    expect(
      catalogue.flatMap(({ id, refs }) => refs.filter((ref) => !known[ref]).map((ref) => `${id}: ${ref}`)),
    ).toEqual([])
    expect(catalogue.filter(({ refs }) => !refs.some((ref) => /^(AML|LLM|ASI)/.test(ref))).map(({ id }) => id)).toEqual(
      [],
    )
  })

  test('names controls, an existing component, and the questions that show it', () => {
    expect(catalogue.filter(({ controls }) => controls.length < 2).map(({ id }) => id)).toEqual([])
    expect(catalogue.filter(({ on }) => !componentKinds.includes(on)).map(({ id }) => id)).toEqual([])
    expect(catalogue.filter(({ quotes }) => quotes.length === 0).map(({ id }) => id)).toEqual([])
  })

  test('can be triggered by some facts', () => {
    const raised = new Set<string>()
    fc.assert(
      fc.property(facts, (given) => {
        for (const { id } of drafted(given).threats) raised.add(id.split('@')[0] as string)
      }),
      { numRuns: 3_000, seed: 4711 },
    )
    expect(catalogue.map(({ id }) => id).filter((id) => !raised.has(id))).toEqual([])
  })

  test('is kept out of the draft by the facts that rule it out', () => {
    const none = Object.fromEntries(factKeys.map((key) => [key, 'not_applicable'])) as unknown as Facts
    expect(drafted(none).threats).toEqual([])
  })
})

test('the lists are covered: every OWASP LLM category, every agentic one', () => {
  const refs = new Set(catalogue.flatMap((rule) => rule.refs))
  expect([...Object.keys(owasp), ...Object.keys(asi)].filter((id) => !refs.has(id))).toEqual([])
})

describe('any combination of facts', () => {
  test('drafts threats that are sound: rated, rooted in facts, without two of one id', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { threats } = drafted(given)
        expect(new Set(threats.map(({ id }) => id)).size).toBe(threats.length)
        for (const { rating, basis, controls, watched } of threats) {
          expect(basis.length).toBeGreaterThan(0)
          expect(controls.length).toBeGreaterThan(1)
          expect([rating.likelihood, rating.impact].every((level) => level >= 1 && level <= 5)).toBe(true)
          if (watched) expect(['low', 'medium']).toContain(severityOf(rating))
        }
        const products = threats.map(({ rating }) => rating.likelihood * rating.impact)
        expect(products).toEqual([...products].sort((a, b) => b - a))
      }),
      { numRuns: runs, seed: 4711 },
    )
  })

  test('leaves no placeholder in a statement', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const system = systemOf(given, {})
        for (const { text } of draft(system).threats) {
          const statement = text.by === 'catalogue' ? withNames(text.statement, system) : ''
          expect(statement).toMatch(/^[A-Z][^{}]+\.$/)
          expect(statement).not.toMatch(/undefined|,,| {2}/)
        }
      }),
      { numRuns: runs, seed: 4712 },
    )
  })

  test('answering an unknown with the safe value never adds a threat; adding a danger never shortens the list', () => {
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
    ]
    fc.assert(
      fc.property(facts, fc.constantFrom(...dangers), (given, danger) => {
        const ids = (value: boolean | 'unknown') =>
          new Set(drafted({ ...given, [danger]: value }).threats.map(({ id }) => id))
        const [unknown, safe, dangerous] = [ids('unknown'), ids(false), ids(true)]
        expect([...safe].filter((id) => !unknown.has(id) && !dangerous.has(id))).toEqual([])
        expect([...safe].filter((id) => !dangerous.has(id))).toEqual([])
      }),
      { numRuns: runs, seed: 4713 },
    )
  })
})

describe('unknowns', () => {
  test('nothing known raises nothing, and asks', () => {
    const { threats, openQuestions } = drafted(unknownFacts())
    expect(threats).toEqual([])
    expect(openQuestions.slice(0, 1)).toEqual(['ai_type'])
  })

  test('make a threat conditional and one step less likely, until the answer', () => {
    const of = (value: boolean | 'unknown') =>
      drafted({ ...supportCopilot.facts, provider_trains_on_data: false, provider_logs_prompts: value }).threats.find(
        ({ id }) => id === 'provider-reuse@model-1',
      )
    expect(of('unknown')).toMatchObject({ conditionalOn: ['provider_logs_prompts'], rating: { likelihood: 2 } })
    expect(of(true)).toMatchObject({ conditionalOn: [], rating: { likelihood: 3 } })
    expect(of(false)).toBeUndefined()
  })
})

test('the support chatbot: every danger the product was made for, each with the words it rests on', () => {
  const { threats } = draft(systemOf(supportCopilot.facts, supportCopilot.answers))
  const wanted: Record<string, string> = {
    'direct-injection@model-1': 'About 200 support agents, inside our admin tool, behind single sign-on.',
    'indirect-injection@outside_content-1': 'Ticket texts that customers wrote are in the prompt too.',
    'retrieval-poisoning@knowledge_base-1': 'Confluence articles through pgvector.',
    'disclosure-in-answers@model-1':
      'A support copilot: it answers questions of our support staff from the knowledge base and from customer records.',
    'unbounded-use@feature-1': 'About 200 support agents, inside our admin tool, behind single sign-on.',
    'malicious-package@supplier-1': 'LangChain from npm and one embedding model.',
    'borrowed-rights@tool-1': 'It reads customer records in the CRM with a service account.',
  }
  for (const [id, quote] of Object.entries(wanted)) {
    const evidence = threats.find((threat) => threat.id === id)?.evidence[0]
    expect([id, evidence && supportCopilot.answers[evidence.question]?.slice(evidence.start, evidence.end)]).toEqual([
      id,
      quote,
    ])
  }
})

test('a statement names this system’s own parts', () => {
  const system = systemOf(refundAgent.facts, refundAgent.answers)
  const misuse = draft(system).threats.find(({ id }) => id === 'tool-misuse@tool-1')
  const statement = misuse?.text.by === 'catalogue' ? withNames(misuse.text.statement, system) : ''
  expect(statement).toContain('Anyone on the internet')
  expect(statement).toContain('Refund API')
  expect(statement).toContain('move money')
})
