// Reads what was filled in on a threat's form into a command's words.
import { Level, type Rating } from '../domain/rating.ts'
import { type FieldRefusal, field } from '../domain/refusal.ts'
import { Day, type Treatment, type TreatmentKind, treatmentKinds } from '../domain/treatment.ts'
import type { Values } from './card.ts'

type Read<T> = T | { refusal: FieldRefusal }

const textOf = (values: Values, name: string): string => String(values[name] ?? '').trim()
const listOf = (values: Values, name: string): string[] =>
  [values[name] ?? []].flat().filter((one): one is string => typeof one === 'string')

function levelOf(values: Values, name: string): Read<number> {
  const level = Level.safeParse(Number(values[name]))
  return level.success ? level.data : { refusal: field(name, { code: 'not_a_choice' }) }
}

/** A rating from two fields. */
export function readRating(values: Values, likelihoodField: string, impactField: string): Read<Rating> {
  const likelihood = levelOf(values, likelihoodField)
  if (typeof likelihood === 'object') return likelihood
  const impact = levelOf(values, impactField)
  return typeof impact === 'object' ? impact : { likelihood, impact }
}

/** A day from a field. */
export function readDay(values: Values, name: string): Read<string> {
  const day = Day.safeParse(values[name])
  return day.success ? day.data : { refusal: field(name, { code: 'missing' }) }
}

/** A choice of one person or thing from a field. */
export function readChoice(values: Values, name: string): Read<string> {
  const chosen = textOf(values, name)
  return chosen === '' ? { refusal: field(name, { code: 'missing' }) } : chosen
}

type Readers = { [K in TreatmentKind]: (values: Values) => Read<Extract<Treatment, { kind: K }>> }

const readers: Readers = {
  mitigate: readMitigation,
  in_place(values) {
    const [answer, start, end] = textOf(values, 'quote').split(':').map(Number)
    if (!answer || start === undefined || !end) return { refusal: field('quote', { code: 'no_quote' }) }
    const quote = { answer, start, end }
    return { kind: 'in_place', claim: textOf(values, 'claim'), controls: listOf(values, 'controls'), quote }
  },
  accept(values) {
    const expires = readDay(values, 'expires')
    if (typeof expires === 'object') return expires
    const residual = readRating(values, 'residualLikelihood', 'residualImpact')
    if ('refusal' in residual) return residual
    const [reason, consequence] = [textOf(values, 'reason'), textOf(values, 'consequence')]
    return { kind: 'accept', reason, consequence, expires, residual }
  },
  transfer: (values) => ({ kind: 'transfer', reason: textOf(values, 'reason'), to: textOf(values, 'to') }),
  avoid: (values) => ({ kind: 'avoid', reason: textOf(values, 'reason') }),
  not_applicable: (values) => ({ kind: 'not_applicable', reason: textOf(values, 'reason') }),
}

/** The mitigation of the form of one threat, or of several. */
export function readMitigation(values: Values): Read<Extract<Treatment, { kind: 'mitigate' }>> {
  const due = readDay(values, 'due')
  if (typeof due === 'object') return due
  const doer = readChoice(values, 'doer')
  if (typeof doer === 'object') return doer
  return { kind: 'mitigate', plan: textOf(values, 'plan'), controls: listOf(values, 'controls'), due, doer }
}

/** The treatment chosen on a threat's form, with the fields that belong to it. */
export function readTreatment(values: Values): Read<Treatment> {
  const kind = treatmentKinds.find((one) => one === values.treatment)
  return kind ? readers[kind](values) : { refusal: field('treatment', { code: 'missing' }) }
}

/** Whole seconds between the opening of a form and its submit; undefined when the form did not say. */
export function secondsOpen(openedAt: string | undefined, at: string): number | undefined {
  if (!openedAt) return undefined
  const seconds = Math.round((Date.parse(at) - Date.parse(openedAt)) / 1000)
  return Math.min(86_400, Math.max(0, seconds))
}
