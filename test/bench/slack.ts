// Decisions made in Slack, over real HTTP with real signatures, against a bare Bolt listener that does as much SQL.
//
// The listeners stand in this thread. Slack, and those who click, are two threads of their own: their work is nobody's
// here. Every listener gets the same bodies, in turns.
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { App as BoltApp, ExpressReceiver, LogLevel } from '@slack/bolt'
import { onThreat, threatForm } from '../../src/conversation/threat-form.ts'
import type { Context } from '../../src/domain/decide/context.ts'
import { listed, type ThreatState } from '../../src/domain/review.ts'
import { publicListener } from '../../src/public.ts'
import { actingNow } from '../../src/reviews/app.ts'
import { readReview } from '../../src/reviews/command.ts'
import { renderModal } from '../../src/slack/blocks.ts'
import { onOneConnection } from '../../src/store/database.ts'
import { newPool } from '../../src/store/driver.ts'
import { reviewStream } from '../../src/store/folded.ts'
import { draftedReview } from '../support/drafted.ts'
import { connectTo, visitorOf } from '../support/slack/connected.ts'
import { type FakeSlack, fakeSlack, signedHeaders } from '../support/slack/fake-slack.ts'
import { fillIn, stateOf } from '../support/slack/inputs.ts'
import type { SlackBlock } from '../support/slack/wire.ts'
import { appId, bot, enterprise, team } from '../support/slack/world.ts'
import { heading, line, median, ms, ratio } from './measure.ts'

/** How many click at once, and their decisions of one turn. */
const crowds = [
  { atOnce: 1, decisions: 20 },
  { atOnce: 8, decisions: 36 },
  { atOnce: 32, decisions: 72 },
]
const rounds = 3
/** For the compiler, and for every connection to prepare its statements. */
const warmUp = 48
/** Clicks that come alone: the next only when nothing of the last is left to do. */
const alone = 24
const reviews = 32
const people = Array.from({ length: 32 }, (_, i) => `UCLICKER${i}`)

interface Listener {
  url: string
  /** Decisions that can each be made once, as signed bodies carry them; the next ones are of different reviews. */
  bodies?: string[]
  /** Resolves once everything that followed an ack is done. */
  settled(): Promise<void>
  /** Decisions that stand in the log, and how many different ones they are. */
  recorded?(): Promise<{ entries: number; decisions: number }>
  close(): Promise<void>
}

/** @param newDatabase gives the address of a fresh, migrated database */
export async function benchSlack(newDatabase: (name: string) => Promise<string>): Promise<void> {
  const [slack, clickers] = ['slack', 'clickers'].map((part) => startThread(part)) as [Worker, Worker]
  const [far] = (await once(slack, 'message')) as [FarSlack]
  const [withCards, withoutCards, bare, boltAlone] = [
    await countersign(await newDatabase('slack'), slack, far, true),
    await countersign(await newDatabase('slack_without_cards'), slack, far, false),
    await bareListener(await newDatabase('slack_bare')),
    await listener(async () => {}),
  ]
  const every = [withCards, withoutCards, bare, boltAlone]
  const used = new Map<Listener, number>()
  const acknowledged = new Map<Listener, number>()
  const click = async (on: Listener, atOnce: number, decisions: number): Promise<Clicked> => {
    const from = used.get(on) ?? 0
    // A bare listener keeps nothing: it can be sent the same bodies again.
    const bodies = (on.bodies ?? withCards.bodies ?? []).slice(on.bodies ? from : 0).slice(0, decisions)
    if (bodies.length < decisions) throw new Error(`there are no ${from + decisions} threats to decide on`)
    const clicked = await ask<Clicked>(clickers, { url: on.url, atOnce, bodies })
    used.set(on, from + decisions)
    acknowledged.set(on, (acknowledged.get(on) ?? 0) + clicked.times.length)
    await on.settled()
    return clicked
  }
  for (const one of every) await click(one, 8, warmUp)

  heading('Decisions made in Slack')
  for (const { atOnce, decisions } of crowds) {
    const compared = [bare, withCards, withoutCards]
    const turns = new Map(compared.map((one) => [one, [] as Clicked[]]))
    for (let round = 0; round < rounds; round += 1) {
      for (const [one, clicked] of turns) clicked.push(await click(one, atOnce, decisions))
    }
    const [base, ours, quiet] = compared.map((one) => sumUp(turns.get(one) ?? [])) as [Pace, Pace, Pace]
    line(`${atOnce} at once: acknowledged per second`, ours.rate.toFixed(0), `bare Bolt: ${base.rate.toFixed(0)}`)
    line('  ratio', ratio(ours.rate, base.rate), 'aim: at least 0.80')
    line('  ratio without cards to follow', ratio(quiet.rate, base.rate))
    line('  p99', ms(ours.p99), `bare Bolt: ${ms(base.p99)}`)
    line('  ratio', ratio(ours.p99, base.p99), 'aim: at most 1.50')
    line('  ratio without cards to follow', ratio(quiet.p99, base.p99))
  }

  const times = new Map(every.map((one) => [one, [] as number[]]))
  for (let turn = 0; turn < alone; turn += 1) {
    for (const [one, taken] of times) taken.push(...(await click(one, 1, 1)).times)
  }
  const [whole, inBare, inBolt] = [withCards, bare, boltAlone].map((one) => median(times.get(one) ?? [])) as [
    number,
    number,
    number,
  ]
  line('a click that comes alone', ms(whole), `without cards to follow: ${ms(median(times.get(withoutCards) ?? []))}`)
  line("  Bolt's share", ratio(inBolt, whole), ms(inBolt))
  line("  the database's share", ratio(inBare - inBolt, whole), ms(inBare - inBolt))
  line('  our share', ratio(whole - inBare, whole), ms(whole - inBare))

  for (const one of every) {
    const stand = await one.recorded?.()
    const acks = acknowledged.get(one)
    if (stand && (stand.entries !== acks || stand.decisions !== acks))
      throw new Error(
        `${acks} decisions were acknowledged; the log has ${stand.entries}, ${stand.decisions} of them different`,
      )
  }
  line('acknowledged decisions that stand exactly once', 'all')
  for (const one of every) await one.close()
  await Promise.all([slack.terminate(), clickers.terminate()])
}

interface Pace {
  /** Acknowledged per second, in the median turn. */
  rate: number
  p99: number
}

function sumUp(turns: Clicked[]): Pace {
  const times = turns.flatMap((turn) => turn.times).sort((a, b) => a - b)
  return {
    rate: median(turns.map((turn) => turn.times.length / turn.seconds)),
    p99: times[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN,
  }
}

/** Countersign on a database of its own, with drafted reviews and, if asked for, with their cards in Slack. */
async function countersign(url: string, slack: Worker, far: FarSlack, cards: boolean): Promise<Listener> {
  let address = ''
  const botAt = (at: string) => {
    address = at
  }
  // Of the Slack in the other thread: all that connecting to it needs.
  const on = await connectTo({ ...far, bot, team, botAt } as FakeSlack, 'http', url)
  await ask(slack, address)
  await on.settled()
  if (!cards) await on.t.delivery.stop()
  const { app } = on.t
  // The cards of the interview are left out, and those of the draft posted once it is whole.
  const drafting = { ...app, committed() {} }
  const drafted = await Promise.all(
    Array.from({ length: reviews }, async (_, i) => {
      const user = people[i % people.length] ?? ''
      const visitor = await visitorOf(on, user)
      const review = await draftedReview(drafting, visitor, `bench ${i}`)
      on.t.delivery.soon(visitor.workspace, reviewStream(review))
      const found = await readReview(app, visitor.workspace, review)
      if (!found) throw new Error(`there is no review ${review}`)
      const context = { ...found, acting: actingNow(app, visitor) }
      return listed(found.review).map((threat) => submission(user, context, threat))
    }),
  )
  await on.settled()
  const most = Math.max(...drafted.map((bodies) => bodies.length))
  return {
    url: address,
    bodies: Array.from({ length: most }, (_, i) => drafted.flatMap((bodies) => bodies[i] ?? [])).flat(),
    settled: on.settled,
    close: on.close,
    async recorded() {
      const [row] = await app.store.database.run(
        ({ sql }) => sql<{ entries: number; decisions: number }[]>`
          select count(*)::int as entries, count(distinct (stream, body::jsonb->'data'->>'threat'))::int as decisions
          from declog.entry where type = 'treatment.proposed'`,
      )
      return row ?? { entries: 0, decisions: 0 }
    },
  }
}

/** The submission of a threat's own form, as Slack would send it: filled in to avoid the threat. */
function submission(user: string, context: Context, threat: ThreatState): string {
  const treatment = 'avoid'
  const by = onThreat('threat', context, threat)
  const view = renderModal(threatForm(context, threat), { by, values: { treatment } })
  const blocks = view.blocks as unknown as SlackBlock[]
  const values = fillIn(blocks, stateOf(blocks), { treatment, reason: 'Left out of the first release.' })
  const payload = JSON.stringify({
    type: 'view_submission',
    api_app_id: appId,
    team: { id: team, domain: 'fake' },
    user: { id: user, username: user, name: user, team_id: team },
    ...enterprise,
    trigger_id: '1.2.trigger',
    view: { id: 'V0', hash: '1.0', ...view, state: { values } },
    response_urls: [],
  })
  return new URLSearchParams({ payload }).toString()
}

/** Bolt alone, behind the same receiver and the same check of signatures; it works, then acks. */
async function listener(
  work: (user: string) => Promise<void>,
  end: () => Promise<void> = async () => {},
): Promise<Listener> {
  const outside = publicListener()
  const logLevel = LogLevel.WARN
  const receiver = new ExpressReceiver({ signingSecret: bot.signingSecret, app: outside.routes, logLevel })
  const known = { botToken: bot.token, botId: bot.botId, botUserId: bot.userId, teamId: team }
  const bolt = new BoltApp({ receiver, authorize: async () => known, logLevel })
  bolt.view({ type: 'view_submission' }, async ({ ack, body }) => {
    await work(body.user.id)
    await ack({ response_action: 'clear' })
  })
  const { port, close } = await outside.listen(0)
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    settled: async () => {},
    async close() {
      await close()
      await end()
    },
  }
}

/** Twelve statements in one transaction and three round trips, like a decision's, on plain tables of its own. */
async function bareListener(url: string): Promise<Listener> {
  const pool = newPool(url, 10, 10_000)
  await pool.sql.unsafe(`
    create table public.head (account text primary key, seq bigint not null);
    create table public.command (key uuid primary key, account text not null);
    create table public.entry (account text, key uuid, body text not null, primary key (account, key));
    create table public.word (key uuid primary key, value text not null);
    create table public.review (account text primary key, row text not null);
    create table public.threat (account text, threat text, row text not null, primary key (account, threat))`)
  for (const account of [...people, 'workspace']) await pool.sql`insert into public.head values (${account}, 0)`
  // As long as those of a decision.
  const [body, row] = ['x'.repeat(1000), 'x'.repeat(400)]
  const work = (account: string) =>
    onOneConnection(pool, async (sql) => {
      const key = crypto.randomUUID()
      await Promise.all([
        sql`begin`,
        sql`select seq from public.head where account = ${account} for update`,
        sql`select seq from public.head where account = ${'workspace'}`,
        sql`select row from public.review where account = ${account}`,
        sql`select account from public.command where key = ${key}`,
        sql`select body from public.entry where account = ${account} and key = ${key}`,
      ])
      await Promise.all([
        sql`insert into public.entry values (${account}, ${key}, ${body})`,
        sql`insert into public.command values (${key}, ${account})`,
        sql`insert into public.word values (${key}, ${row})`,
        sql`insert into public.review values (${account}, ${row}) on conflict (account) do update set row = excluded.row`,
        sql`
          insert into public.threat values (${account}, ${key}, ${row})
          on conflict (account, threat) do update set row = excluded.row`,
      ])
      await sql`commit`
    })
  return await listener(work, () => pool.sql.end())
}

type FarSlack = Pick<FakeSlack, 'url' | 'apiUrl'>

interface Clicking {
  url: string
  bodies: string[]
  atOnce: number
}

interface Clicked {
  /** Milliseconds from the press to the ack, for every decision that was acknowledged with status 200. */
  times: number[]
  seconds: number
}

function startThread(part: string): Worker {
  return new Worker(new URL(import.meta.url), { workerData: part })
}

async function ask<T>(thread: Worker, task: string | Clicking): Promise<T> {
  thread.postMessage(task)
  const [answer] = await once(thread, 'message')
  return answer
}

/** Slack's thread: whoever is new opens the bot's Home, and so becomes known to it; the first administers. */
async function playSlack(port: NonNullable<typeof parentPort>): Promise<void> {
  const fake = await fakeSlack()
  port.on('message', async (address: string) => {
    fake.botAt(address)
    for (const [i, user] of people.entries()) {
      fake.addUser(user, { real_name: `Clicker ${i}`, is_admin: i === 0 })
      await fake.as(user).openHome()
    }
    port.postMessage('met')
  })
  port.postMessage({ url: fake.url, apiUrl: fake.apiUrl } satisfies FarSlack)
}

/** The clickers' thread: as many at once as asked for, each with the next decision as soon as its last is answered. */
function playClickers(port: NonNullable<typeof parentPort>): void {
  // Given up before the listener would: a click must not meet a connection that is being closed.
  const agent = new Agent({ keepAlive: true, timeout: 2_000 })
  port.on('message', async ({ url, bodies, atOnce }: Clicking) => {
    const times: number[] = []
    const left = bodies.values()
    const clicker = async () => {
      for (const body of left) {
        const pressed = performance.now()
        const status = await post(agent, url, body)
        if (status === 200) times.push(performance.now() - pressed)
      }
    }
    const begun = performance.now()
    await Promise.all(Array.from({ length: atOnce }, clicker))
    port.postMessage({ times, seconds: (performance.now() - begun) / 1000 } satisfies Clicked)
  })
}

function post(agent: Agent, url: string, body: string): Promise<number | undefined> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    ...signedHeaders(bot.signingSecret, body),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    sent.on('error', reject).end(body)
  })
}

if (!isMainThread && parentPort) {
  if (workerData === 'slack') await playSlack(parentPort)
  else playClickers(parentPort)
}
