// The command line: `npm run -s countersign -- COMMAND …`.
import * as draft from './draft.ts'
import { terminal } from './terminal.ts'

const commands: Record<string, { usage: string; run: typeof draft.run }> = { draft }

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
if (command) {
  process.exitCode = await command.run(args, terminal)
} else {
  const known = Object.values(commands).map(({ usage }) => `  npm run -s countersign -- ${usage}`)
  terminal.warn(`${name === 'help' ? '' : `There is no command ${name}. `}Commands:\n${known.join('\n')}`)
  process.exitCode = name === 'help' ? 0 : 2
}
