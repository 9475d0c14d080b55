// The floor: rules over facts, pure and fast, with no model anywhere near.
import type { Component, System } from '../domain/component.ts'
import { type FactKey, factKeys } from '../domain/fact.ts'
import { gravity, severities, severityOf } from '../domain/rating.ts'
import type { Draft, DraftedThreat, Refs } from '../domain/threat.ts'
import { catalogue, catalogueVersion } from './catalogue.ts'
import type { Verdict } from './condition.ts'
import { control } from './controls.ts'
import { evidenceFor } from './evidence.ts'
import { type Phrases, phrasesFor } from './phrases.ts'
import { rate } from './rate.ts'
import { techniqueOf } from './reference.ts'
import type { Rule } from './rule.ts'

/** How many threats the list holds before the milder ones are watched instead. */
const listLength = 15

interface Raised {
  threat: Omit<DraftedThreat, 'watched'>
  order: number
}

/**
 * Drafts the floor's threat list for a system: in order of priority, with what exceeds fifteen watched (never a high or
 * critical one), and the unknown facts ordered by how many threats hang on them. Pure; well under 5 ms.
 */
export function draft(system: System): Draft {
  const say = phrasesFor(system)
  const at = new Map(system.components.map((component) => [component.kind, component]))
  const verdicts = catalogue.map((rule) => ({ rule, verdict: rule.when(system.facts), component: at.get(rule.on) }))
  const raised = verdicts.flatMap(({ rule, verdict, component }, order): Raised[] =>
    component && applies(rule, verdict) ? [{ threat: threatFrom(rule, verdict, component, system, say), order }] : [],
  )
  const ranked = breadthFirst(raised)
  return {
    catalogue: catalogueVersion,
    threats: ranked.map(({ threat }, place) => ({ ...threat, watched: isWatched(threat, place) })),
    openQuestions: openQuestions(verdicts.map(({ verdict }) => verdict)),
  }
}

/** Facts that say what kind of system it is, but not that it has a certain danger. */
const setting: FactKey[] = ['ai_type', 'exposure', 'user_types']

/**
 * A threat that hangs on an unknown is only a reason to ask while nothing but the kind of system speaks for it, or when
 * it would be rare even if the unknown turned out badly.
 */
function applies({ likelihood }: Rule, { truth, rests, doubts }: Verdict): boolean {
  if (truth !== 'unknown') return truth
  return likelihood.start - doubts > 1 && rests.some((fact) => !setting.includes(fact))
}

/**
 * By severity; within one, a first threat of each kind (what its first reference is about) before a second of any, and
 * among those by rating, a certain one before one that hangs on something unknown.
 */
function breadthFirst(raised: Raised[]): Raised[] {
  const sorted = [...raised].sort((a, b) => priority(b) - priority(a) || a.order - b.order)
  const seen = new Set<string>()
  const places = sorted.map((one) => {
    const kind = kindOf(one.threat)
    const again = seen.has(kind)
    seen.add(kind)
    return { one, again }
  })
  const band = ({ threat }: Raised) => severities.indexOf(severityOf(threat.rating))
  return places.sort((a, b) => band(b.one) - band(a.one) || Number(a.again) - Number(b.again)).map(({ one }) => one)
}

/** What a threat is about: the technique, without its variant, else the category it names first. */
function kindOf({ id, refs: { atlas, owasp } }: Raised['threat']): string {
  return atlas[0] ? techniqueOf(atlas[0]) : (owasp[0] ?? id)
}

function priority({ threat: { rating, conditionalOn } }: Raised): number {
  return gravity(rating) - conditionalOn.length
}

function isWatched({ rating }: Pick<DraftedThreat, 'rating'>, place: number): boolean {
  return place >= listLength && ['low', 'medium'].includes(severityOf(rating))
}

function threatFrom(
  rule: Rule,
  verdict: Verdict,
  component: Component,
  system: System,
  say: Phrases,
): Raised['threat'] {
  const certain = verdict.truth === true
  return {
    id: `${rule.id}@${component.id}`,
    component: component.id,
    area: rule.area,
    text: { by: 'catalogue', title: rule.title, statement: rule.statement(say) },
    refs: refsOf(rule.refs),
    ...rate(system.facts, rule.likelihood, rule.impact, verdict.doubts),
    controls: rule.controls.map(control),
    evidence: evidenceFor(rule, system),
    basis: verdict.rests.map((fact) => ({ fact, value: system.facts[fact] })),
    conditionalOn: certain ? [] : verdict.hangs,
  }
}

function refsOf(ids: string[]): Refs {
  const starting = (prefix: string) => ids.filter((id) => id.startsWith(prefix))
  const stride = starting('STRIDE:').map((id) => id.slice('STRIDE:'.length))
  return { atlas: starting('AML.'), owasp: starting('LLM'), asi: starting('ASI'), stride }
}

/** Unknown facts, the one most rules hang on first. */
function openQuestions(verdicts: Verdict[]): FactKey[] {
  const weight = new Map<FactKey, number>()
  for (const { truth, hangs } of verdicts) {
    if (truth === 'unknown') for (const fact of hangs) weight.set(fact, (weight.get(fact) ?? 0) + 1 / hangs.length)
  }
  return factKeys.filter((fact) => weight.has(fact)).sort((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0))
}
