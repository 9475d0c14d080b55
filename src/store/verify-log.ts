// Walks the whole log of a database and says what is wrong with it; with `replay`, also what is derived from it.
import postgres, { type TransactionSql } from 'postgres'
import { checkStream, type StoredEntry } from '../log/chain.ts'
import { commitmentsIn } from '../log/codec.ts'
import { commitmentTo } from '../log/hash.ts'
import { reviewOf, workspaceStream } from './folded.ts'
import { compareReview, compareWorkspace } from './replay.ts'

type FindingKind = 'content' | 'guard' | 'view'
export interface Finding {
  /** `content`: tampered with; `guard`: a protection is off; `view`: derived tables differ from the log. */
  kind: FindingKind
  where: string
  problem: string
}

export interface VerifyReport {
  workspaces: number
  streams: number
  entries: number
  words: { kept: number; erased: number }
  replayed: boolean
  findings: Finding[]
}

/**
 * Verifies in one snapshot, reading only.
 * @param url of the database; its bot may go on meanwhile
 * @param progress called now and then with how many entries were checked
 */
export async function verifyLog(
  url: string,
  { replay, progress }: { replay: boolean; progress: (entries: number) => void },
): Promise<VerifyReport> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'countersign verify' } })
  try {
    return (await sql.begin('isolation level repeatable read read only', (tx) =>
      verify(tx, replay, progress),
    )) as VerifyReport
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function verify(tx: TransactionSql, replay: boolean, progress: (entries: number) => void): Promise<VerifyReport> {
  const report: VerifyReport = {
    workspaces: 0,
    streams: 0,
    entries: 0,
    words: { kept: 0, erased: 0 },
    replayed: replay,
    findings: [],
  }
  const workspaces = new Set<string>()
  for await (const entries of streamsOf(tx)) {
    const [first] = entries as [StoredEntry]
    const { workspace, stream } = first
    const check = checkStream(entries)
    workspaces.add(workspace)
    report.streams += 1
    report.entries += check.entries
    for (const { seq, problem } of check.findings)
      report.findings.push({ kind: 'content', where: `${stream} #${seq}`, problem })
    await checkHead(tx, workspace, stream, check.head, report)
    await checkWords(tx, workspace, stream, entries, report)
    if (replay && check.findings.length === 0) {
      const differing =
        stream === workspaceStream
          ? await compareWorkspace(tx, workspace)
          : await compareReview(tx, workspace, reviewOf(stream))
      for (const table of differing) {
        report.findings.push({
          kind: 'view',
          where: `${stream}, table ${table}`,
          problem: 'it says other than the log',
        })
      }
    }
    progress(report.entries)
  }
  report.workspaces = workspaces.size
  report.findings.push(...(await emptiedStreams(tx)), ...(await guards(tx)))
  return report
}

/** How many entries are read at a time. */
const batchSize = 5_000

/** Every stream with its entries in order, a batch at a time in memory. */
async function* streamsOf(tx: TransactionSql): AsyncGenerator<StoredEntry[]> {
  let held: StoredEntry[] = []
  let last: Pick<StoredEntry, 'workspace' | 'stream' | 'seq'> = { workspace: '', stream: '', seq: 0 }
  for (;;) {
    const batch = await tx<StoredEntry[]>`
      select workspace, entry_id as id, stream, seq::int, type, body, encode(leaf_hash, 'hex') as "leafHash"
      from declog.entry where (workspace, stream, seq) > (${last.workspace}, ${last.stream}, ${last.seq})
      order by workspace, stream, seq limit ${batchSize}`
    for (const row of batch) {
      const [first] = held
      if (first && (first.workspace !== row.workspace || first.stream !== row.stream)) {
        yield held
        held = []
      }
      held.push(row)
    }
    const newest = batch.at(-1)
    if (!newest) break
    last = newest
  }
  if (held.length > 0) yield held
}

async function checkHead(
  tx: TransactionSql,
  workspace: string,
  stream: string,
  { seq, hash }: { seq: number; hash: string },
  { findings }: VerifyReport,
): Promise<void> {
  const [head] = await tx<{ same: boolean }[]>`
    select head_seq = ${seq} and head_hash = decode(${hash}, 'hex') as same
    from declog.head where workspace = ${workspace} and stream = ${stream}`
  if (head?.same) return
  findings.push({
    kind: 'content',
    where: stream,
    problem: 'its last entry is not the one its head names: entries are missing at the end',
  })
}

/** Words that are kept must be the ones the entry committed to; words that are gone must have been erased openly. */
async function checkWords(
  tx: TransactionSql,
  workspace: string,
  stream: string,
  entries: StoredEntry[],
  { words, findings }: VerifyReport,
): Promise<void> {
  const rows = await tx<{ commitment: string; salt: Buffer | null; value: string | null; erased: boolean }[]>`
    select encode(commitment, 'hex') as commitment, salt, value, erased_at is not null as erased
    from declog.private where workspace = ${workspace} and stream = ${stream}`
  const held = new Map(rows.map((row) => [row.commitment, row]))
  for (const { seq, body } of entries) {
    const found = (problem: string) => findings.push({ kind: 'content', where: `${stream} #${seq}`, problem })
    for (const commitment of commitmentsOf(body)) {
      const row = held.get(commitment)
      if (row?.erased && row.value === null) words.erased += 1
      else if (!row || row.value === null || row.salt === null)
        found('the words it committed to are gone, and no erasure says so')
      else if (commitmentTo(row.value, row.salt) !== commitment) found('its words were changed after the fact')
      else words.kept += 1
    }
  }
}

function commitmentsOf(body: string): string[] {
  try {
    return commitmentsIn(body)
  } catch {
    // An unreadable body is a finding of its own already.
    return []
  }
}

/** A head without entries: everything in it was removed. */
async function emptiedStreams(tx: TransactionSql): Promise<Finding[]> {
  const rows = await tx<{ stream: string }[]>`
    select stream from declog.head h where head_seq > 0 and not exists (
      select from declog.entry e where e.workspace = h.workspace and e.stream = h.stream)`
  return rows.map(({ stream }) => ({ kind: 'content', where: stream, problem: 'all its entries are missing' }))
}

const expectedTriggers: Record<string, string[]> = {
  entry: ['take_entry', 'no_change', 'no_truncate'],
  command: ['no_change', 'no_truncate'],
  private: ['only_erase', 'no_delete', 'no_truncate'],
}

/** The protections of the log that are missing, disabled or replaced. */
async function guards(tx: TransactionSql): Promise<Finding[]> {
  const rows = await tx<{ guard: string }[]>`
    select c.relname || '.' || t.tgname as guard from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'declog'::regnamespace and t.tgenabled = 'A'`
  const on = new Set(rows.map(({ guard }) => guard))
  const off = Object.entries(expectedTriggers).flatMap(([table, names]) =>
    names.map((name) => `${table}.${name}`).filter((one) => !on.has(one)),
  )
  const [clock] = await tx<{ own: boolean }[]>`
    select prosrc = 'SELECT clock_timestamp()' as own from pg_proc
    where pronamespace = 'declog'::regnamespace and proname = 'now'`
  return [
    ...off.map(
      (guard): Finding => ({ kind: 'guard', where: `declog.${guard}`, problem: 'this protection is off or missing' }),
    ),
    ...(clock?.own
      ? []
      : [{ kind: 'guard', where: 'declog.now', problem: 'the clock of the log was replaced' } satisfies Finding]),
  ]
}
