// The connector's errors in the port's words: what is tried again, what is given up, what may have happened.
import { Gone, TryLater, Uncertain, Unreachable } from '../delivery/surface.ts'
import { ConnectorError } from './adapter.ts'
import { withJitter } from './budget.ts'

/** A message that a post may have left shows within this time: its card tells when someone looks at it. */
export const showsWithinMs = 60_000

/** Seconds until a change is tried again, where the connector does not say. */
const again = 2

/**
 * A post, or the opening of a chat. It is not idempotent: replayed after a 5xx it was seen to arrive two and three times
 * (openclaw #121116), so that is never done; whether it took effect shows later.
 * @param giveUp what to do with a place that refuses the bot
 */
export async function creating<T>(call: () => Promise<T>, giveUp: () => Promise<void>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    await refusals(error, giveUp)
    if (isPassing(error)) throw new Uncertain(showsWithinMs / 1000, error)
    throw error
  }
}

/** A change or a removal, which may be repeated: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export async function changing<T>(call: () => Promise<T>, giveUp: () => Promise<void>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ConnectorError && error.status === 404) throw new Gone(error.code, { cause: error })
    await refusals(error, giveUp)
    if (isPassing(error)) throw new TryLater(withJitter(again), error)
    throw error
  }
}

async function refusals(error: unknown, giveUp: () => Promise<void>): Promise<void> {
  if (!(error instanceof ConnectorError)) return
  const { status, code, retryAfter = again } = error
  if (status === 429 || status === 412) throw new TryLater(withJitter(retryAfter), error)
  if (status !== 403 && status !== 404) return
  await giveUp()
  throw new Unreachable(code, { cause: error })
}

/** No answer, or one that says nothing about what was asked. */
function isPassing(error: unknown): boolean {
  return error instanceof ConnectorError && (error.status === undefined || error.status >= 500)
}
