// Acceptances that run out and mitigations that fall due, as pg-boss jobs in the same PostgreSQL.
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { fromDrizzle, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Acting, Entry, ReviewEntry } from '../domain/entry.ts'
import { theClock } from '../domain/entry.ts'
import { jobsFor } from '../domain/jobs.ts'
import type { Log } from '../log-lines.ts'
import type { App } from '../reviews/app.ts'
import { command } from '../reviews/command.ts'
import type { Connection } from '../store/driver.ts'
import type { Folded } from '../store/folded.ts'

export interface Jobs {
  /** Sends the jobs that new entries ask for, in their transaction: both are there, or neither. */
  send(connection: Connection, workspace: string, folded: Folded, entries: Entry[]): Promise<void>
  /** Begins to work on jobs that are due. */
  work(app: App): Promise<void>
  stop(): Promise<void>
}

const queue = 'lapse'
const LapseJob = z.object({ workspace: z.string(), review: z.string(), threat: z.string(), proposal: z.int() })

export async function startJobs(url: string, log: Log): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: url, max: 2, application_name: 'countersign jobs' })
  boss.on('error', (error) => log.warn('the job queue had a fault and goes on', { error }))
  await boss.start()
  await boss.createQueue(queue, { retryLimit: 20, retryDelay: 60, retryBackoff: true })
  return {
    async send(connection, workspace, { review }, entries) {
      if (!review) return
      const db = fromDrizzle(drizzle(connection), sql)
      for (const { at, queue: name, ...ids } of jobsFor(review, entries as ReviewEntry[])) {
        await boss.send(name, { workspace, ...ids }, { startAfter: at, db })
      }
    },
    async work(app) {
      await boss.work(queue, async (jobs) => {
        for (const { data } of jobs) await lapse(app, data)
      })
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}

/** Lets the clock act. A refusal is an answer: the proposal was replaced, renewed or verified meanwhile. */
export async function lapse(app: App, data: unknown): Promise<void> {
  const { workspace, review, threat, proposal } = LapseJob.parse(data)
  const acting: Acting = { person: theClock, via: 'clock', standing: 'member', at: app.now() }
  await command(app, workspace, review, acting, { type: 'lapse', threat, proposal })
}
