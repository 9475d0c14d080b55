// The local web chat over HTTP: whom it answers, what it refuses, and that no payload brings it down.

import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { verbs } from '../../src/conversation/press.ts'
import type { Reply } from '../../src/conversation/reply.ts'
import { serveWebChat, type WebChat } from '../../src/web/server.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { draftedReview, listedIds, reviewNow } from '../support/drafted.ts'

let t: TestApp
let web: WebChat
let review: string
beforeAll(async () => {
  t = await testApp()
  web = await serveWebChat(t.app, t.workspace, 0)
  review = await draftedReview(t.app, await t.as('paula'))
  await t.delivery.idle()
})
afterAll(async () => {
  await web.close()
  await t.close()
})

interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** A request with headers a browser would not let a page set. */
function ask(
  path: string,
  { method = 'GET', headers = {}, body = '' }: Sent = {},
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${web.address}${path}`, { method, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: web.address, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('local only', () => {
  test('it listens on loopback', () => {
    expect(new URL(web.address).hostname).toBe('127.0.0.1')
  })

  test.each([
    ['another host name that was pointed here', '/', { headers: { host: 'evil.example' } }, 403],
    ['this host on another port', '/', { headers: { host: '127.0.0.1:1' } }, 403],
    ['its own page', '/', {}, 200],
    ['a foreign page that reads', '/conversation?as=paula', { headers: { origin: 'https://evil.example' } }, 403],
    ['a foreign page that posts', '/press', { method: 'POST', headers: { origin: 'https://evil.example' } }, 403],
    ['a post without an origin', '/press', { method: 'POST' }, 403],
  ])('%s', async (_, path, sent, status) => {
    expect((await ask(path, sent)).status).toBe(status)
  })

  test('the page may load nothing from elsewhere and be framed nowhere', async () => {
    const { headers } = await ask('/')
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('the page says that it is for this machine', async () => {
    expect((await ask('/')).text).toContain('For this machine only')
  })

  test('its scripts are served without types, and nothing outside their folder', async () => {
    const script = await ask('/page/main.ts')
    expect(script.headers['content-type']).toContain('text/javascript')
    expect(script.text).not.toContain('import type')
    expect((await ask('/page/..%2fserver.ts')).status).toBe(404)
    expect((await ask('/page/none.ts')).status).toBe(404)
  })

  test('nobody who is not one of the five', async () => {
    expect((await ask('/conversation?as=mallory')).status).toBe(404)
    expect((await post('/press', { as: 'mallory', press: { verb: 'mine' }, values: {} })).status).toBe(404)
  })
})

test('pictures of a review, as SVG and PNG', async () => {
  const svg = await ask(`/pictures/${review}/system.svg?v=1`)
  expect(svg.text).toContain('Datadog')
  const png = await ask(`/pictures/${review}/risks.png?v=1`)
  expect(png.headers['content-type']).toBe('image/png')
  expect((await ask('/pictures/none/system.svg')).status).toBe(404)
})

test('a page that follows is told of a message as it comes', async () => {
  const response = await fetch(`${web.address}/live?as=sam`)
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const state = await reviewNow(t.app, t.workspace, review)
  const id = listedIds(state)[0] as string
  const open = JSON.parse(
    (await post('/press', { as: 'paula', press: { verb: 'threat', review, subject: id }, values: {} })).text,
  ) as Reply
  if (open.kind !== 'form' || !open.form.submit) throw new Error('no form')
  const values = { likelihood: '3', impact: '3', treatment: 'avoid', reason: 'No.' }
  const rating = state.threats[id]?.rating ?? { likelihood: 3, impact: 3 }
  await post('/press', {
    as: 'paula',
    press: open.form.submit.press,
    values: { ...values, likelihood: String(rating.likelihood), impact: String(rating.impact) },
  })
  let heard = ''
  while (!heard.includes('For you to sign')) heard += new TextDecoder().decode((await reader.read()).value)
  await reader.cancel()
})

describe('hostile payloads', () => {
  const runs = process.env.LONG ? 2_000 : 300

  test('no crash, no 5xx, no effect', async () => {
    const before = await reviewNow(t.app, t.workspace, review)
    const junk = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('\0'), fc.constant('<!channel>'))
    const payload = fc.oneof(
      fc.record({ as: fc.constantFrom('paula', 'sam', 'nobody'), press: junk, values: junk }),
      fc.record({
        as: fc.constantFrom('milan', 'elena'),
        press: fc.record(
          {
            verb: fc.constantFrom(...verbs.filter((verb) => !['start', 'status'].includes(verb))),
            review: fc.constantFrom(review, 'foreign', '../x', '\u0000'),
            subject: fc.oneof(fc.string(), fc.constantFrom('0', '9', 'direct-injection@model-1', 'a+b', '-1')),
            seen: fc.oneof(fc.integer(), fc.constant(1e308)),
            shown: fc.string(),
            extra: fc.string(),
          },
          { requiredKeys: ['verb'] },
        ),
        values: fc.dictionary(
          fc.constantFrom('words', 'to', 'due', 'questions', 'treatment', 'decision', 'likelihood', 'person'),
          junk,
        ),
      }),
      junk,
    )
    await fc.assert(
      fc.asyncProperty(payload, async (body) => {
        const { status, text } = await post('/press', JSON.stringify(body) ?? '')
        expect(status).toBeLessThan(500)
        expect(text).not.toMatch(/\bat .*\.ts:\d/)
      }),
      { numRuns: runs, seed: 4711 },
    )
    expect(await reviewNow(t.app, t.workspace, review)).toEqual(before)
    expect(t.logged.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('truncated, oversized and mistyped bodies are turned away', async () => {
    expect((await post('/press', '{"as":"paula","press":')).status).toBe(400)
    expect((await post('/press', { as: 'paula', press: {}, values: { words: 'x'.repeat(300_000) } })).status).toBe(413)
    expect((await post('/press', 'as=paula', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(404)
  })
})
