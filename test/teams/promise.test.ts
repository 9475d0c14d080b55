// An answer is a promise, however slow the database; and the real program connects by its settings.
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { listed } from '../../src/domain/review.ts'
import type { Visitor } from '../../src/reviews/app.ts'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { avoiding, draftedReview, reviewNow, send } from '../support/drafted.ts'
import { locked } from '../support/locked.ts'
import { endChildren, startScript } from '../support/process.ts'
import { type Connected, connected, visitorOf, withTeam } from '../support/teams/connected.ts'
import { oidOf } from '../support/teams/fake-teams.ts'
import { comes, message, reads, readsAll, until } from '../support/teams/looking.ts'

describe('with a slow database', () => {
  let on: Connected
  let paula: Visitor
  let review: string
  let made = 0
  beforeAll(async () => {
    on = await connected()
    await withTeam(on)
    paula = await visitorOf(on, oidOf('paula'))
  })
  afterAll(() => on.close())
  beforeEach(async () => {
    made += 1
    review = await draftedReview(on.t.app, paula, `promise ${made}`)
    const state = await now()
    await send(on.t.app, paula, review, avoiding(state, listed(state)[0]?.id as string))
    await on.settled()
  })

  const now = () => reviewNow(on.t.app, paula.workspace, review)
  const list = () => message(on, 'sam', new RegExp(`promise ${made}: your work list`))
  const typing = (chat: string) =>
    on.fake.calls.filter(({ body, conversation }) => body.type === 'typing' && conversation === chat)

  test('a press is answered in time by “not confirmed yet”; the commit counts, and the card tells', async () => {
    await on.fake.as('sam').click(list(), 'Decide T1')
    const unlock = await locked(on.t.url, `select from declog.head where stream = 'review/${review}' for update`)
    const { status, tookMs } = await on.fake.as('sam').click(list(), 'Sign it')
    expect([status, tookMs < 5000]).toEqual([200, true])
    expect(reads(on, 'sam', list())).toMatch(/Not confirmed yet/)
    expect((await now()).threats[listed(await now())[0]?.id ?? '']?.status).toBe('proposed')
    await unlock()
    await until(on, () => /avoid, signed by Sam/.test(reads(on, 'sam', list())))
  })

  test('pressing again meanwhile does no harm', async () => {
    await on.fake.as('sam').click(list(), 'Decide T1')
    const { card } =
      on.fake
        .as('sam')
        .sees('personal')
        .find((one) => one.message.id === list().id) ?? {}
    const unlock = await locked(on.t.url, `select from declog.head where stream = 'review/${review}' for update`)
    const both = [on.fake.as('sam').click(list(), 'Sign it'), on.fake.as('sam').click(list(), 'Sign it')]
    expect(card).toBeDefined()
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
    await unlock()
    await until(on, () => /avoid, signed by Sam/.test(reads(on, 'sam', list())))
    const { proposal } = listed(await now())[0] ?? {}
    expect(proposal?.signatures).toHaveLength(1)
  })

  test('the way back from “not confirmed yet” leads to the card', async () => {
    const unlock = await locked(on.t.url, 'lock table declog.entry in access exclusive mode')
    await on.fake.as('sam').click(list(), 'Decide T1')
    const told = reads(on, 'sam', list())
    await unlock()
    // The read model may have answered without the table that is locked.
    expect(told).toMatch(/Not confirmed yet|Sign it/)
    await on.settled()
    await on.fake.as('sam').click(list(), /Close|Not now/)
    expect(reads(on, 'sam', list())).toMatch(/Decide T1/)
  })

  test('words that take longer show that something is going on, and are answered once they are committed', async () => {
    const unlock = await locked(on.t.url, 'lock table declog.entry in access exclusive mode')
    let answered = false
    const saying = on.fake.as('milan').say('personal', 'We are building a slow cooker for a kitchen')
    void saying.then(() => {
      answered = true
    })
    await comes(() => typing('a:milan').length > 0, 3000)
    expect(typing('a:milan')).toHaveLength(1)
    expect(answered).toBe(false)
    await unlock()
    expect((await saying).status).toBe(200)
    await on.settled()
    expect(readsAll(on, 'milan')).toMatch(/slow cooker.*is open/i)
    expect(typing('a:milan')).toHaveLength(1)
  })

  test('a slow Teams shows it as well', async () => {
    on.fake.addPerson('fresh')
    on.fake.failNext('member', { delayMs: 1200 })
    await on.fake.as('fresh').say('personal', 'help')
    await on.settled()
    expect(typing('a:fresh')).toHaveLength(1)
    expect(on.fake.messages('fresh').at(-1)?.activity.summary).toMatch(/understood/)
  })

  test('words that are answered at once show nothing', async () => {
    const before = typing('a:paula').length
    await on.fake.as('paula').say('personal', 'help')
    await on.settled()
    expect(typing('a:paula').length).toBe(before)
  })

  test('Teams refused nothing', () => {
    expect(on.fake.refused).toEqual([])
  })
})

describe('the program', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await temporaryDataDir('countersign-teams')
  })
  afterAll(async () => {
    endChildren()
    await rm(dataDir, { recursive: true, force: true })
  })
  const start = (env: Record<string, string>) =>
    startScript('src/main.ts', [], {
      ...{ COUNTERSIGN_DATA_DIR: dataDir, COUNTERSIGN_PORT: '0', COUNTERSIGN_PUBLIC_PORT: '0', DATABASE_URL: '' },
      ...env,
    })
  const app = {
    MICROSOFT_APP_ID: 'a9900000-0000-4000-8000-0000000000b0',
    MICROSOFT_APP_TENANT_ID: '7e4a0000-0000-4000-8000-00000000c0de',
    MICROSOFT_APP_PASSWORD: 'unused',
  }
  const activity = (serviceUrl: string) => ({
    ...{ type: 'conversationUpdate', channelId: 'msteams', serviceUrl, from: { id: 'someone' } },
    ...{ recipient: { id: 'bot' }, conversation: { id: 'personal-chat-id' } },
  })
  const post = async (port: string | undefined, body: object): Promise<number> => {
    const headers = { 'content-type': 'application/json' }
    const address = `http://127.0.0.1:${port}/api/messages`
    return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })).status
  }

  test('listens for one tenant, asks for a token, and stops in order', async () => {
    const bot = start(app)
    await bot.line('Teams      at /api/messages, for one tenant')
    const port = /port (\d+)/.exec(await bot.line('outside'))?.[1]
    expect(await post(port, activity('https://smba.trafficmanager.net/emea/'))).toBe(401)
    bot.process.kill('SIGINT')
    expect(await bot.ended).toBe(0)
    expect(bot.output()).not.toContain('unused')
  })

  test('lets the local client in without one, on this machine only', async () => {
    const bot = start({ TEAMS_LOCAL_PLAYGROUND: 'true' })
    const port = /port (\d+), for this machine only/.exec(await bot.line('outside'))?.[1]
    expect(await post(port, activity('http://localhost:56150/_connector'))).toBe(200)
    bot.process.kill('SIGINT')
    expect(await bot.ended).toBe(0)
  })

  test('says in one line what is wrong with its settings', async () => {
    const bot = start({ MICROSOFT_APP_ID: app.MICROSOFT_APP_ID })
    expect(await bot.ended).toBe(1)
    expect(bot.output()).toMatch(/^Teams needs MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID, and one of/m)
  })
})
