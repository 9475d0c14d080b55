// A case: an intake file, with the references that its draft is expected to name.
import { basename } from 'node:path'
import { z } from 'zod'
import { type Intake, type IntakeProblem, readIntake } from '../../domain/intake.ts'
import { techniqueOf } from '../../knowledge/reference.ts'

const Technique = z.string().regex(/^AML\.T\d{4}(\.\d{3})?$/, 'has to be an ATLAS technique, such as AML.T0051')
const Category = z.string().regex(/^LLM\d\d:\d{4}$/, 'has to be an OWASP category, such as LLM01:2025')
const Expected = z.object(
  {
    atlas_parents: z.array(Technique).default([]),
    owasp_llm: z.array(Category).default([]),
    owasp_llm_applicable: z.boolean().optional(),
  },
  'has to hold the expected references: atlas_parents, owasp_llm or both',
)
const CaseFile = z.object({
  id: z.string().optional(),
  title: z.string().optional(),
  family: z.string().optional(),
  expected: Expected,
})

export interface Case {
  file: string
  id: string
  title: string | undefined
  /** Cases that are alike; a case is never compared with what is frequent in its own family. */
  family: string
  intake: Intake
  /** ATLAS techniques, without sub-techniques. */
  techniques: string[]
  categories: string[]
  /** False where the OWASP list does not fit the system: its F1 is not scored. */
  categoriesApply: boolean
}

/** Reads one case; what is wrong with it comes with line and field, of the intake as of what is expected. */
export function readCase(path: string, source: string): Case | { problems: IntakeProblem[] } {
  const file = basename(path)
  const intake = readIntake(source)
  const json = jsonIn(source)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const problems = 'problems' in intake ? intake.problems : []
    return { problems: problems.length > 0 ? problems : [{ line: 1, field: 'the file', problem: 'is no object' }] }
  }
  const read = CaseFile.safeParse(json)
  if ('problems' in intake || !read.success) {
    const wrong = read.success ? [] : read.error.issues.map((issue) => problemOf(source, json, issue))
    return { problems: [...('problems' in intake ? intake.problems : []), ...wrong] }
  }
  const { id, title, family, expected } = read.data
  const name = basename(file, '.json')
  return {
    file,
    id: id ?? name,
    title,
    family: family ?? (name.split('-')[0] as string),
    intake,
    techniques: [...new Set(expected.atlas_parents.map(techniqueOf))],
    categories: [...new Set(expected.owasp_llm)],
    categoriesApply: expected.owasp_llm_applicable ?? expected.owasp_llm.length > 0,
  }
}

function jsonIn(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}

function problemOf(source: string, json: object, { path, message }: z.core.$ZodIssue): IntakeProblem {
  let position = 0
  let value: unknown = json
  for (const part of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[part]
    const at = source.indexOf(JSON.stringify(typeof part === 'number' ? value : part), position)
    if (at !== -1) position = at
  }
  return { line: source.slice(0, position).split('\n').length, field: path.join('.'), problem: message }
}
