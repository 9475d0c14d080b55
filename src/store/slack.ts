// What the Slack surface keeps: sealed installations and uploaded pictures.
import type { Database } from './database.ts'

export interface SealedInstallation {
  sealed: Buffer
  /** Which secret key it was sealed with. */
  keyId: string
}

/** @param key the team's or organisation's id */
export async function sealedInstallation(database: Database, key: string): Promise<SealedInstallation | undefined> {
  const [row] = await database.run(
    ({ sql }) => sql<SealedInstallation[]>`
      select sealed, key_id as "keyId" from countersign.slack_installation where key = ${key}`,
  )
  return row
}

/** Puts an installation in the place of the one that stands under this key. */
export async function putSealedInstallation(
  database: Database,
  key: string,
  { sealed, keyId }: SealedInstallation,
): Promise<void> {
  await database.run(
    ({ sql }) => sql`
      insert into countersign.slack_installation (key, sealed, key_id) values (${key}, ${sealed}, ${keyId})
      on conflict (key) do update set (sealed, key_id, updated_at) = (excluded.sealed, excluded.key_id, now())`,
  )
}

export async function removeInstallation(database: Database, key: string): Promise<void> {
  await database.run(({ sql }) => sql`delete from countersign.slack_installation where key = ${key}`)
}

/**
 * The file a team's Slack holds of a picture, by what it shows.
 * @param contentHash SHA-256 in hex
 */
export async function slackFileOf(database: Database, team: string, contentHash: string): Promise<string | undefined> {
  const [row] = await database.run(
    ({ sql }) => sql<{ file: string }[]>`
      select file from countersign.slack_file where team = ${team} and content_hash = decode(${contentHash}, 'hex')`,
  )
  return row?.file
}

/** Remembers a file; of two that were uploaded at the same time, the newer stays. */
export async function noteSlackFile(
  database: Database,
  team: string,
  contentHash: string,
  file: string,
): Promise<void> {
  await database.run(
    ({ sql }) => sql`
      insert into countersign.slack_file (team, content_hash, file) values (${team}, decode(${contentHash}, 'hex'), ${file})
      on conflict (team, content_hash) do update set file = excluded.file`,
  )
}
