// Between an event and the bytes of its entry: personal words out, commitments in, and back.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Actor, Authority, type Entry, type Recorded } from '../domain/entry.ts'
import { reviewEvents } from '../domain/event.ts'
import { erased, type Words } from '../domain/words.ts'
import { workspaceEvents } from '../domain/workspace-event.ts'
import { canonical } from './canonical.ts'
import { commitmentTo, leafHash } from './hash.ts'
import { changePersonal } from './personal-fields.ts'

const schemas: Record<string, z.ZodType> = { ...reviewEvents, ...workspaceEvents }
const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/** Everything of an entry but its data, as version 1 of the body writes it. */
const Envelope = z.strictObject({
  v: z.literal(1),
  /** The log's origin: the workspace. */
  log: z.string().min(1).max(200),
  id: z.uuid(),
  stream: z.string().min(1).max(200),
  seq: z.int().positive(),
  /** Leaf hash of the stream's entry before; 64 zeros first. */
  prev: Hash,
  type: z.string(),
  at: z.iso.datetime(),
  /** Key of the command that made the entry. */
  command: Hash,
  actor: Actor,
  authority: Authority.optional(),
  /** The program and catalogue that wrote it. */
  source: z.string().max(120),
  data: z.unknown(),
})

export type Placed = Pick<
  z.infer<typeof Envelope>,
  'log' | 'id' | 'stream' | 'seq' | 'prev' | 'at' | 'command' | 'source'
>

/** Personal words, stored apart from the body under their commitment. */
interface Secret {
  commitment: string
  salt: Buffer
  value: string
}

export interface Encoded {
  entry: Entry
  body: string
  secrets: Secret[]
}

/**
 * Writes an event down: validates it strictly, swaps personal words for salted commitments, and takes the canonical bytes.
 * @throws ZodError when the event is not one of the domain's; RangeError when it cannot be written exactly
 */
export function encode(event: Recorded, placed: Placed): Encoded {
  const { type, data, actor, authority } = event
  const checked = schemaOf(type).parse(data)
  const secrets: Secret[] = []
  const open = changePersonal(schemaOf(type), checked, (words) => {
    if (typeof words !== 'string') throw new RangeError(`${type} carries erased words; they cannot be written again`)
    const salt = randomBytes(32)
    const commitment = commitmentTo(words, salt)
    secrets.push({ commitment, salt, value: words })
    return { commitment }
  })
  const body = canonical(Envelope.parse({ v: 1, ...placed, type, actor, authority, data: open }))
  const { seq, at } = placed
  const entry = { type, data: checked, seq, at, actor, authority, receipt: leafHash(body) } as Entry
  return { entry, body, secrets }
}

/** The envelope of a body, with the data still closed. */
export function envelopeOf(body: string): z.infer<typeof Envelope> {
  return Envelope.parse(JSON.parse(body))
}

const Commitment = z.strictObject({ commitment: Hash })

/** The commitments an entry's body holds. */
export function commitmentsIn(body: string): string[] {
  const { type, data } = envelopeOf(body)
  const found: string[] = []
  changePersonal(schemaOf(type), data, (field) => found.push(Commitment.parse(field).commitment))
  return found
}

/**
 * Reads an entry back.
 * @param reveal the words behind a commitment, or undefined once they were erased
 * @throws ZodError when the body is not what version 1 writes
 */
export function decode(body: string, reveal: (commitment: string) => string | undefined): Entry {
  const { type, data, seq, at, actor, authority } = envelopeOf(body)
  const open = changePersonal(schemaOf(type), data, (field): Words => {
    return reveal(Commitment.parse(field).commitment) ?? erased
  })
  return { type, data: schemaOf(type).parse(open), seq, at, actor, authority, receipt: leafHash(body) } as Entry
}

function schemaOf(type: string): z.ZodType {
  const schema = schemas[type]
  if (!schema) throw new RangeError(`${type} is not an event of this version; a newer Countersign may have written it`)
  return schema
}
