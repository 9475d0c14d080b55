// Checks the entries of a log against each other: hashes, places, links, times.
import { envelopeOf } from './codec.ts'
import { leafHash, noEntry } from './hash.ts'

/** An entry as the table holds it. */
export interface StoredEntry {
  workspace: string
  id: string
  stream: string
  seq: number
  type: string
  body: string
  /** hex */
  leafHash: string
}

type Finding = { stream: string; seq: number; problem: string }

export interface StreamCheck {
  entries: number
  head: { seq: number; hash: string }
  findings: Finding[]
}

/** How far an entry's time may lie before that of the entry it follows: the clocks of two replicas differ. */
const clockSlackMs = 300_000

/**
 * Walks one stream in order and reports everything wrong with it, not just the first thing: an entry changed after the
 * fact, one missing or out of place, columns that say other than the body, times that run backwards.
 */
export function checkStream(stored: Iterable<StoredEntry>): StreamCheck {
  const findings: Finding[] = []
  const head = { seq: 0, hash: noEntry }
  let entries = 0
  let lastAt = Number.NEGATIVE_INFINITY
  for (const one of stored) {
    entries += 1
    const found = (problem: string) => findings.push({ stream: one.stream, seq: one.seq, problem })
    const computed = leafHash(one.body)
    if (computed !== one.leafHash)
      found('its bytes are not the ones its hash was taken of: it was changed after the fact')
    if (one.seq !== head.seq + 1)
      found(`it follows ${head.seq}: ${one.seq > head.seq ? 'entries are missing' : 'it stands twice'}`)
    try {
      const { log, stream, seq, id, type, prev, at } = envelopeOf(one.body)
      const same =
        log === one.workspace && stream === one.stream && seq === one.seq && id === one.id && type === one.type
      if (!same) found('its columns say other than its body')
      if (prev !== head.hash) found('it does not link to the entry before it')
      if (Date.parse(at) < lastAt - clockSlackMs) found('its time lies before that of the entry it follows')
      lastAt = Math.max(lastAt, Date.parse(at))
    } catch (error) {
      found(`its body cannot be read: ${String(error).split('\n')[0]}`)
    }
    head.seq = one.seq
    head.hash = computed
  }
  return { entries, head, findings }
}
