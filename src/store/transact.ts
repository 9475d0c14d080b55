// The append path: one command, one transaction, three round trips, exactly once.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { DomainEvent, Entry, Recorded } from '../domain/entry.ts'
import type { Refusal } from '../domain/refusal.ts'
import { append, encodeAll, type Written } from './append.ts'
import { type Database, onOneConnection, Retryable } from './database.ts'
import { type Connection, isConnectionFault } from './driver.ts'
import { type FoldCache, type Folded, nothingFolded } from './folded.ts'
import { lockStream, type Opened } from './open-stream.ts'

export interface Store {
  database: Database
  cache: FoldCache
  /** The program and catalogue, as every entry names them. */
  source: string
  /** Sends the jobs that new entries ask for, inside their transaction. */
  sendJobs?: (connection: Connection, workspace: string, folded: Folded, entries: Entry[]) => Promise<void>
}

/** What deciding a command gave, and what follows once its entries are folded in. */
export type Step = { events: Recorded<DomainEvent>[]; next?: (folded: Folded) => Step } | { refusal: Refusal }

export interface Request {
  workspace: string
  stream: string
  /** See {@link commandKey}. */
  key: string
  /** Everything the person chose: the same key with another intent is not the same command. */
  intent: unknown
  /** RFC 3339, UTC. */
  at: string
  /** True for the command that begins a stream. */
  begins?: boolean
  decide: (folded: Folded) => Step
  /** Another stream of the workspace, locked before this one, and what is written about it in the same transaction. */
  alongside?: { stream: string; write: (connection: Connection) => Promise<void> }
}

export interface Committed {
  /** The command's entries; on a repetition, those of the first time. */
  entries: Pick<Entry, 'seq' | 'type' | 'receipt'>[]
  folded: Folded
  /** True when this very command was carried out before. */
  repeated: boolean
}
export interface Refused {
  refusal: Refusal
  folded: Folded
}

/**
 * The key of a command: SHA-256 over who, on what, as it stood when they saw it, with which verb. Derived, not drawn: two
 * clicks on one button are one command, and after a change the same button is a new one by itself.
 */
export function commandKey(parts: {
  person: string
  stream: string
  subject: string
  seen: number
  verb: string
}): string {
  const { person, stream, subject, seen, verb } = parts
  return digest([person, stream, subject, seen, verb])
}

function digest(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')
}

/**
 * Carries out one command exactly once: locks its stream, folds what is new, decides, appends entries with read models and
 * jobs, commits. A lost connection is tried again once: the key makes that safe even if the first try did commit.
 * @throws Retryable when the database cannot be reached in time
 */
export async function transact(store: Store, request: Request): Promise<Committed | Refused> {
  const attempt = () => store.database.run((pool) => onOneConnection(pool, (sql) => carryOut(store, sql, request)))
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof Retryable) || !isConnectionFault(error.cause)) throw error
    return await attempt()
  }
}

async function carryOut(store: Store, sql: Connection, request: Request): Promise<Committed | Refused> {
  const { workspace, stream, key } = request
  const command = {
    key,
    intentHash: digest(request.intent),
    begins: request.begins ?? false,
    lockFirst: request.alongside?.stream,
  }
  const opened = await lockStream(store, sql, request, command)
  if (!opened) {
    await sql`rollback`
    return { refusal: { code: 'no_such_thing' }, folded: nothingFolded }
  }
  const { folded: before, known } = opened
  if (known?.sameIntent) {
    await sql`rollback`
    return { entries: known.entries, folded: before, repeated: true }
  }
  const made = known ? { refusal: { code: 'different_intent' as const } } : decideAll(store, request, opened)
  if ('refusal' in made) {
    await sql`rollback`
    return { refusal: made.refusal, folded: before }
  }
  const entries = made.encoded.map(({ entry }) => entry)
  await Promise.all(append(sql, request, before, made, command))
  await store.sendJobs?.(sql, workspace, made.folded, entries)
  await request.alongside?.write(sql)
  await sql`commit`
  store.cache.put(workspace, stream, made.folded)
  return { entries, folded: made.folded, repeated: false }
}

/** Decides step by step: a later step sees the entries of the earlier ones. */
function decideAll(store: Store, request: Request, { headHash, folded }: Opened): Written | { refusal: Refusal } {
  const stamp = { at: request.at, command: request.key, source: store.source }
  let made: Written = { encoded: [], folded }
  let step = request.decide(folded)
  for (;;) {
    if ('refusal' in step) return step
    const from = { headHash: made.encoded.at(-1)?.entry.receipt ?? headHash, folded: made.folded }
    const more = encodeAll(request, from, step.events, stamp)
    made = { encoded: [...made.encoded, ...more.encoded], folded: more.folded }
    if (!step.next) return made
    step = step.next(made.folded)
  }
}
