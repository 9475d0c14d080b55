// Brings a database's tables up to this program's, and refuses those of a newer one.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as run } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { Instruction } from '../instruction.ts'
import { isConnectionFault } from './driver.ts'

const migrationsFolder = join(import.meta.dirname, '../../db/migrations')
/** Replicas that start together migrate one after another. */
const migrationLock = 4_207_003

/**
 * Migrates a database.
 * @throws Instruction when it cannot be reached or was migrated by a newer Countersign
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await refuseNewer(sql)
    await run(drizzle(sql), { migrationsFolder })
  } catch (error) {
    if (!isConnectionFault(error) && (error as { code?: string }).code !== '28P01') throw error
    throw new Instruction(
      `The database at ${withoutPassword(url)} cannot be used (${(error as Error).message}). Start it, or correct DATABASE_URL.`,
    )
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function refuseNewer(sql: postgres.Sql): Promise<void> {
  const [table] = await sql<
    { there: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as there`
  if (!table?.there) return
  const [newest] = await sql<{ at: string | null }[]>`select max(created_at) as at from drizzle.__drizzle_migrations`
  const journal = JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  if (Number(newest?.at ?? 0) > Math.max(...journal.entries.map(({ when }) => when))) {
    throw new Instruction(
      'This data was written by a newer Countersign. Update this one, or set COUNTERSIGN_DATA_DIR to another directory.',
    )
  }
}

/** An address that can be shown: the user's name stays, the password does not. */
export function withoutPassword(url: string): string {
  return url.replace(/(\/\/[^:/@]+):[^@]*@/, '$1@')
}
