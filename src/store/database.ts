// The connection to PostgreSQL: one pool, a deadline round every unit of work, and a fresh pool when the driver gets stuck.
import { connect, type Socket } from 'node:net'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type ReservedSql, type Sql } from 'postgres'

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

/** One connection of a pool, which drizzle takes as well: it wants the pool's options. */
export type Connection = ReservedSql & Sql

export interface Pool {
  sql: Sql
  db: PostgresJsDatabase
}

/** No unit of work waits longer than this; a chat platform gives up after three to fifteen seconds. */
const deadlineMs = 10_000

/**
 * Opens a pool. It connects at the first use; see {@link reachable} for a first check.
 * @param url a `postgres://` address
 */
export function openDatabase(url: string, { connections = 10, deadline = deadlineMs } = {}): Database {
  let pool = newPool(url, connections, deadline)
  const locks = newPool(url, 1, deadline).sql
  const renew = () => {
    const stuck = pool
    pool = newPool(url, connections, deadline)
    stuck.sql.end({ timeout: 1 }).catch(() => {})
  }
  return {
    renew,
    async run(work) {
      const mine = pool
      let timer: NodeJS.Timeout | undefined
      const expiry = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          if (mine === pool) renew()
          reject(new Retryable(`the database did not answer within ${deadline / 1000} s`, 5))
        }, deadline)
      })
      try {
        return await Promise.race([work(mine), expiry])
      } catch (error) {
        throw isConnectionFault(error) ? new Retryable('the database is not reachable', 5, error) : error
      } finally {
        clearTimeout(timer)
      }
    },
    async listen(channel, hear, begin) {
      await pool.sql.listen(channel, hear, begin)
    },
    async tryLock(key) {
      const [lock] = await locks<{ mine: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${key}, 0)) as mine`
      if (!lock?.mine) return undefined
      return async () => {
        await locks`select pg_advisory_unlock(hashtextextended(${key}, 0))`
      }
    },
    async close() {
      await Promise.all([pool.sql.end({ timeout: 2 }), locks.end({ timeout: 2 })])
    },
  }
}

const connectSeconds = 5

/**
 * A socket that sends at once. The driver writes a batch of statements in several pieces; with Nagle's algorithm the
 * second waits for the server's answer to the first, and every click costs a round trip more.
 */
function promptSocket({
  host,
  port,
  path,
}: {
  host: string[]
  port: number[]
  path?: string | false
}): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = path ? connect(path) : connect({ host: host[0] as string, port: port[0] as number, noDelay: true })
    socket.setTimeout(connectSeconds * 1000, () =>
      socket.destroy(new Error('the database did not take the connection')),
    )
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

function newPool(url: string, max: number, deadline: number): Pool {
  const options = {
    max,
    connect_timeout: connectSeconds,
    socket: promptSocket,
    onnotice: () => {},
    connection: {
      application_name: 'countersign',
      statement_timeout: deadline,
      lock_timeout: deadline / 2,
      // A frozen process must not hold a review's lock: the server ends its transaction.
      idle_in_transaction_session_timeout: deadline / 2,
    },
  }
  const sql = postgres(url, options)
  return { sql, db: drizzle(sql) }
}

const connectionFaults = [
  'CONNECTION_',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P0',
  '08',
  '53300',
]

/** Whether the connection, not the statement, failed: https://www.postgresql.org/docs/18/errcodes-appendix.html */
export function isConnectionFault(error: unknown): boolean {
  const code = String((error as { code?: unknown } | undefined)?.code ?? '')
  return code !== '' && connectionFaults.some((prefix) => code.startsWith(prefix))
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

/** @throws Retryable when the server does not answer */
export async function reachable(database: Database): Promise<void> {
  await database.run(({ sql }) => sql`select 1`)
}
