// The Bot Connector's HTTP side, with the failures a test asked for, and the documents that tokens are checked by.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, type Asked, operations } from './operations.ts'
import type { Call, Failure, FakeMessage, Json, Kind } from './wire.ts'
import { Refusal } from './wire.ts'
import { bot, type World } from './world.ts'

export interface Around {
  documents: Record<string, Json>
  /** Told of every message that now stands there for people to see. */
  shown(message: FakeMessage): void
}

/** As in Teams, bots are called from below a path: smba.trafficmanager.net/emea/… */
export const servicePath = '/emea/'

/** Answers one request. */
export async function answerRequest(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  around: Around,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', world.url)
  const document = around.documents[pathname]
  if (document) return send(response, { status: 200, body: document })
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const call = callOf(request.method ?? '', pathname, raw)
  world.calls.push(call)
  if (request.headers.authorization !== `Bearer ${bot.token}`)
    return send(response, noted(call, { status: 401, body: errorBody('Unauthorized') }))
  const [, , , , , about = '', id = ''] = partsOf(pathname)
  const asked = { conversation: call.conversation ?? '', about, id, body: call.body, bytes: raw.length }
  const failure = nextFailure(world, call)
  const outcome = await withFailure(failure, () => operate(world, call, asked))
  if (outcome.answer) send(response, noted(call, outcome.answer))
  else response.destroy()
  if (outcome.shown) around.shown(outcome.shown)
}

/** The failure that a test asked for, of such a call. */
function nextFailure(world: World, { kind, conversation = '' }: Call): Failure | undefined {
  const asked = kind === 'unknown' ? [] : (world.failures.get(kind) ?? [])
  const at = asked.findIndex((one) => one.conversation === undefined || conversation.startsWith(one.conversation))
  return at === -1 ? undefined : asked.splice(at, 1)[0]?.how
}

/** What an answer becomes by a failure; none at all when the connection breaks. */
async function withFailure(
  failure: Failure | undefined,
  operate: () => Answer,
): Promise<{ answer?: Answer; shown?: FakeMessage }> {
  const shownBy = (answer: Answer) => (answer.shown ? { shown: answer.shown } : {})
  if (!failure || 'delayMs' in failure) {
    if (failure) await wait(failure.delayMs)
    const answer = operate()
    return { answer, ...shownBy(answer) }
  }
  if ('cut' in failure) return failure.cut === 'before' ? {} : shownBy(operate())
  const { status } = failure
  const after = 'after' in failure && failure.after ? shownBy(operate()) : {}
  const retryAfter = 'retryAfter' in failure ? failure.retryAfter : undefined
  const code = STATUS_CODES[status]?.replaceAll(' ', '') ?? ''
  return { answer: { status, body: errorBody(code), retryAfter }, ...after }
}

function operate(world: World, call: Call, asked: Asked): Answer {
  const { kind, method, path } = call
  try {
    if (kind === 'unknown') throw new Refusal(404, 'NotFound', { problems: ['Teams, or this fake, has no such call'] })
    return operations[kind](world, asked)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { status, code, problems, retryAfter } = error
    const where = kind === 'unknown' ? `${method} ${path}` : `${kind} ${asked.conversation}`.trim()
    if (problems.length > 0) world.refused.push({ where, problems })
    return { status, body: errorBody(code, problems.join('; ') || code), retryAfter }
  }
}

const partsOf = (pathname: string): string[] => pathname.split('/').map((part) => decodeURIComponent(part))

function callOf(method: string, path: string, raw: Buffer): Call {
  const [, , , , conversation] = partsOf(path)
  const named = conversation ? { conversation } : {}
  return { kind: kindOf(method, path), method, path, status: 0, ...named, body: readBody(raw), at: Date.now() }
}

function kindOf(method: string, path: string): Kind | 'unknown' {
  const prefix = `${servicePath}v3/conversations`
  if (!path.startsWith(prefix)) return 'unknown'
  const [, conversation, about, id, ...more] = path.slice(prefix.length).split('/')
  if (more.length > 0) return 'unknown'
  if (!conversation) return method === 'POST' && about === undefined ? 'conversation' : 'unknown'
  if (about === 'activities' && method === 'POST') return 'create'
  if (about === 'activities' && id && method === 'PUT') return 'update'
  if (about === 'activities' && id && method === 'DELETE') return 'delete'
  const lists = about === 'members' || (about === 'pagedmembers' && !id)
  return method === 'GET' && lists ? 'member' : 'unknown'
}

function readBody(raw: Buffer): Json {
  try {
    return JSON.parse(raw.toString() || '{}') as Json
  } catch {
    return {}
  }
}

const errorBody = (code: string, message: string = code): Json => ({ error: { code, message } })

function noted(call: Call, answer: Answer): Answer {
  call.status = answer.status
  return answer
}

function send(response: ServerResponse, { status, body, retryAfter }: Answer): void {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text)
}
