// Where a command writes: results to standard output, remarks and errors to standard error.

export interface Terminal {
  print(text: string): void
  warn(text: string): void
}

export const terminal: Terminal = {
  print: (text) => process.stdout.write(`${text}\n`),
  warn: (text) => process.stderr.write(`${text}\n`),
}
