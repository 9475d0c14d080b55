// The command line: `npm run -s countersign -- COMMAND …`.
import { Instruction } from '../instruction.ts'
import * as demo from './demo.ts'
import * as draft from './draft.ts'
import * as evaluation from './eval.ts'
import { terminal } from './terminal.ts'
import * as verify from './verify.ts'

const commands: Record<string, { usage: string; run: typeof draft.run }> = { demo, draft, eval: evaluation, verify }

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
if (command) {
  process.exitCode = await command.run(args, terminal).catch((error: Error & { code?: string }) => {
    const theirs = error instanceof Instruction || error.code?.startsWith('ERR_PARSE_ARGS')
    terminal.warn(theirs ? error.message : (error.stack ?? error.message))
    return theirs ? 2 : 1
  })
} else {
  const known = Object.values(commands).map(({ usage }) => `  npm run -s countersign -- ${usage}`)
  terminal.warn(`${name === 'help' ? '' : `There is no command ${name}. `}Commands:\n${known.join('\n')}`)
  process.exitCode = name === 'help' ? 0 : 2
}
