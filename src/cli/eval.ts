// `countersign eval DIR [--json]`: scores drafts against cases with expected references, without a database.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemOf } from '../domain/component.ts'
import type { Intake, IntakeProblem } from '../domain/intake.ts'
import { catalogueVersion } from '../knowledge/catalogue.ts'
import { draft } from '../knowledge/draft.ts'
import { type Case, readCase } from './eval/case.ts'
import { inWords, titleOf } from './eval/report.ts'
import { type Score, scoreOf } from './eval/score.ts'
import { type Stability, stabilityOf } from './eval/stability.ts'
import { type Summary, summaryOf } from './eval/summary.ts'
import type { Terminal } from './terminal.ts'

export const usage = 'eval DIR [--json]   score drafts against cases with expected references'

export interface CaseResult extends Omit<Score, 'missed'>, Pick<Case, 'file' | 'id' | 'title' | 'family'> {
  missed: { id: string; title: string | undefined }[]
  stability: Stability
}

export interface Evaluation {
  drafter: 'floor'
  catalogue: string
  cases: CaseResult[]
  broken: (Partial<IntakeProblem> & { file: string; problem: string })[]
  summary: Summary
}

/** Exit code 0; 2 when there is no case or one could not be read, after scoring the others. */
export async function run(args: string[], { print, warn }: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } })
  const [dir] = positionals
  if (dir === undefined || positionals.length > 1) {
    warn(`Name one directory of cases: ${usage}`)
    return 2
  }
  const names = await readdir(dir).catch((error: Error) => error)
  if (names instanceof Error) {
    warn(`${dir}: ${names.message}`)
    return 2
  }
  const files = names.filter((name) => name.endsWith('.json')).sort()
  if (files.length === 0) {
    warn(`${dir} holds no case: a case is a .json file, an intake with what is expected of its draft.`)
    return 2
  }
  const { cases, broken } = await readCases(dir, files)
  for (const { file, line, field, problem } of broken) {
    warn(line === undefined ? `${join(dir, file)}: ${problem}` : `${join(dir, file)}:${line}: ${field} ${problem}`)
  }
  const evaluation = evaluate(cases, broken)
  if (values.json) print(JSON.stringify(evaluation))
  else if (cases.length > 0) print(inWords(evaluation))
  return broken.length > 0 ? 2 : 0
}

async function readCases(dir: string, files: string[]): Promise<{ cases: Case[]; broken: Evaluation['broken'] }> {
  const cases: Case[] = []
  const broken: Evaluation['broken'] = []
  for (const file of files) {
    const source = await readFile(join(dir, file), 'utf8').catch((error: Error) => error)
    const read = source instanceof Error ? { problems: [{ problem: source.message }] } : readCase(file, source)
    if ('problems' in read) broken.push(...read.problems.map((problem) => ({ file, ...problem })))
    else cases.push(read)
  }
  return { cases, broken }
}

function evaluate(cases: Case[], broken: Evaluation['broken']): Evaluation {
  const drafter = ({ facts, answers }: Intake) => draft(systemOf(facts, answers))
  const results = cases.map((one): CaseResult => {
    const { file, id, title, family } = one
    const { missed, ...score } = scoreOf(one, drafter(one.intake).threats, cases)
    return {
      ...{ file, id, title, family },
      ...score,
      missed: missed.map((id) => ({ id, title: titleOf(id) })),
      stability: stabilityOf(one.intake, drafter),
    }
  })
  return { drafter: 'floor', catalogue: catalogueVersion, cases: results, broken, summary: summaryOf(results) }
}
