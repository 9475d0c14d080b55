// The catalogue: every reference resolves, every rule can be triggered, every threat has controls and plain words.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { componentKinds, systemOf } from '../../src/domain/component.ts'
import { type Facts, factKeys, unknownFacts } from '../../src/domain/fact.ts'
import { severities, severityOf } from '../../src/domain/rating.ts'
import { withNames } from '../../src/domain/threat-text.ts'
import { catalogue } from '../../src/knowledge/catalogue.ts'
import { draft } from '../../src/knowledge/draft.ts'
import { asi, atlas, owasp, stride } from '../../src/knowledge/reference.ts'
import { refundAgent, supportCopilot } from '../support/intakes.ts'
import { anyFacts as facts } from './any-facts.ts'

const known: Record<string, string> = { ...atlas, ...owasp, ...asi, ...stride }

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
        const shown = threats.filter(({ watched }) => !watched)
        expect(shown.slice(15).filter(({ rating }) => !['high', 'critical'].includes(severityOf(rating)))).toEqual([])
        const bands = threats.map(({ rating }) => severities.indexOf(severityOf(rating)))
        expect(bands).toEqual([...bands].sort((a, b) => b - a))
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
})

test('breadth shows before depth: within a severity, no second threat of a technique before the first of another', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const seen = new Set<string>()
      let [band, repeated] = ['', false]
      for (const { rating, refs, id } of drafted(given).threats) {
        const technique = refs.atlas[0]?.split('.').slice(0, 2).join('.') ?? refs.owasp[0] ?? id
        if (severityOf(rating) !== band) [band, repeated] = [severityOf(rating), false]
        if (seen.has(technique)) repeated = true
        else expect([id, repeated]).toEqual([id, false])
        seen.add(technique)
      }
    }),
    { numRuns: runs, seed: 4714 },
  )
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
