// Writes what is derived from a stream beside it, in the same transaction. All of it can be built again from the log.
import type { ReservedSql, Sql } from 'postgres'
import { type ReviewRows, reviewRows, threatRow, type WorkspaceRows, workspaceRows } from '../domain/read-model.ts'
import type { Review } from '../domain/review.ts'
import type { Workspace } from '../domain/workspace.ts'

type Connection = Sql | ReservedSql
/** Sent together with the other statements of a commit, so a list of them costs one round trip. */
type Statements = PromiseLike<unknown>[]

/** `::text::jsonb` keeps the driver from encoding the text as JSON a second time. */
const json = (rows: object): string => JSON.stringify(rows)

/** The rows of a review that a change touched: threats are compared by identity, since states are never changed in place. */
export function writeReview(sql: Connection, workspace: string, before: Review | undefined, after: Review): Statements {
  const changed = Object.values(after.threats).filter((threat) => before?.threats[threat.id] !== threat)
  const { review, questions } = reviewRows(workspace, after)
  const threats = changed.map((threat) => threatRow(workspace, after, threat))
  const former = before ? reviewRows(workspace, before).questions : []
  const statements: Statements = [upsertReview(sql, review)]
  if (threats.length > 0) statements.push(upsertThreats(sql, threats))
  if (json(former) !== json(questions)) statements.push(...replaceQuestions(sql, workspace, after.id, questions))
  return statements
}

function upsertReview(sql: Connection, row: ReviewRows['review']) {
  return sql`
    insert into countersign.review select * from jsonb_populate_record(null::countersign.review, ${json(row)}::text::jsonb)
    on conflict (workspace, review) do update set
      (name, iteration, stage, signed_off_at, signed_off_by, seq) =
      (excluded.name, excluded.iteration, excluded.stage, excluded.signed_off_at, excluded.signed_off_by, excluded.seq)`
}

function upsertThreats(sql: Connection, rows: ReviewRows['threats']) {
  return sql`
    insert into countersign.threat
    select * from jsonb_populate_recordset(null::countersign.threat, ${json(rows)}::text::jsonb)
    on conflict (workspace, review, threat) do update set
      (position, title, area, severity, deciding_severity, status, watched, conditional, owner, treatment, proposer,
       signed_slots, signed_by, waiting_since, decided_at, due, expires, doer, evidenced_by, verified) =
      (excluded.position, excluded.title, excluded.area, excluded.severity, excluded.deciding_severity, excluded.status,
       excluded.watched, excluded.conditional, excluded.owner, excluded.treatment, excluded.proposer,
       excluded.signed_slots, excluded.signed_by, excluded.waiting_since, excluded.decided_at, excluded.due,
       excluded.expires, excluded.doer, excluded.evidenced_by, excluded.verified)`
}

function replaceQuestions(
  sql: Connection,
  workspace: string,
  review: string,
  rows: ReviewRows['questions'],
): Statements {
  return [
    sql`delete from countersign.open_question where workspace = ${workspace} and review = ${review}`,
    sql`
      insert into countersign.open_question
      select * from jsonb_populate_recordset(null::countersign.open_question, ${json(rows)}::text::jsonb)`,
  ]
}

/** The rows of the workspace; it changes rarely, so all of them are written again. */
export function writeWorkspace(sql: Connection, workspace: string, after: Workspace): Statements {
  const rows: WorkspaceRows = workspaceRows(workspace, after)
  return [
    sql`delete from countersign.person where workspace = ${workspace}`,
    sql`delete from countersign.identity where workspace = ${workspace}`,
    sql`delete from countersign.policy_rule where workspace = ${workspace}`,
    sql`delete from countersign.installation where workspace = ${workspace}`,
    sql`
      insert into countersign.installation
      select * from jsonb_populate_recordset(null::countersign.installation, ${json(rows.installations)}::text::jsonb)`,
    sql`
      insert into countersign.person
      select * from jsonb_populate_recordset(null::countersign.person, ${json(rows.people)}::text::jsonb)`,
    sql`
      insert into countersign.identity
      select * from jsonb_populate_recordset(null::countersign.identity, ${json(rows.identities)}::text::jsonb)`,
    sql`
      insert into countersign.policy_rule
      select * from jsonb_populate_recordset(null::countersign.policy_rule, ${json(rows.rules)}::text::jsonb)`,
  ]
}
