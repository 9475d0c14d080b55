// A rule of the catalogue: when it applies, what it says, how it is rated, what helps against it.
import type { ComponentKind } from '../domain/component.ts'
import type { QuestionKey } from '../domain/question.ts'
import type { Area } from '../domain/threat.ts'
import type { Condition } from './condition.ts'
import type { ControlId } from './controls.ts'
import type { Phrases } from './phrases.ts'
import type { ImpactScheme, LikelihoodScheme } from './rate.ts'

export interface Rule {
  id: string
  /** The component the threat is to; without one in the system there is no threat. */
  on: ComponentKind
  area: Area
  title: string
  /** Who, with what, can do what, to which component, so that which harm. */
  statement: (say: Phrases) => string
  when: Condition
  /** Questions whose answers show it, the most telling first, and words that mark the telling sentence. */
  quotes: QuestionKey[]
  cue?: RegExp
  /** Reference ids, the most specific of each list first. */
  refs: string[]
  likelihood: LikelihoodScheme
  impact: ImpactScheme
  controls: ControlId[]
}
