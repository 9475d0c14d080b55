// Opens the database for a command that only reads; the bot may run beside it.
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { startEmbedded } from '../store/embedded/server.ts'

export interface OpenLog {
  url: string
  close(): Promise<void>
}

/** @throws Instruction when there is no data yet */
export async function openLog(): Promise<OpenLog> {
  const { databaseUrl, dataDir } = readConfig(process.env, join(import.meta.dirname, '../..'))
  if (databaseUrl !== undefined) return { url: databaseUrl, close: async () => {} }
  const server = await startEmbedded(dataDir, { asBot: false, create: false })
  return { url: server.url, close: server.stop }
}
