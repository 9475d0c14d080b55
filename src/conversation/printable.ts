// Text of people and models as a platform can hold it, whole or within a limit.

/** Half characters and control characters stand as the sign for an unknown character. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\v\f\u0085]/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '\uFFFD')
}

/**
 * Cuts text that is too long in two, after a word where one ends in the second half, never within a character.
 * @param limit at least 2
 */
export function cut(text: string, limit: number): [head: string, rest: string] {
  if (text.length <= limit) return [text, '']
  let at = limit
  while (at > limit / 2 && !/\s/.test(text.charAt(at - 1))) at -= 1
  if (at <= limit / 2) at = withinCharacter(text, limit) ? limit - 1 : limit
  return [text.slice(0, at), text.slice(at)]
}

/** Text in pieces that each fit; together they are the text. */
export function pieces(text: string, limit: number): string[] {
  const [head, rest] = cut(text, limit)
  return rest === '' ? [head] : [head, ...pieces(rest, limit)]
}

/** Text within a limit; what is left out is marked. For where the whole text stands elsewhere too. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, withinCharacter(text, limit - 1) ? limit - 2 : limit - 1)}…`
}

/** Whether a cut here would leave half a character on each side. */
function withinCharacter(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff
}
