// The intake file: a whole interview as JSON, for headless use and tests.
import { z } from 'zod'
import type { Answers } from './component.ts'
import { type Fact, type Facts, factKeys, factSchema, unknownFacts } from './fact.ts'
import { questionKeys } from './question.ts'

const IntakeFile = z.object({
  intake: z.object(Object.fromEntries(questionKeys.map((key) => [key, z.string().optional()]))).default({}),
  structured: z.object(Object.fromEntries(factKeys.map((key) => [key, factSchema(key).optional()]))).default({}),
})

export interface Intake {
  facts: Facts
  answers: Answers
}

/** A problem in an intake file: which field, on which line of the text (1 is the first), and what to do. */
export interface IntakeProblem {
  line: number
  field: string
  problem: string
}

/**
 * Reads an intake file: `{ "intake": { question: "text" }, "structured": { fact: value } }`. Keys it does not know are
 * ignored; a fact that is missing is unknown.
 */
export function readIntake(source: string): Intake | { problems: IntakeProblem[] } {
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch (error) {
    const message = (error as SyntaxError).message
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? source.length)
    return { problems: [{ line: lineAt(source, position), field: 'the file', problem: `is not JSON: ${message}` }] }
  }
  const read = IntakeFile.safeParse(json)
  if (!read.success) return { problems: read.error.issues.map((issue) => problemOf(source, issue)) }
  const { intake, structured } = read.data
  const given = Object.entries(structured).filter(([, value]) => value !== undefined) as [string, Fact][]
  const said = Object.entries(intake).filter(([, text]) => text !== undefined && text.trim() !== '')
  return { facts: { ...unknownFacts(), ...Object.fromEntries(given) } as Facts, answers: Object.fromEntries(said) }
}

function problemOf(source: string, { path, message }: z.core.$ZodIssue): IntakeProblem {
  const key = path.find((part) => [...questionKeys, ...factKeys].includes(part as never)) ?? path[0]
  const position = key === undefined ? 0 : source.indexOf(JSON.stringify(key))
  const fact = factKeys.find((one) => one === key)
  const problem = fact ? `has to be ${choices(fact)}` : message
  return { line: lineAt(source, Math.max(0, position)), field: path.join('.') || 'the file', problem }
}

function choices(fact: (typeof factKeys)[number]): string {
  const schema = z.toJSONSchema(factSchema(fact)) as {
    anyOf: { enum?: string[]; type?: string; items?: { enum: string[] } }[]
  }
  const [values] = schema.anyOf
  if (values?.items) return `a list of ${values.items.enum.join(', ')}; or "unknown"`
  return `${values?.enum?.join(', ') ?? 'true, false'} or "unknown"`
}

function lineAt(source: string, position: number): number {
  return source.slice(0, position).split('\n').length
}
