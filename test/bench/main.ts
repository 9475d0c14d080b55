// `npm run bench`: ratios against bare references measured in the same run, on a server that writes to disk for real.
import { rm } from 'node:fs/promises'
import postgres from 'postgres'
import { startEmbedded } from '../../src/store/embedded/server.ts'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { migrate } from '../../src/store/migrate.ts'
import { benchClicks } from './click.ts'
import { benchDrafts } from './draft.ts'
import { benchSlack } from './slack.ts'
import { benchStarts } from './start.ts'

const dataDir = await temporaryDataDir('countersign-bench')
const server = await startEmbedded(dataDir, { asBot: false })
try {
  const newDatabase = async (name: string) => {
    const sql = postgres(server.url, { max: 1, onnotice: () => {} })
    await sql.unsafe(`create database ${name}`)
    await sql.end()
    const url = server.url.replace(/countersign$/, name)
    await migrate(url)
    return url
  }
  await benchClicks(newDatabase)
  await benchSlack(newDatabase)
  await benchDrafts()
  await benchStarts()
} finally {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
}
