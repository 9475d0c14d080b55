// A card's pictures as files of Slack: uploaded once for what they show, and never in a card's way.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { webApi } from '@slack/bolt'
import type { Block, Picture } from '../../src/conversation/card.ts'
import { risksPicture, systemPicture } from '../../src/conversation/pictures.ts'
import { slackFiles } from '../../src/slack/files.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { draftedReview, listedIds, onThreat, reviewNow, send } from '../support/drafted.ts'

let t: TestApp
let review: string
beforeAll(async () => {
  t = await testApp()
  review = await draftedReview(t.app, await t.as('paula'))
  await t.delivery.idle()
})
afterAll(() => t.close())
beforeEach(async () => {
  t.logged.length = 0
  await t.app.store.database.run(({ sql }) => sql`truncate countersign.slack_file`)
})

type Picturing = Extract<Block, { kind: 'picture' }>

/** A Slack that takes files; each is ready after so many looks. */
function fakeSlack({ readyAfter = 0, fail = '' } = {}) {
  const calls: string[] = []
  const uploaded: Buffer[] = []
  let looks = 0
  const fetchFake = async (url: unknown, init?: RequestInit): Promise<Response> => {
    const method = String(url).split('/').pop() as string
    calls.push(method)
    const file = `F${uploaded.length}`
    if (method === fail) return Response.json({ ok: false, error: 'missing_scope' })
    const mimetype = looks >= readyAfter ? 'image/png' : ''
    switch (method) {
      case 'files.getUploadURLExternal':
        return Response.json({ ok: true, upload_url: 'https://files.test/upload', file_id: `F${uploaded.length + 1}` })
      case 'upload':
        uploaded.push(await bytesOf(init?.body))
        return new Response('OK')
      case 'files.completeUploadExternal':
        expect(new URLSearchParams(String(init?.body)).has('channel_id')).toBe(false)
        return Response.json({ ok: true, files: [{ id: file, mimetype }] })
      case 'files.info':
        looks += 1
        return Response.json({ ok: true, file: { id: file, mimetype: looks >= readyAfter ? 'image/png' : '' } })
      default:
        throw new Error(`nobody expected ${method}`)
    }
  }
  const client = new webApi.WebClient('xoxb-test', {
    fetch: fetchFake as typeof fetch,
    retryConfig: { retries: 0 },
    logLevel: webApi.LogLevel.ERROR,
  })
  return { client, calls, uploaded }
}

async function bytesOf(body: unknown): Promise<Buffer> {
  const parts = body instanceof FormData ? [...body.values()] : []
  return Buffer.from(await (parts.find((part) => part instanceof Blob) as Blob).arrayBuffer())
}

const picturesNow = async (): Promise<[Picturing, Picturing]> => {
  const state = await reviewNow(t.app, t.workspace, review)
  return [systemPicture(state) as Picturing, risksPicture(state) as Picturing]
}
const filesOf = (client: webApi.WebClient, blocks: Block[], team = 'T1', more = {}) =>
  slackFiles(t.app, client, team, t.workspace, { blocks }, more)
const uploads = (calls: string[]) => calls.filter((method) => method === 'upload').length

test('a picture is uploaded once per team, as a PNG that nobody else sees', async () => {
  const [system, risks] = await picturesNow()
  const slack = fakeSlack()
  const first = await filesOf(slack.client, [system, { kind: 'text', text: 'x' }, system])
  expect(first(system)).toBe('F1')
  expect(first(risks)).toBeUndefined()
  expect(slack.uploaded[0]?.subarray(1, 4).toString()).toBe('PNG')
  const again = await filesOf(slack.client, [system])
  expect(again(system)).toBe('F1')
  expect(uploads(slack.calls)).toBe(1)

  const both = await filesOf(slack.client, [system, risks])
  expect([both(system), both(risks)]).toEqual(['F1', 'F2'])
  expect((await filesOf(slack.client, [system], 'T2'))(system)).toBe('F3')
  expect(slack.uploaded[2]?.equals(slack.uploaded[0] as Buffer)).toBe(true)
  expect(t.logged).toEqual([])
})

test('another state of a review is another picture, told apart by its version', async () => {
  const slack = fakeSlack()
  const [, before] = await picturesNow()
  expect((await filesOf(slack.client, [before]))(before)).toBe('F1')
  const state = await reviewNow(t.app, t.workspace, review)
  const low = listedIds(state).find((id) => (state.threats[id]?.rating.impact ?? 5) < 5) as string
  const rating = { likelihood: 5, impact: 5 } as const
  const rated = await send(t.app, await t.as('sam'), review, { type: 'rate', ...onThreat(state, low), rating })
  expect(rated).toHaveProperty('entries')
  await t.delivery.idle()
  const [, after] = await picturesNow()
  expect(after.version).not.toBe(before.version)
  const files = await filesOf(slack.client, [after])
  expect(files(after)).toBe('F2')
  expect(files(before)).toBeUndefined()
})

test('a file is given once Slack is done with it', async () => {
  const [, risks] = await picturesNow()
  const slack = fakeSlack({ readyAfter: 2 })
  expect((await filesOf(slack.client, [risks]))(risks)).toBe('F1')
  expect(slack.calls.filter((method) => method === 'files.info')).toHaveLength(2)
})

test.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
  'when %s fails there is no file, one warning, and another try next time',
  async (fail) => {
    const [, risks] = await picturesNow()
    expect((await filesOf(fakeSlack({ fail }).client, [risks]))(risks)).toBeUndefined()
    expect(t.logged).toHaveLength(1)
    expect(t.logged[0]).toMatchObject({ level: 'warn', message: 'a picture is not in Slack', fields: { review } })
    expect(JSON.stringify(t.logged)).not.toContain('xoxb')
    expect((await filesOf(fakeSlack().client, [risks]))(risks)).toBe('F1')
  },
)

test('a picture that takes too long is not waited for, and there next time', async () => {
  const [, risks] = await picturesNow()
  const slow = fakeSlack({ readyAfter: 3 })
  expect((await filesOf(slow.client, [risks], 'T1', { patience: 300 }))(risks)).toBeUndefined()
  expect(t.logged.map(({ message }) => message)).toEqual(['a picture is not in Slack'])
  let next: string | undefined
  for (let look = 0; look < 100 && next === undefined; look += 1) {
    await pause(100)
    next = (await filesOf(fakeSlack({ fail: 'files.getUploadURLExternal' }).client, [risks]))(risks)
  }
  expect(next).toBe('F1')
  expect(uploads(slow.calls)).toBe(1)
})

test('a picture of no review, or of another workspace, has no file', async () => {
  const [, risks] = await picturesNow()
  const slack = fakeSlack()
  const gone: Picture = { ...risks, review: 'none' }
  expect((await filesOf(slack.client, [{ kind: 'picture', ...gone }]))(gone)).toBeUndefined()
  const elsewhere = await slackFiles(t.app, slack.client, 'T1', 'another', { blocks: [risks] })
  expect(elsewhere(risks)).toBeUndefined()
  expect(slack.calls).toEqual([])
})
