// Codes by which someone shows that two platform accounts are theirs.
import type { Database } from './database.ts'

export interface Claim {
  /** Whom the code was shown to. */
  person: string
  /** The account that typed it, who it was until now, and the name the platform gives it; null until then. */
  claimant: string | null
  claimedBy: string | null
  claimantName: string | null
}

/** @param codeHash SHA-256 in hex; @param minutes how long it can be used */
export async function putCode(
  database: Database,
  { codeHash, workspace, person, minutes }: { codeHash: string; workspace: string; person: string; minutes: number },
): Promise<void> {
  await database.run(
    ({ sql }) => sql`
      with forgotten as (delete from countersign.identity_code where expires_at < now())
      insert into countersign.identity_code (code_hash, workspace, person, expires_at)
      values (decode(${codeHash}, 'hex'), ${workspace}, ${person}, now() + make_interval(mins => ${minutes}))`,
  )
}

/** Notes who typed a code: the first other account does. @returns whether it was a code that is waiting */
export async function claimCode(
  database: Database,
  codeHash: string,
  { workspace, claimant, claimedBy, claimantName }: Omit<Claim, 'person'> & { workspace: string },
): Promise<boolean> {
  const rows = await database.run(
    ({ sql }) => sql`
      update countersign.identity_code
      set (claimant, claimed_by, claimant_name) = (${claimant}, ${claimedBy}, ${claimantName})
      where code_hash = decode(${codeHash}, 'hex') and workspace = ${workspace} and person <> ${claimedBy}
        and claimed_by is null and expires_at > now()
      returning 1`,
  )
  return rows.length > 0
}

/** What became of a code someone was shown; undefined once it is used or too old. */
export async function claimOf(
  database: Database,
  codeHash: string,
  { workspace, person }: { workspace: string; person: string },
): Promise<Claim | undefined> {
  const [row] = await database.run(
    ({ sql }) => sql<Claim[]>`
      select person, claimant, claimed_by as "claimedBy", claimant_name as "claimantName" from countersign.identity_code
      where code_hash = decode(${codeHash}, 'hex') and workspace = ${workspace} and person = ${person} and expires_at > now()`,
  )
  return row
}

export async function dropCode(database: Database, codeHash: string): Promise<void> {
  await database.run(
    ({ sql }) => sql`delete from countersign.identity_code where code_hash = decode(${codeHash}, 'hex')`,
  )
}

/** Whether no entry speaks of someone, but for those by which they came in. */
export async function isUnused(database: Database, workspace: string, person: string): Promise<boolean> {
  const [row] = await database.run(
    ({ sql }) => sql<{ unused: boolean }[]>`
      select not exists (
        select from declog.entry where workspace = ${workspace} and position(${person} in body) > 0
          and type not in ('identity.linked', 'role.granted', 'role.revoked')
      ) as unused`,
  )
  return row?.unused ?? false
}
