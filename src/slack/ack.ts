// An ack is a promise: Slack hears that something arrived once what it causes is committed.
import type { Receiver } from '@slack/bolt'

/** Slack takes an answer for three seconds (https://docs.slack.dev/interactivity/handling-user-interaction); ours stops waiting before. */
export const deadlineMs = 2_000

/**
 * Bolt acknowledges events before any listener runs; behind this receiver the ack of an event waits until its listeners
 * are done. One that fails is not acknowledged, and Slack sends it again. Clicks, commands and views acknowledge
 * themselves and pass through.
 */
export function ackAfterWork(receiver: Receiver): Receiver {
  return {
    init(app) {
      const processEvent: typeof app.processEvent = async (event) => {
        if (event.body.type !== 'event_callback') return await app.processEvent(event)
        let acked = false
        await app.processEvent({
          ...event,
          ack: async () => {
            acked = true
          },
        })
        if (acked) await event.ack()
      }
      receiver.init({ processEvent } as typeof app)
    },
    start: (...args) => receiver.start(...args),
    stop: (...args) => receiver.stop(...args),
  }
}

/** What work gives, or `undefined` when it is not done by the deadline; it goes on then, and its end still counts. */
export async function byDeadline<T>(work: Promise<T>, ms = deadlineMs): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
