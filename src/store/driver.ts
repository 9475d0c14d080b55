// The postgres driver as this program uses it, and what its errors mean.
import { connect, type Socket } from 'node:net'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type ReservedSql, type Sql } from 'postgres'

/** One connection of a pool, which drizzle takes as well: it wants the pool's options. */
export type Connection = ReservedSql & Sql

export interface Pool {
  sql: Sql
  db: PostgresJsDatabase
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

export function newPool(url: string, max: number, deadline: number, more: { max_lifetime?: null } = {}): Pool {
  const options = {
    ...more,
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
  return hasCode(error, connectionFaults)
}

/** Whether a connection that was in use is gone, rather than one that could not be made. */
export function isLostConnection(error: unknown): boolean {
  return hasCode(error, ['CONNECTION_', 'ECONNRESET', 'EPIPE', '57P0'])
}

function hasCode(error: unknown, prefixes: string[]): boolean {
  const code = String((error as { code?: unknown } | undefined)?.code ?? '')
  return code !== '' && prefixes.some((prefix) => code.startsWith(prefix))
}
