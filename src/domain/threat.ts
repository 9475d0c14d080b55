// A threat as it is drafted: what it says, what it rests on, how it is rated, what helps.
import { z } from 'zod'
import { FactKey, factSchema } from './fact.ts'
import type { Quote } from './naming.ts'
import { Rating } from './rating.ts'
import { AnswerQuote } from './treatment.ts'
import { personal } from './words.ts'

/** Whom a threat concerns; routing rules send an area to a person. */
export const areas = ['prompts', 'data', 'privacy', 'tools', 'outputs', 'model', 'supply_chain', 'operations'] as const
export const Area = z.enum(areas)
export type Area = z.infer<typeof Area>

export const Refs = z.strictObject({
  atlas: z.array(z.string()),
  owasp: z.array(z.string()),
  asi: z.array(z.string()),
  stride: z.array(z.string()),
})
export type Refs = z.infer<typeof Refs>

export const Control = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['technical', 'monitoring', 'policy', 'process']),
})
export type Control = z.infer<typeof Control>

/** One fact a threat rests on, with the value it had: before and after can be shown when it changes. */
const Basis = z.strictObject({ fact: FactKey, value: z.union(FactKey.options.map((key) => factSchema(key))) })

/**
 * The text of a threat. The catalogue's is ours and names components as `{kind-n}`, so that the team's words stay in
 * the answers alone; a person's own text is theirs, and erasable.
 */
export const ThreatText = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('catalogue'), title: z.string().max(120), statement: z.string().max(1200) }),
  z.strictObject({ by: z.literal('person'), title: personal(120), statement: personal(1200) }),
])
export type ThreatText = z.infer<typeof ThreatText>

export const ThreatId = z.string().regex(/^[a-z0-9-]+@[a-z_]+-\d+$/)

/** What one revision of a threat holds. */
export const ThreatContent = z.strictObject({
  component: z.string(),
  area: Area,
  text: ThreatText,
  refs: Refs,
  rating: Rating,
  why: z.strictObject({ likelihood: z.string(), impact: z.string() }),
  controls: z.array(Control),
  evidence: z.array(AnswerQuote),
  basis: z.array(Basis),
  conditionalOn: z.array(FactKey),
})
export type ThreatContent = z.infer<typeof ThreatContent>

/** What a drafter hands in: evidence by question, because the log's answers are not its business. */
export interface DraftedThreat extends Omit<ThreatContent, 'evidence'> {
  /** `rule@component` */
  id: string
  evidence: Quote[]
  watched: boolean
}

export interface Draft {
  /** Which catalogue, in which version, drafted. */
  catalogue: string
  threats: DraftedThreat[]
  /** Unknown facts, the one that would change the draft most first. */
  openQuestions: FactKey[]
}
