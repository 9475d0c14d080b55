// Stops the PostgreSQL of the run and removes its data.
import { rm } from 'node:fs/promises'
import type { EmbeddedServer } from '../../src/store/embedded/server.ts'

export default async function stopServer(): Promise<void> {
  const { countersignTestServer, countersignTestData } = globalThis as unknown as {
    countersignTestServer: EmbeddedServer
    countersignTestData: string
  }
  await countersignTestServer.stop()
  await rm(countersignTestData, { recursive: true, force: true })
}
