// Folds the log and compares what it says with the tables derived from it.
import type { TransactionSql } from 'postgres'
import { reviewRows, workspaceRows } from '../domain/read-model.ts'
import { reviewStream, workspaceStream } from './folded.ts'
import { refold } from './open-stream.ts'

/** The tables of a review that differ from the fold of its stream. */
export async function compareReview(tx: TransactionSql, workspace: string, review: string): Promise<string[]> {
  const folded = await refold(tx, { workspace, stream: reviewStream(review) })
  if (!folded.review) return ['review']
  const { review: row, threats, questions } = reviewRows(workspace, folded.review)
  const differing = [
    await differs(tx, 'review', [row], workspace, review),
    await differs(tx, 'threat', threats, workspace, review),
    await differs(tx, 'open_question', questions, workspace, review),
  ]
  return differing.flat()
}

/** The tables of a workspace that differ from the fold of its stream. */
export async function compareWorkspace(tx: TransactionSql, workspace: string): Promise<string[]> {
  const folded = await refold(tx, { workspace, stream: workspaceStream })
  const { people, identities, installations, rules } = workspaceRows(workspace, folded.workspace)
  const differing = [
    await differs(tx, 'person', people, workspace),
    await differs(tx, 'identity', identities, workspace),
    await differs(tx, 'installation', installations, workspace),
    await differs(tx, 'policy_rule', rules, workspace),
  ]
  return differing.flat()
}

/** The table's name when its rows are not exactly these; the server compares, so both sides have the table's own types. */
async function differs(
  tx: TransactionSql,
  table: string,
  rows: object[],
  workspace: string,
  review?: string,
): Promise<string[]> {
  const name = tx(`countersign.${table}`)
  const only = review === undefined ? tx`` : tx`and review = ${review}`
  const expected = tx`
    select to_jsonb(r) from jsonb_populate_recordset(null::${name}, ${JSON.stringify(rows)}::text::jsonb) r`
  const actual = tx`select to_jsonb(r) from ${name} r where workspace = ${workspace} ${only}`
  const found = await tx`(${expected} except all ${actual}) union all (${actual} except all ${expected})`
  return found.length > 0 ? [table] : []
}
