// What someone sees in the place of a message: its own card, a form that took its place, and the way back.
import type { Card, Form, Values } from '../conversation/card.ts'
import { openerOf, openerOfNext, sinceOpened } from '../conversation/open-form.ts'
import { type Press, showing } from '../conversation/press.ts'
import { doneWords, type Reply } from '../conversation/reply.ts'
import { said } from '../conversation/texts.ts'
import type { App, Visitor } from '../reviews/app.ts'
import { press } from '../reviews/press.ts'
import { partsOf, standingCard } from '../reviews/standing.ts'
import { redeliver } from '../store/deliveries.ts'
import { closeForm, noteOpenForm } from '../store/teams.ts'
import { type AdaptiveCard, type Look, type Note, renderForm, renderWords } from './cards.ts'
import type { Desk } from './desk.ts'
import { withPictures } from './messages.ts'

/** One person's view of one message. */
export interface Screen {
  visitor: Visitor
  message: string
  /** The message that is kept up to date: `stream/key`. */
  key: string | undefined
  /** The press that draws it, where it is no such message. */
  base: Press | undefined
}

const addressOn = ({ visitor }: Screen): string => visitor.place.address as string

/** The message's own card. */
export async function baseCard(
  desk: Desk,
  screen: Screen,
  { note, ...look }: Pick<Look, 'note' | 'values' | 'errors'>,
): Promise<AdaptiveCard> {
  const { visitor, key, base } = screen
  const ground = { key, base }
  if (key !== undefined) {
    const found = await standingCard(desk.app, visitor, key)
    if ('refused' in found) return renderWords(found.refused, note ? { note } : {})
    return await drawn(desk, screen, found.card, { ...look, ground, note })
  }
  if (!base) return renderWords(note ? '' : said.howToStart, note ? { note } : {})
  const reply = await press(desk.app, visitor, base, {})
  if (reply.kind === 'card') return await drawn(desk, screen, reply.card, { ...look, ground, note })
  return renderWords('text' in reply ? reply.text : '', note ? { note } : {})
}

async function drawn(desk: Desk, { visitor }: Screen, card: Card, look: Look): Promise<AdaptiveCard> {
  return withPictures(card, look, await desk.pictures(visitor.workspace, card)).content
}

/** What was filled in when a press was sent, by which press the card under it was drawn, and which press it was. */
interface Sent {
  press: Press | undefined
  by: Press | undefined
  values: Values
}

/** A reply of the core as the card that stands there next. */
export async function show(desk: Desk, screen: Screen, reply: Reply, sent: Sent): Promise<AdaptiveCard> {
  const { by, values } = sent
  const shows = sent.press && showing(sent.press)
  switch (reply.kind) {
    case 'form':
      return await formCard(desk, screen, reply.form, shows, { values: {}, held: by ? {} : values })
    case 'card':
      if (shows) await opened(desk, screen, { opener: shows, held: by ? {} : values })
      return await drawn(desk, screen, reply.card, { ground: { key: screen.key, base: screen.base, by: shows } })
    case 'done': {
      const note: Note = { text: doneWords(reply), tone: 'good' }
      if (reply.next)
        return await formCard(desk, screen, reply.next, openerOfNext(reply.next), { values: {}, held: {}, note })
      await formClosed(desk, screen)
      return await baseCard(desk, screen, quiet.has(sent.press?.verb ?? '') && screen.key ? {} : { note })
    }
    case 'refused': {
      const note: Note = { text: reply.text, tone: 'attention' }
      return by ? await drawAnew(desk, screen, by, { values, note }) : await baseCard(desk, screen, { values, note })
    }
    case 'invalid': {
      const { errors } = reply
      return by
        ? await drawAnew(desk, screen, by, { values, errors })
        : await baseCard(desk, screen, { values, errors })
    }
    default:
      return reply satisfies never
  }
}

/** Verbs whose outcome the card shows at once: a word above it would be noise. */
const quiet: ReadonlySet<string> = new Set(['answer', 'skip_wave'])

/** A form or card as a press draws it now, with what was filled in. */
export async function drawAnew(
  desk: Desk,
  screen: Screen,
  by: Press,
  look: { values?: Values; errors?: Record<string, string>; note?: Note },
): Promise<AdaptiveCard> {
  const reply = await press(desk.app, screen.visitor, by, {})
  const { values = {}, errors, note } = look
  if (reply.kind === 'form') {
    const more = { values, held: {}, ...(errors ? { errors } : {}), ...(note ? { note } : {}) }
    return await formCard(desk, screen, reply.form, by, more)
  }
  if (reply.kind === 'card') {
    return await drawn(desk, screen, reply.card, { ground: { key: screen.key, base: screen.base, by }, note })
  }
  // What it was drawn from is not there any more: the card itself is, with the reason.
  await formClosed(desk, screen)
  const reason = note ?? ('text' in reply ? ({ text: reply.text, tone: 'attention' } as const) : undefined)
  return await baseCard(desk, screen, reason ? { note: reason } : {})
}

async function formCard(
  desk: Desk,
  screen: Screen,
  form: Form,
  press: Press | undefined,
  { held, ...look }: Pick<Look, 'values' | 'errors' | 'note'> & { held: Values },
): Promise<AdaptiveCard> {
  const by = press && openerOf(form, press)
  const shown = by ? sinceOpened(form, by) : form
  // A refusal is left standing as a form is: who was first, and why, has to be read before the card changes again.
  const refusal = look.note?.tone === 'attention' ? look.note.text : undefined
  if (by)
    await opened(desk, screen, { opener: by, submit: refusal ? { verb: by.verb } : shown.submit?.press, held, refusal })
  return renderForm(shown, { ...look, ground: { key: screen.key, base: screen.base, by } })
}

/** Remembers a form, so that its message is left alone while it is filled in. */
async function opened(
  desk: Desk,
  screen: Screen,
  {
    submit,
    refusal,
    ...form
  }: { opener: Press; submit?: Press | undefined; held: Values; refusal?: string | undefined },
): Promise<void> {
  const { visitor, message, key } = screen
  if (key === undefined || message === '' || visitor.standing !== 'member') return
  const { workspace, person } = visitor
  await noteOpenForm(desk.app.store.database, {
    ...{ address: addressOn(screen), message, person, key, workspace, ...form },
    ...(submit ? { submit } : {}),
    ...(refusal ? { refusal } : {}),
  })
}

/** Forgets the form: its message may change again. Gives what had been filled in on the card before. */
export async function formClosed(desk: Desk, screen: Screen): Promise<Values> {
  const { visitor, message, key } = screen
  if (key === undefined) return {}
  const { database } = desk.app.store
  const held = await closeForm(database, addressOn(screen), message, visitor.person)
  if (!held) return {}
  await changesAgain(desk.app, visitor.workspace, key)
  return held as Values
}

/** Has a message compared again that was left alone while a form was open in its place. */
export async function changesAgain(app: App, workspace: string, key: string): Promise<void> {
  const { stream } = partsOf(key)
  await redeliver(app.store.database, workspace, stream)
  app.committed(workspace, stream)
}
