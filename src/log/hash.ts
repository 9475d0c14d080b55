// The two hashes of the log: of an entry's bytes, and of personal words under a salt.
import { hash } from 'node:crypto'

/**
 * The leaf hash of a body: SHA-256(0x00 ‖ UTF-8 bytes), hex (RFC 6962, section 2.1). A string in and a string out is the
 * fast path of node:crypto.
 */
export function leafHash(body: string): string {
  return hash('sha256', `\0${body}`, 'hex')
}

/** `prev` of a stream's first entry. */
export const noEntry = '0'.repeat(64)

/** The commitment to personal words: SHA-256("declog/commit/v1\0" ‖ salt (32 bytes) ‖ value), hex. */
export function commitmentTo(value: string, salt: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from('declog/commit/v1\0'), salt, Buffer.from(value)]), 'hex')
}
