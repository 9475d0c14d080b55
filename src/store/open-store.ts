// Opens the store: a PostgreSQL of one's own or the embedded one, its tables brought up to date.
import { openDatabase } from './database.ts'
import { startEmbedded } from './embedded/server.ts'
import { foldCache } from './folded.ts'
import { migrate, withoutPassword } from './migrate.ts'
import type { Store } from './transact.ts'

export interface OpenStore {
  store: Store
  url: string
  /** Where the data is, as it can be shown: no password. */
  where: string
  /** What the person who started it should know, in one line. */
  remark: string | undefined
  close(): Promise<void>
}

export interface StoreSettings {
  databaseUrl: string | undefined
  dataDir: string
  /** The program and catalogue, as every entry names them. */
  source: string
  /** Whether this process is the one bot of its data directory; a command line beside it is not. */
  asBot: boolean
}

/** @throws Instruction when the database cannot be used, saying what to do */
export async function openStore({ databaseUrl, dataDir, source, asBot }: StoreSettings): Promise<OpenStore> {
  const server = databaseUrl === undefined ? await startEmbedded(dataDir, { asBot }) : undefined
  const url = server?.url ?? (databaseUrl as string)
  try {
    await migrate(url)
  } catch (error) {
    await server?.stop()
    throw error
  }
  const database = openDatabase(url)
  return {
    store: { database, cache: foldCache(), source },
    url,
    where: server ? `embedded PostgreSQL in ${server.directory}` : withoutPassword(url),
    remark: server?.remark,
    async close() {
      await database.close()
      await server?.stop()
    },
  }
}
