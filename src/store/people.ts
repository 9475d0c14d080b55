// Looking up who an account is, and which workspace an installation belongs to.
import type { Database } from './database.ts'

/** The person behind a platform identity (`slack:T…/U…`, `entra:tenant/oid`, `web:name`); undefined for a stranger. */
export async function personOf(database: Database, workspace: string, identity: string): Promise<string | undefined> {
  const [row] = await database.run(
    ({ sql }) => sql<{ person: string }[]>`
      select person from countersign.identity where workspace = ${workspace} and identity = ${identity}`,
  )
  return row?.person
}

/** The identities of a person, in no order. */
export async function identitiesOf(database: Database, workspace: string, person: string): Promise<string[]> {
  const rows = await database.run(
    ({ sql }) => sql<{ identity: string }[]>`
      select identity from countersign.identity where workspace = ${workspace} and person = ${person} order by identity`,
  )
  return rows.map(({ identity }) => identity)
}

/** The workspace of an installation (`slack:T…`, `entra:…`, `web:local`). */
export async function workspaceOf(database: Database, installation: string): Promise<string | undefined> {
  const [row] = await database.run(
    ({ sql }) => sql<{ workspace: string }[]>`
      select workspace from countersign.installation where installation = ${installation}`,
  )
  return row?.workspace
}
