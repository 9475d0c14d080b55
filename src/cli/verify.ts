// `countersign verify [--replay] [--json]`: checks the decision log and says what was checked.
import { parseArgs } from 'node:util'
import { count } from '../conversation/labels.ts'
import { type Finding, type VerifyReport, verifyLog } from '../store/verify-log.ts'
import { openLog } from './open-log.ts'
import type { Terminal } from './terminal.ts'

export const usage = 'verify [--replay] [--json]   check the decision log'

/** How many findings of a kind are printed; all of them are counted. */
const printed = 20

/** Exit code 0: consistent; 1: could not check; 2: content was tampered with, or derived tables differ; 5: warnings only. */
export async function run(args: string[], { print, warn }: Terminal): Promise<number> {
  const options = { replay: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } as const
  const { values } = parseArgs({ args, options })
  const log = await openLog()
  try {
    let said = 0
    const report = await verifyLog(log.url, {
      replay: values.replay,
      progress(entries) {
        if (entries - said < 10_000) return
        said = entries
        warn(`  ${entries} entries checked …`)
      },
    })
    print(values.json ? JSON.stringify(report) : inWords(report))
    return exitCode(report)
  } finally {
    await log.close()
  }
}

export function exitCode({ findings }: VerifyReport): number {
  if (findings.some(({ kind }) => kind !== 'guard')) return 2
  return findings.length > 0 ? 5 : 0
}

/** What was checked, what was found, and what this check cannot exclude. */
export function inWords(report: VerifyReport): string {
  const { workspaces, streams, entries, words, replayed, findings } = report
  const checked = [
    `Checked ${count(entries, 'entry', 'entries')} in ${count(streams, 'stream')} of ${count(workspaces, 'workspace')}:`,
    '  every entry hashes to its receipt, follows the one before it, and says what its columns say;',
    `  ${words.kept} personal texts are the ones committed to, ${words.erased} were erased openly;`,
    ...(replayed ? ['  folding every stream gives exactly the tables that status is counted from;'] : []),
    '  the protections of the log’s tables are in place.',
  ]
  const open = [
    'Not excluded by this check, because nothing outside this database is consulted yet: that the newest entries were cut',
    'off together with their heads, or that the whole database was put back to an older copy. Compare receipts on cards.',
  ]
  const found =
    findings.length === 0 ? ['The log is consistent.'] : [`${findings.length} findings:`, ...listed(findings)]
  return [...(findings.length === 0 ? checked : [checked[0] as string]), ...found, ...open].join('\n')
}

function listed(findings: Finding[]): string[] {
  return (['content', 'view', 'guard'] as const).flatMap((kind) => {
    const of = findings.filter((one) => one.kind === kind)
    const rest = of.length - printed
    return [
      ...of.slice(0, printed).map(({ where, problem }) => `  ${where}: ${problem}`),
      ...(rest > 0 ? [`  and ${rest} more of this kind`] : []),
    ]
  })
}
