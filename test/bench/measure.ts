// Times, and how a bench prints them: always beside a bare reference of the same run.
import { styleText } from 'node:util'

/** The middle of some numbers. */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds something takes. */
export async function timed(work: () => unknown): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/**
 * Medians, in milliseconds, of pieces of work that take turns: what slows the machine down for a while slows all of them.
 * @param turns how often each gets its turn; the first tenth warms up and is not counted
 */
export async function takingTurns<K extends string>(
  turns: number,
  work: Record<K, (turn: number) => unknown>,
): Promise<Record<K, number>> {
  const names = Object.keys(work) as K[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  for (let turn = 0; turn < turns; turn += 1) {
    for (const name of names) {
      const took = await timed(() => work[name](turn))
      if (turn >= turns / 10) times[name].push(took)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<K, number>
}

export function heading(words: string): void {
  process.stdout.write(`\n${styleText('bold', words)}\n`)
}

export function line(label: string, value: string, remark = ''): void {
  process.stdout.write(`  ${label.padEnd(52)} ${value.padStart(9)}  ${styleText('dim', remark)}\n`)
}

export const ms = (time: number): string => (time < 1 ? `${(time * 1000).toFixed(0)} µs` : `${time.toFixed(1)} ms`)
export const ratio = (of: number, to: number): string => (of / to).toFixed(2)
