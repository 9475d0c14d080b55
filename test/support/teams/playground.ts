// Microsoft's own local Teams client, one process per person: https://www.npmjs.com/package/@microsoft/m365agentsplayground
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

interface PlaygroundUser {
  /** The account's id in the channel; `29:…` in Teams. */
  id: string
  name: string
  /** The account's id in Entra; the same as `id` when left out. */
  aadObjectId?: string
}

export interface PlaygroundOptions {
  /** The bot's messaging endpoint. */
  bot: string
  user: PlaygroundUser
  /** The same for every playground unless said otherwise. */
  tenant?: string
  /** Up to five others of the tenant, who can be picked and mentioned but do not act here. */
  others?: PlaygroundUser[]
  /** The next free one when left out. */
  port?: number
}

export interface Playground {
  url: string
  tenant: string
  user: Required<PlaygroundUser>
  /** The id of the person's own conversation with the bot. */
  chat: string
  close(): Promise<void>
}

const root = join(import.meta.dirname, '../../..')
const cli = join(root, 'node_modules/@microsoft/m365agentsplayground/cli.js')

/** Starts a client in which one person acts; the bot may be started before or after it, but before its page is opened. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { bot, tenant = 'tenant-1', others = [], port = 0 } = options
  const user = account(options.user)
  const chat = `chat-${user.aadObjectId}`
  const home = await mkdtemp(join(tmpdir(), 'playground-'))
  await writeFile(join(home, '.m365agentsplayground.yml'), JSON.stringify(configOf(tenant, user, others, chat)))
  const args = ['start', '-e', bot, '-c', 'msteams', '-p', String(port), '--dt']
  // It takes a free port by itself, and a process group of its own takes its helpers with it.
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      TEAMSAPPTESTER_BROWSER: 'none',
      APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const kill = () => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
  }
  process.once('exit', kill)
  const close = async () => {
    kill()
    await ended
    process.off('exit', kill)
    await rm(home, { recursive: true, force: true })
  }
  const taken = await Promise.race([listening(child.stdout), ended])
  const url = `http://localhost:${taken}`
  // It listens before it has read its configuration, and takes another port when this one is not free.
  const isReady = taken && [0, taken].includes(port) && (await answers(`${url}/_debug/ping`))
  if (!isReady) {
    const log = await readFile(join(home, 'devTools/m365agentsplayground.log'), 'utf8').catch(() => 'no log')
    await close()
    throw new Error(`the playground did not start${port ? ` on port ${port}` : ''}:\n${log}`)
  }
  return { url, tenant, user, chat, close }
}

async function listening(stdout: NodeJS.ReadableStream): Promise<number | undefined> {
  for await (const line of createInterface({ input: stdout })) {
    const port = /^Listening on (\d+)$/.exec(line)?.[1]
    if (port) {
      stdout.resume()
      return Number(port)
    }
  }
}

async function answers(address: string): Promise<boolean> {
  return await fetch(address).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** Its schema wants exactly five other people, one group chat and one team; JSON is YAML. */
function configOf(tenant: string, user: Required<PlaygroundUser>, others: PlaygroundUser[], chat: string) {
  const strangers = [1, 2, 3, 4, 5].map((n) => ({ id: `stranger-${n}`, name: `Stranger ${n}` }))
  return {
    version: '0.1.1',
    tenantId: tenant,
    bot: { id: '28:countersign', name: 'Countersign' },
    currentUser: user,
    users: [...others, ...strangers].slice(0, 5).map(account),
    personalChat: { id: chat },
    groupChat: { id: 'group-chat', name: 'Group chat' },
    team: {
      id: '19:team@thread.tacv2',
      name: 'Team',
      aadGroupId: 'team-group',
      channels: [{ id: '19:channel@thread.tacv2', name: 'Channel' }],
    },
  }
}

/** All that the schema wants to know of a person. */
function account({ id, name, aadObjectId = id }: PlaygroundUser) {
  const [givenName = name, surname = name] = name.split(' ')
  const email = `${aadObjectId}@example.com`
  return { id, name, aadObjectId, givenName, surname, email, userPrincipleName: email }
}
