// One PostgreSQL for the whole run, with a migrated template that each test file copies.
import postgres from 'postgres'
import { startEmbedded } from '../../src/store/embedded/server.ts'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { migrate } from '../../src/store/migrate.ts'

export default async function startServer(): Promise<void> {
  const dataDir = await temporaryDataDir('countersign-test')
  const server = await startEmbedded(dataDir, { asBot: false })
  const maintenance = server.url.replace(/countersign$/, 'postgres')
  const sql = postgres(maintenance, { max: 1, onnotice: () => {} })
  await sql`create database template_countersign`
  await migrate(server.url.replace(/countersign$/, 'template_countersign'))
  // A template must have no connections; durability is tested against servers of their own.
  await sql`alter system set fsync = off`
  await sql`alter system set max_connections = 300`
  await sql`select pg_reload_conf()`
  await sql.end()
  process.env.TEST_DATABASE_URL = maintenance
  Object.assign(globalThis, { countersignTestServer: server, countersignTestData: dataDir })
}
