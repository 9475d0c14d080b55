// What the program logs: one JSON line each, a fixed message with structured fields, never tokens, prompts or answers.

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

/** @param write takes one line without its line break */
export function jsonLog(write: (line: string) => void): Log {
  const line =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      const plain = Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? inWords(value) : value])
      write(JSON.stringify({ at: new Date().toISOString(), level, message, ...Object.fromEntries(plain) }))
    }
  return { info: line('info'), warn: line('warn'), error: line('error') }
}

/** Errors whose message repeats what they failed on, which people may have written. */
const quoting = ['SyntaxError', 'ZodError', 'PostgresError', 'DrizzleQueryError']

/** Name, code and place of an error; its message only where it cannot quote what people wrote. */
function inWords(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error
  const frames = stack
    ?.split('\n')
    .filter((frame) => frame.startsWith('    at '))
    .slice(0, 8)
  return {
    name,
    code: (error as { code?: unknown }).code,
    ...(quoting.includes(name) ? {} : { message }),
    frames,
    ...(cause instanceof Error ? { cause: inWords(cause) } : {}),
  }
}
