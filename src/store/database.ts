// The connection to PostgreSQL: one pool, a deadline round every unit of work, and a fresh pool when the driver gets stuck.
import type { Sql } from 'postgres'
import { type Connection, isConnectionFault, isLostConnection, newPool, type Pool } from './driver.ts'

/** Something that may succeed when tried again: nothing was lost, and nothing is done twice. */
export class Retryable extends Error {
  override name = 'Retryable'
  /** After how long another try makes sense. */
  readonly seconds: number
  constructor(message: string, seconds: number, cause?: unknown) {
    super(message, { cause })
    this.seconds = seconds
  }
}

export interface Database {
  /** Runs a unit of work; after the deadline it fails as retryable and the pool is replaced. */
  run<T>(work: (pool: Pool) => Promise<T>): Promise<T>
  /** Replaces the pool: its connections are given up, whatever state they are in. */
  renew(): void
  /** Calls back on every NOTIFY of a channel, and once whenever listening (again) begins. */
  listen(channel: string, hear: (payload: string) => void, begin: () => void): Promise<void>
  /**
   * Takes a lock that other processes see and that dies with this one; gives what releases it, or undefined when another
   * process holds it.
   */
  tryLock(key: string): Promise<(() => Promise<void>) | undefined>
  close(): Promise<void>
}

/** No unit of work waits longer than this; a chat platform gives up after three to fifteen seconds. */
const deadlineMs = 10_000

/** What is open to the database at a time; replaced as a whole when any of it gets stuck. */
interface Clients {
  pool: Pool
  /** One connection for locks that live as long as this process. */
  locks: Sql
  /** Fails every unit of work that is under way when the clients are given up. */
  abandon: (why: Error) => void
  abandoned: Promise<never>
}

/**
 * Opens a database. It connects at the first use; see {@link reachable} for a first check.
 * @param url a `postgres://` address
 */
export function openDatabase(url: string, { connections = 10, deadline = deadlineMs } = {}): Database {
  const listeners: [channel: string, hear: (payload: string) => void, begin: () => void][] = []
  let clients = openClients(url, connections, deadline)
  let closed = false
  const renew = () => {
    if (closed) return
    const stuck = clients
    clients = openClients(url, connections, deadline)
    stuck.abandon(Object.assign(new Error('the connections were given up'), { code: 'CONNECTION_GIVEN_UP' }))
    for (const one of [stuck.pool.sql, stuck.locks]) one.end({ timeout: 1 }).catch(() => {})
    for (const listener of listeners) clients.locks.listen(...listener).catch(() => {})
  }
  const run = async <T>(work: (open: Clients) => Promise<T>): Promise<T> => {
    const mine = clients
    let timer: NodeJS.Timeout | undefined
    const expiry = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Retryable(`the database did not answer within ${deadline / 1000} s`, 5)),
        deadline,
      )
    })
    try {
      return await Promise.race([work(mine), expiry, mine.abandoned])
    } catch (error) {
      const lost = error instanceof Retryable || isLostConnection(error)
      // A connection that was lost in use can leave the driver waiting for ever: none of them is trusted any more.
      if (lost && mine === clients) renew()
      if (error instanceof Retryable || !isConnectionFault(error)) throw error
      throw new Retryable('the database is not reachable', 5, error)
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    renew,
    run: (work) => run(({ pool }) => work(pool)),
    async listen(...listener) {
      listeners.push(listener)
      await run(({ locks }) => locks.listen(...listener))
    },
    async tryLock(key) {
      return await run(async ({ locks }) => {
        const [lock] = await locks<{ mine: boolean }[]>`
          select pg_try_advisory_lock(hashtextextended(${key}, 0)) as mine`
        if (!lock?.mine) return undefined
        // Clients that were given up in the meantime took the lock with them.
        return async () => {
          await run(async (now) => {
            if (now.locks === locks) await locks`select pg_advisory_unlock(hashtextextended(${key}, 0))`
          })
        }
      })
    },
    async close() {
      closed = true
      const { pool, locks } = clients
      await Promise.all([pool.sql.end({ timeout: 2 }), locks.end({ timeout: 2 })])
    },
  }
}

function openClients(url: string, connections: number, deadline: number): Clients {
  let abandon: Clients['abandon'] = () => {}
  const abandoned = new Promise<never>((_, reject) => {
    abandon = reject
  })
  // Nobody may be waiting when the clients are given up.
  abandoned.catch(() => {})
  const pool = newPool(url, connections, deadline)
  const locks = newPool(url, 1, deadline, { max_lifetime: null }).sql
  return { pool, locks, abandon, abandoned }
}

/**
 * The driver can throw from a timer when the server goes away under it (postgres.js, issues 1066 and 1154 among others).
 * Its clients are replaced then; everything else that nobody caught ends the process, as it would without this.
 */
export function surviveDriverFaults(database: Database, other: (error: unknown) => void): void {
  process.on('uncaughtException', (error) => {
    if (/node_modules\/postgres\//.test(error.stack ?? '')) database.renew()
    else other(error)
  })
}

/**
 * Runs a transaction on one connection; the work itself begins and commits, so that `begin` can travel with other
 * statements. The connection is given back only if it is known to be sound: the driver would hand out a dead one again.
 */
export async function onOneConnection<T>({ sql }: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = Object.assign(await sql.reserve(), { options: sql.options }) as Connection
  try {
    const result = await work(connection)
    connection.release()
    return result
  } catch (error) {
    if (!isConnectionFault(error)) {
      await connection`rollback`
      connection.release()
    }
    throw error
  }
}
