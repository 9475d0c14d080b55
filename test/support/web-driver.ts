// Drives the web chat the way its page does, over HTTP.
import { v4 as uuid } from 'uuid'
import type { Action, Block, Card, Form } from '../../src/conversation/card.ts'
import { inputsOf } from '../../src/conversation/card.ts'
import { plainText } from '../../src/conversation/plain-text.ts'
import type { Reply } from '../../src/conversation/reply.ts'
import { serveWebChat, type WebChat } from '../../src/web/server.ts'
import type { TestApp } from './app.ts'
import type { Driver } from './driver.ts'

export async function webDriver(
  t: TestApp,
): Promise<Driver & { web: WebChat; last(handle: string): Reply | undefined }> {
  const web = await serveWebChat(t.app, t.workspace, 0)
  const forms = new Map<string, Form>()
  const replies = new Map<string, Reply>()
  const post = async (handle: string, path: string, body: object): Promise<void> => {
    const response = await fetch(`${web.address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: web.address },
      body: JSON.stringify({ as: handle, ...body }),
    })
    const reply = (await response.json()) as Reply
    replies.set(handle, reply)
    const form = reply.kind === 'form' ? reply.form : reply.kind === 'done' ? reply.next : undefined
    if (form) forms.set(handle, form)
    else if (reply.kind !== 'invalid') forms.delete(handle)
    await t.delivery.idle()
  }
  const messages = async (handle: string): Promise<{ card: Card | null; said: string | null }[]> =>
    (await (await fetch(`${web.address}/conversation?as=${handle}`)).json()) as {
      card: Card | null
      said: string | null
    }[]
  return {
    web,
    last: (handle) => replies.get(handle),
    say: (handle, text) => post(handle, '/say', { text, id: uuid() }),
    async press(handle, label, values = {}) {
      const form = forms.get(handle)
      const open: Pick<Card, 'blocks'>[] = form ? [{ blocks: [...form.blocks, submitOf(form)] }] : []
      const cards = [...open, ...(await messages(handle)).flatMap(({ card }) => card ?? []).reverse()]
      for (const { blocks } of cards) {
        const action = actionsOf(blocks).find((one) => reads(one, label))
        if (!action) continue
        await post(handle, '/press', { press: action.press, values: { ...defaults(blocks), ...values } })
        return
      }
      throw new Error(`${handle} sees no button ${label}`)
    },
    async leave(handle) {
      forms.delete(handle)
    },
    async sees(handle) {
      return (await messages(handle)).map(({ card, said }) => (card ? plainText(card) : said)).join('\n\n')
    },
  }
}

const submitOf = ({ submit }: Form): Block => ({ kind: 'actions', actions: submit ? [submit] : [] })

function reads(
  { label, accessibleLabel }: Pick<Action, 'label' | 'accessibleLabel'>,
  wanted: string | RegExp,
): boolean {
  const texts = [label, accessibleLabel ?? label]
  return texts.some((text) => (typeof wanted === 'string' ? text === wanted : wanted.test(text)))
}

function actionsOf(blocks: Block[]): Action[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'actions') return block.actions
    return block.kind === 'items' ? block.items.flatMap(({ action }) => action ?? []) : []
  })
}

/** What an untouched card sends: the values its inputs start with. */
function defaults(blocks: Block[]): Record<string, string | string[] | boolean> {
  const given = inputsOf(blocks).filter(({ value }) => value !== undefined)
  return Object.fromEntries(given.map(({ name, value }) => [name, value as string | string[] | boolean]))
}
