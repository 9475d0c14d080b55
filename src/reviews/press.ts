// Every button and form of every surface arrives here.
import { randomBytes } from 'node:crypto'
import { Press, Values } from '../conversation/press.ts'
import type { Reply } from '../conversation/reply.ts'
import { helpCard, said } from '../conversation/texts.ts'
import { Retryable } from '../store/database.ts'
import type { App, Visitor } from './app.ts'
import { mine, overallStatus, reviewStatus } from './status.ts'
import type { Handlers } from './verbs/handlers.ts'
import { interviewVerbs } from './verbs/interview.ts'
import { linkVerbs } from './verbs/link.ts'
import { settingsVerbs } from './verbs/settings.ts'
import { sideVerbs } from './verbs/side.ts'
import { treatVerbs } from './verbs/treat.ts'

const handlers: Handlers = {
  help: async () => ({ kind: 'card', card: helpCard() }),
  mine: (app, visitor) => mine(app, visitor),
  status: (app, visitor, press) =>
    press.review ? reviewStatus(app, visitor, press.review) : overallStatus(app, visitor),
  ...interviewVerbs,
  ...treatVerbs,
  ...sideVerbs,
  ...settingsVerbs,
  ...linkVerbs,
}

/**
 * Answers a press. Payload and values come from outside: both are read strictly here, and everything they claim is
 * checked again in the core.
 */
export async function press(app: App, visitor: Visitor, payload: unknown, filledIn: unknown): Promise<Reply> {
  const read = Press.safeParse(payload)
  const values = Values.safeParse(filledIn ?? {})
  if (!read.success || !values.success) return { kind: 'refused', text: said.malformed }
  return await guarded(app, () => handlers[read.data.verb](app, visitor, read.data, values.data))
}

/** A fault of ours never reaches the person as such: they get a reference, the log gets the fault under it. */
export async function guarded(app: App, answer: () => Promise<Reply>): Promise<Reply> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof Retryable) return { kind: 'refused', text: said.tryAgain(error.seconds) }
    const reference = randomBytes(4).toString('hex')
    app.log.error('a press failed', { reference, error })
    return { kind: 'refused', text: said.broken(reference) }
  }
}
