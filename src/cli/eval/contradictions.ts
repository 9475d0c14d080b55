// Threats that the facts rule out.
import type { Facts } from '../../domain/fact.ts'
import { classifier } from '../../knowledge/condition.ts'
import { techniqueOf } from '../../knowledge/reference.ts'
import type { Threat } from './score.ts'

/** What a threat presupposes, by its first references (a technique stands for its sub-techniques), and when that is absent. */
interface Presupposed {
  why: string
  refs: string[]
  absent: (facts: Facts) => boolean
}

const presupposed: Presupposed[] = [
  {
    why: 'it retrieves nothing',
    refs: ['AML.T0070', 'AML.T0071', 'AML.T0082', 'LLM08:2025'],
    absent: ({ uses_rag }) => isNo(uses_rag),
  },
  {
    why: 'it has no tools',
    refs: ['AML.T0053', 'AML.T0086', 'AML.T0101', 'AML.T0085.001', 'LLM06:2025'],
    absent: ({ uses_tools }) => isNo(uses_tools),
  },
  {
    why: 'it remembers nothing',
    refs: ['AML.T0080'],
    absent: ({ has_memory }) => isNo(has_memory),
  },
  {
    why: 'it is not trained, and nothing users type is known to be reused',
    refs: ['AML.T0020', 'AML.T0059'],
    absent: (facts) => isNo(facts.trains_or_fine_tunes) && facts.user_data_reused_for_training !== true,
  },
  {
    why: 'its model takes no instructions',
    refs: ['AML.T0051'],
    absent: (facts) => classifier(facts).truth === true,
  },
]

const isNo = (fact: unknown): boolean => fact === false || fact === 'not_applicable'

export interface Contradiction {
  id: string
  why: string
}

/** The threats that the facts rule out, each with the first fact that does. */
export function contradictionsIn(facts: Facts, threats: Threat[]): Contradiction[] {
  return threats.flatMap(({ id, refs }) => {
    const [technique = '', category = ''] = [refs.atlas[0], refs.owasp[0]]
    const names = [technique, techniqueOf(technique), category]
    const found = presupposed.find(({ refs, absent }) => refs.some((one) => names.includes(one)) && absent(facts))
    return found ? [{ id, why: found.why }] : []
  })
}
