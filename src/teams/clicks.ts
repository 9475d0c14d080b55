// Buttons: what a person pressed. Each press is answered by a card that only they see.
import type { Values } from '../conversation/card.ts'
import { Press } from '../conversation/press.ts'
import type { Reply } from '../conversation/reply.ts'
import { said } from '../conversation/texts.ts'
import { byDeadline } from '../deadline.ts'
import { guarded, press } from '../reviews/press.ts'
import { partsOf } from '../reviews/standing.ts'
import { closeForm, isKept, openForms, seenStanding } from '../store/teams.ts'
import { type AdaptiveCard, renderWords } from './cards.ts'
import type { Desk } from './desk.ts'
import { limits } from './limits.ts'
import { type Carried, ObjectId } from './payload.ts'
import { baseCard, drawAnew, formClosed, type Screen, show } from './screen.ts'
import { readValues } from './values.ts'
import type { Caller } from './who.ts'

/** A press as it arrived. */
export interface Pressed {
  caller: Caller
  /** The message it was pressed on. */
  message: string
  carried: Carried
  /** Everything the card sent, what was filled in among it. */
  data: Record<string, unknown>
}

/** What the person who pressed sees in the place of the card; always a card, also when something is amiss. */
export async function pressed(desk: Desk, given: Pressed): Promise<AdaptiveCard> {
  const work = answer(desk, given).catch((error: unknown): Promise<AdaptiveCard> => failed(desk, given, error))
  const { key, base } = given.carried
  desk.later(work)
  return (await byDeadline(work, limits.answerMs)) ?? renderWords(said.notConfirmed, { ground: { key, base } })
}

/** What goes wrong outside the core is told like what goes wrong inside. */
async function failed({ app }: Desk, { carried: { key, base } }: Pressed, error: unknown): Promise<AdaptiveCard> {
  const reply = await guarded(app, () => Promise.reject(error))
  return renderWords('text' in reply ? reply.text : '', { ground: { key, base } })
}

async function answer(desk: Desk, { caller, message, carried, data }: Pressed): Promise<AdaptiveCard> {
  const visitor = await desk.whos.visitor(caller)
  const { key, base, by, set = {} } = carried
  const screen: Screen = { visitor, message, key, base }
  if (key !== undefined && (await standsTwice(desk, caller, screen))) return renderWords(said.standsTwice, {})
  const read = readValues(data)
  const values: Values = { ...read.values, ...set }
  switch (carried.do) {
    case 'refresh':
      return await refreshed(desk, screen)
    case 'back':
      return await baseCard(desk, screen, { values: await formClosed(desk, screen) })
    case 'choose':
      return by ? await drawAnew(desk, screen, by, { values }) : await baseCard(desk, screen, {})
    case 'press': {
      const reply = await guarded(desk.app, async (): Promise<Reply> => {
        const picked = await withPeople(desk, caller, values, read.people)
        if (picked.errors) return { kind: 'invalid', errors: picked.errors }
        return await press(desk.app, visitor, carried.press, picked.values)
      })
      return await show(desk, screen, reply, { press: Press.safeParse(carried.press).data, by, values })
    }
    default:
      return carried.do satisfies never
  }
}

/** The card as it is now, or the form that this person has open on it. */
async function refreshed(desk: Desk, screen: Screen): Promise<AdaptiveCard> {
  const { visitor, message } = screen
  const at = { address: visitor.place.address as string, message, person: visitor.person }
  const [open] = await openForms(desk.app.store.database, at)
  const opener = Press.safeParse(open?.opener).data
  // An edit may have crossed the answer to a press: what was refused there has to be read all the same.
  const note = open?.refusal ? { note: { text: open.refusal, tone: 'attention' as const } } : {}
  return opener ? await drawAnew(desk, screen, opener, note) : await baseCard(desk, screen, {})
}

/**
 * A message that was pressed or shown stands: so a post is found that was cut off half-way. Of two that stand, the one
 * that nobody keeps up to date is taken away.
 */
async function standsTwice({ app, connector, later }: Desk, { at }: Caller, screen: Screen): Promise<boolean> {
  const { visitor, message, key = '' } = screen
  const ref = { address: visitor.place.address as string, id: message }
  if (visitor.standing !== 'member' || message === '') return false
  const kept = await seenStanding(app.store.database, visitor.workspace, partsOf(key), ref)
  // A press can name any message: one that is kept up to date under another key is no second of this one.
  if (kept !== false || (await isKept(app.store.database, ref))) return false
  await closeForm(app.store.database, ref.address, message, visitor.person)
  later(connector.remove(at, message))
  return true
}

/** People that were picked, as the core knows them; a picker gives the object id of someone nobody has met yet. */
async function withPeople(
  { whos }: Desk,
  { at }: Caller,
  values: Values,
  people: string[],
): Promise<{ values: Values; errors?: Record<string, string> }> {
  const met = { ...values }
  for (const name of people) {
    const value = String(values[name] ?? '')
    if (value === '' || value.startsWith('p-')) continue
    // The picker gives Entra's object ids; by anything else the same account would be met as somebody else.
    const objectId = ObjectId.safeParse(value).data
    const person = objectId && (await whos.picked(at.serviceUrl, objectId))
    if (!person) return { values, errors: { [name]: said.cannotReachPicked } }
    met[name] = person
  }
  return { values: met }
}
