// What a typed message asks for: a command, or words.

export type Intent =
  | { kind: 'help' | 'status' | 'mine' | 'settings' | 'stop' | 'resume' }
  | { kind: 'start'; words: string }
  | { kind: 'link'; code: string }
  | { kind: 'say'; words: string }

const commands =
  /^\s*\/?(?:countersign\b)?\s*(help|status|mine|settings|start|stop|pause|resume|continue|link)\b[\s:,.!]*(.*)$/is

/** Reads a message; `start …` carries the description that follows it. */
export function understand(message: string): Intent {
  const [, verb, rest = ''] = commands.exec(message) ?? []
  const words = rest.trim()
  switch (verb?.toLowerCase()) {
    case 'start':
      return { kind: 'start', words }
    case 'help':
    case 'status':
    case 'mine':
    case 'settings':
      // "status of the budget is bad" is not a command.
      return words === '' ? { kind: verb.toLowerCase() as 'help' } : { kind: 'say', words: message.trim() }
    case 'link':
      // “link the wiki to the bot” is not a command.
      return words === '' || isCode(words) ? { kind: 'link', code: words } : { kind: 'say', words: message.trim() }
    case 'stop':
    case 'pause':
      return words === '' ? { kind: 'stop' } : { kind: 'say', words: message.trim() }
    case 'resume':
    case 'continue':
      return words === '' ? { kind: 'resume' } : { kind: 'say', words: message.trim() }
    default:
      return { kind: 'say', words: message.trim() }
  }
}

/** A code as it is shown: two times five letters and digits. */
function isCode(words: string): boolean {
  return /^[A-Z0-9]{5}-?[A-Z0-9]{5}$/i.test(words)
}

/** Whether words describe something being built, rather than ask something or greet. */
export function describesFeature(words: string): boolean {
  return !words.endsWith('?') && words.split(/\s+/).length >= 5
}
