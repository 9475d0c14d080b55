// Canonical bytes (RFC 8785) with the border rules of the log: what cannot be written down exactly is refused.
import canonicalize from 'canonicalize'
import { storable } from '../domain/words.ts'

/** The most bytes an entry's body may have, as the table checks it. */
const bodyLimit = 65_535

/**
 * The RFC 8785 form of a body.
 * @throws RangeError on floats, unsafe integers, U+0000, lone surrogates, `undefined` in arrays, or more than 65,535 bytes
 */
export function canonical(body: object): string {
  check(body, '')
  const text = canonicalize(body) as string
  const bytes = Buffer.byteLength(text)
  if (bytes > bodyLimit) throw new RangeError(`the entry has ${bytes} bytes; the log takes ${bodyLimit} at most`)
  return text
}

function check(value: unknown, path: string): void {
  const bad = (what: string) => new RangeError(`${path || 'the body'} holds ${what}, which the log does not take`)
  if (typeof value === 'string') {
    if (!storable(value)) throw bad('U+0000 or a lone surrogate')
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw bad('a number that is no safe integer')
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) check(item, `${path}[${i}]`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) if (item !== undefined) check(item, path ? `${path}.${key}` : key)
  } else if (typeof value !== 'boolean' && value !== null) {
    throw bad(`a ${typeof value}`)
  }
}
