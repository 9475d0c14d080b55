// The embedded PostgreSQL: made at the first start, adopted when it is already running, stopped by the last to leave.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { Instruction } from '../../instruction.ts'
import { findPlace, giveTo, type ServerPlace } from './place.ts'

export interface EmbeddedServer {
  url: string
  /** Where its data is. */
  directory: string
  /** What the person who started it should know, in one line. */
  remark: string | undefined
  /** Lets go of the server, and stops it if nobody else uses it. */
  stop(): Promise<void>
}

const major = '18'
/** Advisory locks in the maintenance database: who uses the server at all, and who is the one bot on this data. */
const useLock = 4_207_001
const botLock = 4_207_002

export interface Start {
  /** Take the place of the one bot of this data directory; the command line leaves it free. */
  asBot: boolean
  /** Make the data when there is none. */
  create?: boolean
}

/**
 * Starts the server of a data directory, or adopts the one that is running there.
 * @throws Instruction when the data is of another major version, another bot runs on it, or the server does not start
 */
export async function startEmbedded(dataDir: string, { asBot, create = true }: Start): Promise<EmbeddedServer> {
  const place = await findPlace(dataDir)
  const data = join(place.base, 'postgres')
  if (!(await exists(join(data, 'PG_VERSION')))) {
    if (!create)
      throw new Instruction(
        `There is no data in ${dataDir} yet. npm start makes it; COUNTERSIGN_DATA_DIR names another place.`,
      )
    await initialise(place, data)
  }
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (version !== major) {
    throw new Instruction(
      `${data} was written by PostgreSQL ${version} and this Countersign brings ${major}. Set COUNTERSIGN_DATA_DIR to another directory, or use the Countersign that wrote it.`,
    )
  }
  const password = (await readFile(join(place.base, 'password'), 'utf8')).trim()
  const port = (await runningPort(place, data)) ?? (await start(place, data))
  const address = (database: string) => `postgres://countersign:${password}@127.0.0.1:${port}/${database}`
  const hold = await holdOn(address('postgres'), asBot, () => start(place, data, port))
  if (!hold) {
    const another = `Countersign is already running on ${dataDir}.`
    throw new Instruction(`${another} Stop that one, or set COUNTERSIGN_DATA_DIR to another directory for a second.`)
  }
  const [known] = await hold.sql`select from pg_database where datname = 'countersign'`
  if (!known) await hold.sql`create database countersign`.catch(alreadyThere)
  return {
    url: address('countersign'),
    directory: place.base,
    remark: place.remark,
    stop: () => leave(place, data, hold),
  }
}

interface Hold {
  sql: Sql
  /** Called before the connection is ended on purpose. */
  release(): void
}

const reviveTries = 60
const reviveEveryMs = 500

/**
 * Keeps one connection, whose locks say that someone uses this server and who the one bot is. If the server dies under
 * it, it is started again where it was, so that the pools find it under the same address.
 * Undefined when another bot holds the place.
 */
async function holdOn(url: string, asBot: boolean, revive: () => Promise<unknown>): Promise<Hold | undefined> {
  let released = false
  let reviving = false
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: 'countersign hold' },
    onclose: () => void reviveAndTake(),
  })
  const take = async (): Promise<boolean> => {
    const [got] = await sql<{ bot: boolean }[]>`
      select pg_advisory_lock_shared(${useLock}), case when ${asBot} then pg_try_advisory_lock(${botLock}) end as bot`
    return !asBot || got?.bot === true
  }
  /** A server that was killed needs a moment until its last process is gone. */
  const reviveAndTake = async (): Promise<void> => {
    if (reviving) return
    reviving = true
    for (let tries = 0; tries < reviveTries && !released; tries += 1) {
      const back = await revive()
        .then(take)
        .catch(() => undefined)
      if (back !== undefined) break
      await new Promise((resolve) => setTimeout(resolve, reviveEveryMs))
    }
    reviving = false
  }
  const release = () => {
    released = true
  }
  if (await take()) return { sql, release }
  release()
  await sql.end()
  return undefined
}

/** Another process made the database in the same moment. */
function alreadyThere(error: { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error
}

/** In a directory aside, then moved: a start that was killed half-way leaves nothing that looks like data. */
async function initialise(place: ServerPlace, data: string): Promise<void> {
  const fresh = `${data}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await giveTo(place.user, fresh)
  const password = randomBytes(24).toString('hex')
  const passwordFile = join(place.base, 'password')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  await giveTo(place.user, passwordFile)
  const options = [
    '--username=countersign',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--locale=C',
    '--encoding=UTF8',
  ]
  await call(place, 'initdb', [`--pgdata=${fresh}`, ...options])
  await rename(fresh, data)
}

async function start(place: ServerPlace, data: string, wanted?: number): Promise<number> {
  const port = wanted ?? (await freePort())
  const log = join(place.base, 'postgres.log')
  await (await open(log, 'a', 0o600)).close()
  await giveTo(place.user, log)
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`
  try {
    await call(place, 'pg_ctl', [
      'start',
      '--wait',
      '--timeout=60',
      `--pgdata=${data}`,
      `--log=${log}`,
      `--options=${settings}`,
    ])
  } catch (error) {
    // Another process may have been faster; then its server is ours too.
    const theirs = await runningPort(place, data)
    if (theirs) return theirs
    throw new Instruction(`The embedded PostgreSQL did not start (${(error as Error).message}). Its log is ${log}.`)
  }
  return port
}

/** The port of a server that runs on this data, also one that a killed Countersign left behind. */
async function runningPort(place: ServerPlace, data: string): Promise<number | undefined> {
  const running = await call(place, 'pg_ctl', ['status', `--pgdata=${data}`]).then(
    () => true,
    () => false,
  )
  // Fourth line of postmaster.pid: https://www.postgresql.org/docs/18/storage-file-layout.html
  const lines = running ? (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n') : []
  const port = Number(lines[3])
  return Number.isInteger(port) && port > 0 ? port : undefined
}

async function leave(place: ServerPlace, data: string, { sql, release }: Hold): Promise<void> {
  release()
  const [last] = await sql<{ alone: boolean }[]>`
    select pg_advisory_unlock_shared(${useLock}), pg_try_advisory_lock(${useLock}) as alone`.catch(() => [])
  await sql.end({ timeout: 1 })
  if (last?.alone) await call(place, 'pg_ctl', ['stop', '--wait', '--mode=fast', `--pgdata=${data}`])
}

function call({ programs, user }: ServerPlace, program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(programs, program), args, {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    })
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(said.trim() || `${program} ended with ${code}`)),
    )
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
