// Child processes that run the program's own TypeScript, spoken to line by line.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Child {
  process: ChildProcess
  /** The next line the child prints that holds this text; fails when it ends first. */
  line(text: string): Promise<string>
  send(line: string): void
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  /** Everything it printed to either stream. */
  output(): string
}

const root = join(import.meta.dirname, '../..')
const running = new Set<ChildProcess>()

/** Starts a script of the repository under the same Node. */
export function startScript(script: string, args: string[] = [], env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const hear = (line: string) => {
    lines.push(line)
    for (const look of waiting) look()
  }
  createInterface({ input: child.stdout }).on('line', hear)
  createInterface({ input: child.stderr }).on('line', hear)
  let seen = 0
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child)
      resolve(signal ?? code ?? 0)
    })
  })
  return {
    process: child,
    ended,
    output: () => lines.join('\n'),
    send: (line) => child.stdin.write(`${line}\n`),
    line: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const at = lines.findIndex((line, i) => i >= seen && line.includes(text))
          if (at === -1) return
          seen = at + 1
          waiting.delete(look)
          resolve(lines[at] as string)
        }
        waiting.add(look)
        look()
        void ended.then((code) =>
          reject(new Error(`the child ended with ${code} before “${text}”:\n${lines.join('\n')}`)),
        )
      }),
  }
}

/** Ends every child that a failed test left behind. */
export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL')
}
