// An ack is a promise: Slack hears that something arrived once what it causes is committed.
import type { Receiver } from '@slack/bolt'

/** Slack takes an answer for three seconds (https://docs.slack.dev/interactivity/handling-user-interaction); ours stops waiting before. */
export const deadlineMs = 2_000

/**
 * Bolt acknowledges events before any listener runs; behind this receiver the ack of an event waits until its listeners
 * are done. One that fails is not acknowledged, and Slack sends it again. Clicks, commands and views acknowledge
 * themselves. What nobody listens to or can read is acknowledged at once: sent again it would be no better.
 */
export function ackAfterWork(receiver: Receiver): Receiver {
  return {
    init(app) {
      const processEvent: typeof app.processEvent = async (event) => {
        const isEvent = event.body?.type === 'event_callback'
        let acked = false
        const ack: typeof event.ack = async (answer) => {
          acked = true
          if (!isEvent) await event.ack(answer)
        }
        await app.processEvent({ ...event, ack }).catch((error: unknown) => {
          if (!isUnreadable(error)) throw error
        })
        if (isEvent || !acked) await event.ack()
      }
      receiver.init({ processEvent } as typeof app)
    },
    start: (...args) => receiver.start(...args),
    stop: (...args) => receiver.stop(...args),
  }
}

/** Bolt stumbles over a malformed body before any listener runs; what fails in a listener carries a code of Bolt's. */
function isUnreadable(error: unknown): boolean {
  return error instanceof TypeError && !('code' in error)
}
