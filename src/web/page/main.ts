// The page: a conversation that stays up to date, and what pressing and typing do.
import type { Action, Card } from '../../conversation/card.ts'
import type { Reply } from '../../conversation/reply.ts'
import { type OnPress, renderCard } from './cards.ts'
import { closeForm, openForm } from './dialog.ts'
import { byId, element } from './element.ts'
import { keepTouched, showErrors, valuesOf } from './inputs.ts'
import { conversation, type Message, type Person, people, say, sendPress, session, status } from './server.ts'

const log = byId('conversation')
const aside = byId('status')
const toasts = byId('toasts')
/** More would cover what they speak of; the log keeps every receipt. */
const mostToasts = 2
let following: EventSource | undefined
let welcome: Card
let everyone: Person[] = []

const onPress: OnPress = async (action, card, button) => {
  if (button.getAttribute('aria-busy') === 'true') return
  button.setAttribute('aria-busy', 'true')
  const reply = await sendPress(action.press, valuesOf(card))
  button.removeAttribute('aria-busy')
  answer(reply, card)
}

/** Shows what came back. `card` is where the press came from: errors go under its fields. */
function answer(reply: Reply, card?: HTMLElement): void {
  switch (reply.kind) {
    case 'done':
      if (reply.text) toast(reply.receipt ? `${reply.text} Receipt ${reply.receipt.slice(0, 24)}` : reply.text)
      if (reply.next) openForm(reply.next, onPress)
      else closeForm()
      return
    case 'form':
      openForm(reply.form, onPress)
      return
    case 'card':
      closeForm()
      append(mineOnly(reply.card))
      return
    case 'refused':
      toast(reply.text, 'refused')
      return
    case 'invalid': {
      const elsewhere = card ? showErrors(card, reply.errors) : Object.values(reply.errors)
      for (const error of elsewhere) toast(error, 'refused')
      return
    }
    default:
      reply satisfies never
  }
}

function mineOnly(card: Card): HTMLElement {
  const shown = renderCard(card, onPress)
  shown.classList.add('mine-only')
  return shown
}

function toast(words: string, kind?: 'refused'): void {
  const shown = element('div', { class: kind, role: kind && 'alert' }, words)
  // An open dialog covers the page, so what is said has to stand inside it.
  const dialog = byId<HTMLDialogElement>('dialog')
  if (dialog.open && kind) {
    dialog.querySelector('.said-no')?.remove()
    const warning = element('p', { class: 'warning said-no', role: 'alert' }, words)
    dialog.querySelector('.foot')?.before(warning)
    warning.scrollIntoView({ block: 'center' })
    return
  }
  toasts.append(shown)
  while (toasts.children.length > mostToasts) toasts.firstElementChild?.remove()
  setTimeout(() => shown.remove(), kind ? 12_000 : 6_000)
}

function append(shown: HTMLElement): void {
  shown.classList.add('fresh')
  log.append(shown)
  shown.scrollIntoView({ block: 'start' })
}

function render({ key, said, card }: Message): HTMLElement {
  const shown = said !== null ? element('div', { class: 'said' }, said) : renderCard(card as Card, onPress)
  shown.dataset.key = key
  return shown
}

/** Puts a message where it stands already, keeping what was typed into it, or at the end. */
function place(message: Message): void {
  const standing = [...log.children].find((child) => (child as HTMLElement).dataset.key === message.key) as
    | HTMLElement
    | undefined
  const shown = render(message)
  if (!standing) {
    append(shown)
    return
  }
  keepTouched(standing, shown)
  shown.dispatchEvent(new Event('input'))
  standing.replaceWith(shown)
}

async function load(): Promise<void> {
  const messages = await conversation()
  log.replaceChildren(...(messages.length === 0 ? [renderCard(welcome, onPress)] : messages.map(render)))
  log.lastElementChild?.scrollIntoView({ block: 'end' })
  log.removeAttribute('aria-busy')
}

async function refreshStatus(): Promise<void> {
  const seesAll = everyone
    .find(({ handle }) => handle === session.as)
    ?.roles.some((role) => ['security_lead', 'executive'].includes(role))
  aside.hidden = !seesAll
  if (!seesAll) return
  const reply = await status()
  if (reply.kind === 'card') aside.replaceChildren(renderCard(reply.card, onPress))
}

async function become(handle: string): Promise<void> {
  session.as = handle
  log.setAttribute('aria-busy', 'true')
  localStorage.setItem('as', handle)
  following?.close()
  following = new EventSource(`/live?as=${handle}`)
  following.addEventListener('ready', () => void load())
  following.addEventListener('reload', () => void load())
  following.addEventListener('changed', () => void refreshStatus())
  following.addEventListener('message', (event) => {
    const message = JSON.parse(event.data) as Message & { removed?: boolean }
    if (!message.removed) place(message)
    else [...log.children].find((child) => (child as HTMLElement).dataset.key === message.key)?.remove()
  })
  await refreshStatus()
}

function personSwitch({ handle, name, part }: Person): HTMLElement {
  const input = element('input', { type: 'radio', name: 'person', value: handle, checked: handle === session.as })
  input.addEventListener('change', () => void become(handle))
  return element('label', {}, input, `${name} · ${part}`)
}

function press(action: Action['press'], button: HTMLElement): void {
  void onPress({ label: '', press: action }, log, button as HTMLButtonElement)
}

async function start(): Promise<void> {
  const shipped = await people()
  welcome = shipped.welcome
  everyone = shipped.people
  const stored = localStorage.getItem('as')
  session.as = everyone.find(({ handle }) => handle === stored)?.handle ?? everyone[0]?.handle ?? ''
  byId('people').append(element('div', { class: 'chips' }, ...everyone.map(personSwitch)))
  byId('composer').addEventListener('submit', async (event) => {
    event.preventDefault()
    const words = byId<HTMLTextAreaElement>('words')
    const text = words.value.trim()
    if (text === '') return
    const reply = await say(text)
    if (reply.kind !== 'refused') words.value = ''
    answer(reply)
  })
  byId('words').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    byId<HTMLFormElement>('composer').requestSubmit()
  })
  byId('new-review').addEventListener('click', (event) => press({ verb: 'start_form' }, event.target as HTMLElement))
  byId('mine').addEventListener('click', (event) => press({ verb: 'mine' }, event.target as HTMLElement))
  await become(session.as)
}

await start()
