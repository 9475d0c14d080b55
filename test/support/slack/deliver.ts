// How Slack reaches the bot over HTTP: signed requests that have three seconds to be acked.
import { createHmac } from 'node:crypto'
import type { Answered, Json } from './wire.ts'
import { bot, type World } from './world.ts'

type Kind = 'events_api' | 'interactive' | 'slash_commands'

/** A way to the bot: HTTP or a socket. */
export type Outlet = (kind: Kind, payload: Json, retry?: number) => Promise<Answered>

export const patience = 5000

/** The headers Slack signs a body with. */
export function signedHeaders(secret: string, body: string, now = Date.now()): Record<string, string> {
  const at = String(Math.floor(now / 1000))
  const hash = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${hash}` }
}

export function httpOutlet(address: () => string): Outlet {
  return async (kind, payload, retry) => {
    const isEvent = kind === 'events_api'
    const body = isEvent
      ? JSON.stringify(payload)
      : new URLSearchParams(
          kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>),
        ).toString()
    const started = performance.now()
    const took = () => Math.round(performance.now() - started)
    try {
      const response = await fetch(address(), {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
        headers: {
          'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          ...(retry ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' } : {}),
          ...signedHeaders(bot.signingSecret, body),
        },
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('application/json')
      return { status: response.status, body: isJson && text ? JSON.parse(text) : text, tookMs: took() }
    } catch {
      // Nobody listens, the connection broke, or the answer did not come in time.
      return { status: 0, body: undefined, tookMs: took() }
    }
  }
}

/** Notes what Slack would tell people about: an ack that failed or came late. */
export function watched(world: World, outlet: Outlet): Outlet {
  return async (kind, payload, retry) => {
    const answered = await outlet(kind, payload, retry)
    const inTime = answered.tookMs <= 3000
    if (answered.status !== 200 || !inTime)
      world.refused.push({ method: `ack ${kind}`, problems: [`status ${answered.status} after ${answered.tookMs} ms`] })
    return inTime ? answered : { ...answered, status: 0 }
  }
}
