// What can be done about a threat, and what each way of doing it has to say.
import { z } from 'zod'
import { Rating } from './rating.ts'
import { personal } from './words.ts'

export const PersonId = z.string().min(1).max(80)
export type PersonId = z.infer<typeof PersonId>

/** A calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date()
/** A stretch of an answer as it stands in the log: the seq of the answer's entry, and where in it. */
export const AnswerQuote = z.strictObject({
  answer: z.int().positive(),
  start: z.int().nonnegative(),
  end: z.int().positive(),
})
export type AnswerQuote = z.infer<typeof AnswerQuote>

const ControlIds = z.array(z.string().max(80)).max(30)

export const Treatment = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mitigate'),
    plan: personal(),
    controls: ControlIds,
    due: Day,
    doer: PersonId,
  }),
  z.strictObject({ kind: z.literal('in_place'), claim: personal(), controls: ControlIds, quote: AnswerQuote }),
  z.strictObject({
    kind: z.literal('accept'),
    reason: personal(),
    consequence: personal(),
    expires: Day,
    residual: Rating,
  }),
  z.strictObject({ kind: z.literal('transfer'), reason: personal(), to: personal(200) }),
  z.strictObject({ kind: z.literal('avoid'), reason: personal() }),
  z.strictObject({ kind: z.literal('not_applicable'), reason: personal() }),
])
export type Treatment = z.infer<typeof Treatment>
export type TreatmentKind = Treatment['kind']
export const treatmentKinds = ['mitigate', 'in_place', 'accept', 'transfer', 'avoid', 'not_applicable'] as const

/** Treatments that promise work, and therefore evidence later. */
export function needsEvidence(kind: TreatmentKind): boolean {
  return kind === 'mitigate' || kind === 'in_place'
}
