// Talks to the program on this machine.
import type { Card, Values } from '../../conversation/card.ts'
import type { Press } from '../../conversation/press.ts'
import type { Reply } from '../../conversation/reply.ts'

export interface Message {
  no: number
  key: string
  said: string | null
  card: Card | null
}

export interface Person {
  handle: string
  name: string
  part: string
  roles: string[]
}

/** Who the page acts as at the moment. */
export const session = { as: '' }

export async function people(): Promise<{ people: Person[]; welcome: Card }> {
  return await get('/people')
}

export async function conversation(): Promise<Message[]> {
  return await get(`/conversation?as=${session.as}`)
}

export async function status(): Promise<Reply> {
  return await get(`/status?as=${session.as}`)
}

export async function sendPress(press: Press, values: Values): Promise<Reply> {
  return await post('/press', { as: session.as, press, values })
}

export async function say(text: string): Promise<Reply> {
  return await post('/say', { as: session.as, text, id: crypto.randomUUID() })
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as T
}

/** A refusal where the program does not answer: what was typed stays on the page. */
async function post(path: string, body: object): Promise<Reply> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Reply
  } catch {
    return { kind: 'refused', text: 'Countersign does not answer. Is it still running? What you typed is still here.' }
  }
}
