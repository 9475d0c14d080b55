// The composition root of the bot: settings, database, messages, web chat; and an orderly end.
import { join } from 'node:path'
import { readConfig } from './config.ts'
import { startDelivery } from './delivery/sweeper.ts'
import { Instruction } from './instruction.ts'
import { startJobs } from './jobs/lapses.ts'
import { jsonLog } from './log-lines.ts'
import { publicListener } from './public.ts'
import type { App } from './reviews/app.ts'
import { localWorkspace } from './reviews/local-workspace.ts'
import { oneWorkspace } from './reviews/one-workspace.ts'
import { connectSlack } from './slack/connect.ts'
import { surviveDriverFaults } from './store/database.ts'
import { openStore } from './store/open-store.ts'
import { connectTeams } from './teams/connect.ts'
import { source } from './version.ts'
import { serveWebChat } from './web/server.ts'
import { webSurface } from './web/surface.ts'

const log = jsonLog((line) => process.stderr.write(`${line}\n`))
const say = (line: string) => process.stdout.write(`${line}\n`)

/** What has to be closed, in the order it was opened. */
const open: (() => Promise<void>)[] = []
let ending = false

async function end(code: number): Promise<void> {
  // npm passes Ctrl-C on to a program that got it already: the second one changes nothing.
  if (ending) return
  ending = true
  for (const close of open.toReversed()) {
    await close().catch((error: unknown) => log.error('something did not close', { error }))
  }
  process.exit(code)
}

async function start(): Promise<void> {
  const config = readConfig(process.env, join(import.meta.dirname, '..'))
  const opened = await openStore({ ...config, source, asBot: true })
  open.push(opened.close)
  surviveDriverFaults(opened.store.database, (error) => {
    log.error('a fault nobody caught', { error })
    process.exit(1)
  })
  const jobs = await startJobs(opened.url, log)
  open.push(jobs.stop)
  const store = { ...opened.store, sendJobs: jobs.send }
  const app: App = { store, log, now: () => new Date().toISOString(), committed: (...of) => delivery.soon(...of) }
  const outside = publicListener()
  const slack = config.slack && connectSlack(app, config.slack, outside.routes)
  const teams = config.teams && connectTeams(app, config.teams, outside.routes)
  const delivery = startDelivery(app, {
    web: webSurface(store.database),
    ...(slack ? { slack: slack.surface } : {}),
    ...(teams ? { teams: teams.surface } : {}),
  })
  open.push(delivery.stop)
  await jobs.work(app)
  const web = await serveWebChat(app, await localWorkspace(app), config.port)
  open.push(web.close)
  if (slack) {
    await slack.start()
    open.push(slack.stop)
  }
  const team = slack?.installed()
  const apart = team && teams ? !(await oneWorkspace(app, [team, teams.installed])) : false
  if (teams) {
    teams.start()
    open.push(teams.stop)
  }
  const overHttp = teams !== undefined || (config.slack && config.slack.mode !== 'socket')
  const onlyHere = config.teams?.mode === 'playground' ? '127.0.0.1' : undefined
  const listening = overHttp ? await outside.listen(config.publicPort, onlyHere) : undefined
  if (listening) open.push(listening.close)
  if (opened.remark) say(opened.remark)
  say(`Countersign runs. Open ${web.address}`)
  say(`  database   ${opened.where}`)
  say(`  Slack      ${slack?.describe() ?? 'not configured: see the README'}`)
  say(`  Teams      ${teams?.describe() ?? 'not configured: see the README'}`)
  if (listening)
    say(`  outside    port ${listening.port}, for ${onlyHere ? 'this machine only' : 'the platforms alone'}`)
  if (apart) say('  remark     Slack and Teams were used apart before, and stay two workspaces')
  say('  drafting   the catalogue alone; no model is connected')
  say('  web chat   for this machine only')
  say('Ctrl-C stops it.')
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))
try {
  await start()
} catch (error) {
  if (error instanceof Instruction) process.stderr.write(`${error.message}\n`)
  else log.error('starting failed', { error })
  await end(1)
}
