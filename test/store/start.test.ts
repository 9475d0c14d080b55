// Starting and stopping the real program: every situation works, or says in one line what to do.

import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import postgres from 'postgres'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { freshDatabase } from '../support/database.ts'
import { type Child, endChildren, startScript } from '../support/process.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await temporaryDataDir('countersign-start')
})
afterEach(endChildren)
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const start = (env: Record<string, string> = {}): Child =>
  startScript('src/main.ts', [], { COUNTERSIGN_DATA_DIR: dataDir, COUNTERSIGN_PORT: '0', DATABASE_URL: '', ...env })

async function started(child: Child): Promise<string> {
  const line = await child.line('Countersign runs.')
  return line.slice(line.indexOf('http'))
}

async function stopped(child: Child): Promise<number | NodeJS.Signals> {
  child.process.kill('SIGINT')
  return await child.ended
}

/** The server's process, read from its pid file; undefined when it is not running. */
async function serverPid(): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '')
  return text === '' ? undefined : Number(text.split('\n')[0])
}

test('starts, says where, serves the page, and Ctrl-C stops everything, the server too', async () => {
  const child = start()
  const address = await started(child)
  expect(await (await fetch(address)).text()).toContain('<title>Countersign</title>')
  expect(child.output()).toMatch(/database .*embedded PostgreSQL/)
  expect(await serverPid()).toBeGreaterThan(0)
  expect(await stopped(child)).toBe(0)
  expect(await serverPid()).toBeUndefined()
})

test('a second start on the same data says so, and the first goes on', async () => {
  const first = start()
  const address = await started(first)
  const second = start()
  expect(await second.ended).toBe(1)
  expect(second.output()).toMatch(/^Countersign is already running on .* Stop that one, or set COUNTERSIGN_DATA_DIR/)
  expect((await fetch(address)).status).toBe(200)
  await stopped(first)
})

test('after kill -9 the server that was left behind is adopted, with everything in it', async () => {
  const first = start()
  await started(first)
  const left = await serverPid()
  first.process.kill('SIGKILL')
  await first.ended
  const second = start()
  await started(second)
  expect(await serverPid()).toBe(left)
  await stopped(second)
})

test('a port in use is named, with what to do', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const child = start({ COUNTERSIGN_PORT: String(port) })
  expect(await child.ended).toBe(1)
  expect(child.output()).toBe(`Port ${port} is in use. Stop what runs there, or set COUNTERSIGN_PORT to another port.`)
  expect(await serverPid()).toBeUndefined()
  other.close()
})

describe('settings', () => {
  test('all that are wrong are named at once', async () => {
    const child = start({ COUNTERSIGN_PORT: 'http', DATABASE_URL: 'mysql://x' })
    expect(await child.ended).toBe(1)
    expect(child.output().split('\n')).toEqual([
      'COUNTERSIGN_PORT has to be a port number.',
      'DATABASE_URL has to look like postgres://user:password@host:5432/database.',
    ])
  })

  test('a database that is down is named, without its password', async () => {
    const child = start({ DATABASE_URL: 'postgres://bot:hunter2@127.0.0.1:9/none' })
    expect(await child.ended).toBe(1)
    expect(child.output()).toMatch(
      /^The database at postgres:\/\/bot@127.0.0.1:9\/none cannot be used .* Start it, or correct DATABASE_URL\.$/,
    )
    expect(child.output()).not.toContain('hunter2')
  })

  test('a PostgreSQL of one’s own is used', async () => {
    const fresh = await freshDatabase()
    const child = start({ DATABASE_URL: fresh.url })
    await started(child)
    expect(await stopped(child)).toBe(0)
    await fresh.drop()
  })
})

describe('data of another version', () => {
  test('of PostgreSQL', async () => {
    const file = join(dataDir, 'postgres/PG_VERSION')
    const version = await readFile(file, 'utf8')
    await writeFile(file, '19\n')
    const child = start()
    expect(await child.ended).toBe(1)
    expect(child.output()).toMatch(
      /was written by PostgreSQL 19 and this Countersign brings 18\. Set COUNTERSIGN_DATA_DIR/,
    )
    await writeFile(file, version)
  })

  test('of a newer Countersign', async () => {
    const fresh = await freshDatabase()
    const sql = postgres(fresh.url, { max: 1 })
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 99999999999999)`
    await sql.end()
    const child = start({ DATABASE_URL: fresh.url })
    expect(await child.ended).toBe(1)
    expect(child.output()).toMatch(/^This data was written by a newer Countersign\. Update this one/)
    await fresh.drop()
  })
})

test('commands that only read run beside the bot, and leave its server alone', async () => {
  const bot = start()
  await started(bot)
  const verify = startScript('src/cli/main.ts', ['verify', '--replay'], {
    COUNTERSIGN_DATA_DIR: dataDir,
    DATABASE_URL: '',
  })
  expect(await verify.ended).toBe(0)
  expect(verify.output()).toContain('The log is consistent.')
  expect(await serverPid()).toBeGreaterThan(0)
  await stopped(bot)
})

const asRoot = process.getuid?.() === 0
if (!asRoot) process.stderr.write('skipped: data that only root can enter, because this run is not root\n')
;(asRoot ? test : test.skip)(
  'data that only root can enter goes to a place PostgreSQL’s user can reach, said in one line',
  async () => {
    const closed = await temporaryDataDir('countersign-closed')
    await chmod(closed, 0o700)
    const [one, other] = [join(closed, 'one'), join(closed, 'other')]
    const children = [start({ COUNTERSIGN_DATA_DIR: one }), start({ COUNTERSIGN_DATA_DIR: other })]
    for (const child of children) await started(child)
    expect(children[0]?.output()).toMatch(
      /^PostgreSQL does not run as root, .* is in \/var\/lib\/countersign\/[0-9a-f]{12}\.$/m,
    )
    expect(await Promise.all(children.map(stopped))).toEqual([0, 0])
    await rm(closed, { recursive: true })
    for (const child of children) {
      const place = /\/var\/lib\/countersign\/[0-9a-f]{12}/.exec(child.output())?.[0]
      if (place) await rm(place, { recursive: true })
    }
  },
)
