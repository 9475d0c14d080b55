// `countersign draft FILE… [--json]`: drafts threat lists from intake files, without a database.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type System, systemOf } from '../domain/component.ts'
import { readIntake } from '../domain/intake.ts'
import { severityOf } from '../domain/rating.ts'
import type { Draft } from '../domain/threat.ts'
import { nameOf, withNames } from '../domain/threat-text.ts'
import { plain } from '../domain/words.ts'
import { draft } from '../knowledge/draft.ts'
import type { Terminal } from './terminal.ts'

export const usage = 'draft FILE... [--json]   draft a threat list from intake files'

/** Exit code 0; 2 when a file could not be read, after drafting the others. */
export async function run(args: string[], { print, warn }: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } })
  if (positionals.length === 0) {
    warn(`Name at least one intake file: ${usage}`)
    return 2
  }
  let code = 0
  for (const file of positionals) {
    const source = await readFile(file, 'utf8').catch((error: Error) => error)
    const intake = source instanceof Error ? undefined : readIntake(source)
    if (source instanceof Error) warn(`${file}: ${source.message}`)
    if (intake && 'problems' in intake) {
      for (const { line, field, problem } of intake.problems) warn(`${file}:${line}: ${field} ${problem}`)
    }
    if (!intake || 'problems' in intake) {
      code = 2
      continue
    }
    const system = systemOf(intake.facts, intake.answers)
    const drafted = draft(system)
    print(values.json ? JSON.stringify(asJson(system, drafted)) : asText(file, system, drafted))
  }
  return code
}

function asJson(system: System, { threats, openQuestions }: Draft) {
  return {
    threats: threats.map(({ id, text, component, rating, refs, evidence, conditionalOn, controls, watched }) => ({
      id,
      title: plain(text.title),
      statement: withNames(plain(text.statement) ?? '', system),
      component: componentName(system, component),
      severity: severityOf(rating),
      ...rating,
      refs,
      evidence: evidence.map(({ question, start, end }) => ({
        question,
        quote: system.answers[question]?.slice(start, end),
      })),
      conditionalOn,
      controls,
      origin: 'floor',
      watched,
    })),
    openQuestions,
  }
}

function componentName(system: System, id: string): string {
  const component = system.components.find((one) => one.id === id)
  return component ? nameOf(component, system.answers) : id
}

function asText(file: string, system: System, drafted: Draft): string {
  const { threats, openQuestions } = asJson(system, drafted)
  const lines = threats.map(({ severity, title, statement, watched }) => {
    return `${watched ? '  watched ' : ''}${severity.toUpperCase().padEnd(9)}${title}${watched ? '' : `\n         ${statement}`}`
  })
  const open = openQuestions.length > 0 ? `\nWorth finding out: ${openQuestions.join(', ')}` : ''
  return `${file}: ${threats.length} threats\n${lines.join('\n')}${open}\n`
}
