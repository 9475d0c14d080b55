// The composition root of the bot: settings, database, messages, web chat; and an orderly end.
import { join } from 'node:path'
import { readConfig } from './config.ts'
import { startDelivery } from './delivery/sweeper.ts'
import { Instruction } from './instruction.ts'
import { startJobs } from './jobs/lapses.ts'
import { jsonLog } from './log-lines.ts'
import type { App } from './reviews/app.ts'
import { localWorkspace } from './reviews/local-workspace.ts'
import { withoutPassword } from './store/migrate.ts'
import { openStore } from './store/open-store.ts'
import { source } from './version.ts'
import { serveWebChat } from './web/server.ts'
import { webSurface } from './web/surface.ts'

const log = jsonLog((line) => process.stderr.write(`${line}\n`))
const say = (line: string) => process.stdout.write(`${line}\n`)

async function start(): Promise<() => Promise<void>> {
  const config = readConfig(process.env, join(import.meta.dirname, '..'))
  const opened = await openStore({ ...config, source, asBot: true })
  const closing: (() => Promise<void>)[] = [opened.close]
  const close = async () => {
    for (const one of closing.toReversed()) await one()
  }
  try {
    const jobs = await startJobs(opened.url, log)
    closing.push(jobs.stop)
    const app: App = {
      store: { ...opened.store, sendJobs: jobs.send },
      log,
      now: () => new Date().toISOString(),
      committed: (...of) => delivery.soon(...of),
    }
    const delivery = startDelivery(app, { web: webSurface(opened.store.database) })
    closing.push(delivery.stop)
    await jobs.work(app)
    const workspace = await localWorkspace(app)
    const web = await serveWebChat(app, workspace, config.port)
    closing.push(web.close)
    if (opened.remark) say(opened.remark)
    say(`Countersign runs. Open ${web.address}`)
    say(
      `  database   ${config.databaseUrl ? withoutPassword(config.databaseUrl) : `embedded PostgreSQL in ${config.dataDir}`}`,
    )
    say('  drafting   the catalogue alone; no model is connected')
    say('  web chat   for this machine only')
    say('Ctrl-C stops it.')
  } catch (error) {
    await close()
    throw error
  }
  return close
}

try {
  const close = await start()
  let ending = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // npm passes Ctrl-C on to a program that got it already: the second one changes nothing.
      if (ending) return
      ending = true
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('stopping failed', { error })
          process.exit(1)
        },
      )
    })
  }
} catch (error) {
  if (error instanceof Instruction) process.stderr.write(`${error.message}\n`)
  else log.error('starting failed', { error })
  process.exit(1)
}
