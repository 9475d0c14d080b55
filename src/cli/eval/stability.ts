// Whether a draft keeps its ids when the intake is edited: a decision holds only while its threat keeps its name.
import { z } from 'zod'
import { type Fact, type FactKey, factKeys, factValues, sameFact } from '../../domain/fact.ts'
import type { Intake } from '../../domain/intake.ts'
import type { QuestionKey } from '../../domain/question.ts'
import type { Draft } from '../../domain/threat.ts'

export type Drafter = (intake: Intake) => {
  threats: Pick<Draft['threats'][number], 'id' | 'basis' | 'conditionalOn'>[]
}

export interface Stability {
  /** Edits that change no fact, and the mean Jaccard index of the ids before and after; null without an edit. */
  edits: number
  jaccard: number | null
  /** Changes of one fact, and the mean share kept of the ids that do not rest on it; null without a change. */
  changes: number
  kept: number | null
  /** Every edit or change that did not keep what it should have, and the ids that came or went. */
  moved: { edit: string; ids: string[] }[]
}

export function stabilityOf(intake: Intake, draft: Drafter): Stability {
  const { threats } = draft(intake)
  const before = new Set(threats.map(({ id }) => id))
  const edited = harmless(intake).map(([edit, changed]) => {
    const after = idsOf(draft(changed))
    const all = [...new Set([...before, ...after])]
    const ids = all.filter((id) => !before.has(id) || !after.has(id))
    return { edit, ids, share: all.length === 0 ? 1 : 1 - ids.length / all.length }
  })
  const changed = factChanges(intake).flatMap(([fact, value]) => {
    const resting = threats.filter(({ basis, conditionalOn }) => {
      return !basis.some((one) => one.fact === fact) && !conditionalOn.includes(fact)
    })
    if (resting.length === 0) return []
    const after = idsOf(draft({ ...intake, facts: { ...intake.facts, [fact]: value } }))
    const ids = resting.map(({ id }) => id).filter((id) => !after.has(id))
    return [{ edit: `${fact} becomes ${value}`, ids, share: 1 - ids.length / resting.length }]
  })
  return {
    edits: edited.length,
    jaccard: mean(edited.map(({ share }) => share)),
    changes: changed.length,
    kept: mean(changed.map(({ share }) => share)),
    moved: [...edited, ...changed].filter(({ ids }) => ids.length > 0).map(({ edit, ids }) => ({ edit, ids })),
  }
}

export function mean(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

const idsOf = ({ threats }: ReturnType<Drafter>): Set<string> => new Set(threats.map(({ id }) => id))

/** Spaces or one more sentence after an answer; a fact said again, a choice of several in another order. */
function harmless({ facts, answers }: Intake): [edit: string, Intake][] {
  const said = Object.entries(answers) as [QuestionKey, string][]
  const known = factKeys.filter((fact) => facts[fact] !== 'unknown')
  return [
    ...said.flatMap(([question, text]): [string, Intake][] => [
      [`${question} gets spaces`, { facts, answers: { ...answers, [question]: `${text}  ` } }],
      [
        `${question} gets a sentence`,
        { facts, answers: { ...answers, [question]: `${text.replace(/[.\s]*$/, '.')} This was written in a hurry.` } },
      ],
    ]),
    ...known.map((fact): [string, Intake] => {
      const { [fact]: value, ...others } = facts
      const again = Array.isArray(value) ? value.toReversed() : value
      return [`${fact} is said again`, { facts: { ...others, [fact]: again } as Intake['facts'], answers }]
    }),
  ]
}

/** Every fact, one at a time, as each other value it can have, and as unknown. */
function factChanges({ facts }: Intake): [FactKey, Fact][] {
  return factKeys.flatMap((fact) =>
    [...valuesOf(fact), 'unknown' as const]
      .filter((value) => !sameFact(value, facts[fact]))
      .map((value): [FactKey, Fact] => [fact, value]),
  )
}

function valuesOf(fact: FactKey): Fact[] {
  const schema = factValues[fact]
  if (schema instanceof z.ZodBoolean) return [true, false]
  if (schema instanceof z.ZodEnum) return schema.options
  return (schema.element.options as string[]).map((one) => [one] as Fact)
}
