// An evaluation in words, for a terminal of a hundred columns.
import { count } from '../../conversation/labels.ts'
import { atlas, owasp } from '../../knowledge/reference.ts'
import type { CaseResult, Evaluation } from '../eval.ts'
import { type ByDepth, depths } from './score.ts'
import type { Summary } from './summary.ts'

const columns = 100
/** How many ids that moved without a reason are named; `--json` names all. */
const movedNamed = 10

export function inWords({ catalogue, cases, summary }: Evaluation): string {
  return [
    `${count(cases.length, 'case')}, drafted by the floor (${catalogue})`,
    '',
    row('case', 'recall@15', 'F1', 'length'),
    ...cases.flatMap(lines),
    '',
    ...summaryLines(summary),
    ...movedLines(cases),
  ].join('\n')
}

/** The title of an ATLAS or OWASP id; a technique that stands there only with sub-techniques has theirs. */
export function titleOf(id: string): string | undefined {
  const sub = Object.entries(atlas).find(([one]) => one.startsWith(`${id}.`))?.[1]
  return atlas[id] ?? owasp[id] ?? sub?.split(': ')[0]
}

function row(name: string, ...[recall = '', f1 = '', length = '']: string[]): string {
  const width = columns - 28
  const short = name.length > width ? `${name.slice(0, width - 1)}…` : name
  return `${short.padEnd(width)}${recall.padStart(11)}${f1.padStart(8)}${length.padStart(9)}`
}

function lines({ id, title, recall, f1, length, missed, contradictions, duplicates }: CaseResult): string[] {
  const name = [id, title ?? ''].map((words) => words.replace(/[\p{Cc}\s]+/gu, ' ')).join('  ')
  const more = [
    ['missed', missed.map(({ id, title }) => [id, title].join(' ').trim())],
    ['ruled out', contradictions.map(({ id, why }) => `${id}, but ${why}`)],
    ['duplicate', duplicates],
  ] as const
  return [
    row(name, decimals(recall?.[15], 2), decimals(f1, 2), String(length)),
    ...more.flatMap(([label, items]) => under(label, items)),
  ]
}

/** Items after a label, as many on a line as fit. */
function under(label: string, items: readonly string[]): string[] {
  const wrapped: string[] = []
  for (const item of items) {
    const joined = `${wrapped.at(-1)}; ${item}`
    if (wrapped.length > 0 && joined.length < columns - 15) wrapped[wrapped.length - 1] = joined
    else wrapped.push(item)
  }
  return wrapped.map((line, i) => `    ${(i === 0 ? label : '').padEnd(11)}${line}`)
}

function summaryLines(summary: Summary): string[] {
  const { threats, contradictions, duplicates, stability } = summary
  const line = (label: string, ...cells: string[]) => `${label.padEnd(44)}${cells.join('')}`.trimEnd()
  const threefold = (label: string, values: ByDepth | null) =>
    line(label, ...depths.map((depth) => decimals(values?.[depth]).padEnd(9)))
  const share = threats === 0 ? 0 : (100 * contradictions) / threats
  return [
    line('', ...depths.map((depth) => `at ${depth}`.padEnd(9))),
    threefold('recall by ATLAS technique', summary.recall),
    threefold('what is frequent in other families', summary.frequency),
    threefold('lift over it', summary.lift),
    line('F1 by OWASP category, of the first 15', decimals(summary.f1).padEnd(9), count(summary.f1Cases, 'case')),
    line(
      'mean length',
      decimals(summary.length, 1).padEnd(9),
      `${decimals(summary.listed, 1)} without what is watched`,
    ),
    line('contradictions', String(contradictions).padEnd(9), `${share.toFixed(1)} % of ${count(threats, 'threat')}`),
    line('duplicates', String(duplicates)),
    line(
      'ids, after edits that change no fact',
      decimals(stability.jaccard, 4).padEnd(9),
      `mean Jaccard index of ${count(stability.edits, 'edit')}`,
    ),
    line(
      'ids that do not rest on a changed fact',
      decimals(stability.kept, 4).padEnd(9),
      `mean share kept in ${count(stability.changes, 'change')}`,
    ),
  ]
}

/** Which ids came or went though nothing they rest on changed, the most frequent first. */
function movedLines(cases: CaseResult[]): string[] {
  const times = new Map<string, number>()
  for (const { edit, ids } of cases.flatMap(({ stability }) => stability.moved)) {
    for (const id of ids) times.set(`${edit}: ${id}`, (times.get(`${edit}: ${id}`) ?? 0) + 1)
  }
  const moved = [...times].sort(([, n], [, m]) => m - n)
  const rest = moved.length - movedNamed
  return [
    ...(moved.length > 0 ? ['', 'ids that came or went for no reason they give'] : []),
    ...moved.slice(0, movedNamed).map(([move, n]) => `    ${move} (${count(n, 'case')})`),
    ...(rest > 0 ? [`    and ${rest} more, in --json`] : []),
  ]
}

function decimals(value: number | null | undefined, places = 3): string {
  return value == null ? '–' : value.toFixed(places).replace(/^-(?=[0.]+$)/, '')
}
