// How Teams reaches the bot: signed activities over HTTP, each answered in time or not at all.
import type { Activity, Answered } from './wire.ts'
import type { World } from './world.ts'

/** Posts an activity; without a token of its own it is signed as Teams signs. */
export type Deliver = (activity: Activity, token?: string) => Promise<Answered>

const patience = 15_000

/** @param signed gives a good token */
export function httpOutlet(world: World, address: () => string, signed: () => string): Deliver {
  const post = async (activity: Activity, token = signed()): Promise<Answered> => {
    if (activity.id) world.delivered.add(activity.id)
    const started = performance.now()
    const took = () => Math.round(performance.now() - started)
    try {
      const response = await fetch(address(), {
        method: 'POST',
        body: JSON.stringify(activity),
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('application/json')
      return { status: response.status, body: isJson && text ? JSON.parse(text) : text, tookMs: took() }
    } catch {
      // Nobody listens, the connection broke, or the answer did not come in time.
      return { status: 0, body: undefined, tookMs: took() }
    }
  }
  return (activity, token) => world.track(post(activity, token))
}

/** Notes what Teams would tell people about: an activity that was not taken. Invokes are judged by whoever reads the answer. */
export function watched(world: World, deliver: Deliver): Deliver {
  return async (activity, token) => {
    const answered = await deliver(activity, token)
    const { status, tookMs } = answered
    const taken = status >= 200 && status < 300
    if (!taken && activity.type !== 'invoke')
      world.refused.push({ where: activity.type, problems: [`status ${status} after ${tookMs} ms`] })
    return answered
  }
}
