// The fake's HTTP side: Web API calls, response URLs and uploads, with the failures a test asked for.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { chatMethods } from './chat-methods.ts'
import { otherMethods } from './other-methods.ts'
import { answerByUrl } from './response-urls.ts'
import { viewMethods } from './view-methods.ts'
import type { Failure, Json } from './wire.ts'
import { Refusal } from './wire.ts'
import type { Call, World } from './world.ts'

const methods = { ...chatMethods, ...viewMethods, ...otherMethods }
/** Fields that travel as JSON inside a form. */
const encoded = new Set(['blocks', 'attachments', 'metadata', 'view', 'files', 'prompts', 'loading_messages'])
const tokenless = new Set(['oauth.v2.access', 'api.test'])

/** Answers one request. */
export async function answerRequest(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const { pathname, searchParams } = new URL(request.url ?? '/', world.url)
  const [, door, name = ''] = pathname.split('/')
  world.inFlight += 1
  world.lastActivity = Date.now()
  try {
    if (door === 'api') {
      const body = { ...Object.fromEntries(searchParams), ...readBody(request, raw) }
      await withFailures(world, response, name, body, () => callMethod(world, request, name, body))
    } else if (door === 'response') {
      const body = readBody(request, raw)
      await withFailures(world, response, 'response_url', body, () => answerByUrl(world, name, body))
    } else if (door === 'upload') {
      const body = { id: name, bytes: raw.length }
      await withFailures(world, response, 'upload', body, () => takeUpload(world, request, name, raw))
    } else response.writeHead(404).end()
  } finally {
    world.inFlight -= 1
    world.lastActivity = Date.now()
  }
}

interface Answer {
  status: number
  body: Json | string
}

async function withFailures(
  world: World,
  response: ServerResponse,
  method: string,
  body: Json,
  answer: () => Answer | Promise<Answer>,
): Promise<void> {
  const call: Call = { method, body, at: Date.now() }
  world.calls.push(call)
  const failure: Failure = world.failures.get(method)?.shift() ?? {}
  const send = ({ status, body: content }: Answer, headers: Record<string, string> = {}): void => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    const type = typeof content === 'string' ? 'text/plain' : 'application/json; charset=utf-8'
    response.writeHead(status, { 'content-type': type, ...headers }).end(text)
  }
  if ('status429' in failure) {
    call.error = 'ratelimited'
    return send(
      { status: 429, body: { ok: false, error: 'ratelimited' } },
      { 'retry-after': String(failure.status429) },
    )
  }
  if ('error' in failure) {
    call.error = failure.error
    return send({ status: 200, body: { ok: false, error: failure.error } })
  }
  if ('cut' in failure && failure.cut === 'before') {
    call.error = 'cut before'
    response.destroy()
    return
  }
  if ('delayMs' in failure) await wait(failure.delayMs)
  let answered: Answer
  try {
    answered = await answer()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    call.error = error.error
    if (error.problems.length > 0) world.refused.push({ method, problems: error.problems })
    const { problems } = error
    const response_metadata = { messages: problems.map((one) => `[ERROR] ${one}`) }
    const refusal = { ok: false, error: error.error, ...(problems.length > 0 ? { response_metadata } : {}) }
    answered = { status: method === 'response_url' || method === 'upload' ? 404 : 200, body: refusal }
  }
  if (!('cut' in failure)) return send(answered)
  call.error ??= 'cut after'
  response.destroy()
}

function callMethod(world: World, request: IncomingMessage, method: string, body: Json): Answer {
  const run = methods[method]
  if (!run) throw new Refusal('unknown_method', [`Slack, or this fake, has no method ${method}`])
  const isJson = String(request.headers['content-type']).startsWith('application/json')
  // With a JSON body Slack reads the token from the header only.
  const inBody = isJson ? undefined : body.token
  const token = String(request.headers.authorization?.replace(/^Bearer /, '') ?? inBody ?? '')
  if (!tokenless.has(method)) checkToken(world, token, method)
  const { token: _, ...rest } = body
  return { status: 200, body: { ok: true, ...run(world, rest, token) } }
}

function checkToken(world: World, token: string, method: string): void {
  if (token === '') throw new Refusal('not_authed', ['no token'])
  const kind = world.tokens.get(token)
  if (kind === 'revoked') throw new Refusal('token_revoked')
  if (!kind) throw new Refusal('invalid_auth')
  const wanted = method === 'apps.connections.open' ? 'app' : 'bot'
  if (kind !== wanted) throw new Refusal('not_allowed_token_type', [`${method} takes a token of the ${wanted}`])
}

function readBody(request: IncomingMessage, raw: Buffer): Json {
  const type = String(request.headers['content-type'] ?? '')
  if (type.startsWith('application/json')) return parse(raw.toString()) as Json
  const given = Object.fromEntries(new URLSearchParams(raw.toString()))
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, encoded.has(key) ? parse(value) : value]))
}

/** What does not parse stays text, and is then refused by what needs it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Takes a file's bytes, raw or as the one part of a form. */
async function takeUpload(world: World, request: IncomingMessage, id: string, raw: Buffer): Promise<Answer> {
  const upload = world.uploads.get(id)
  if (!upload) throw new Refusal('file_not_found')
  const type = String(request.headers['content-type'] ?? '')
  let bytes = raw
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData()
    const [part] = [...form.values()].filter((one) => typeof one !== 'string')
    bytes = Buffer.from(part ? new Uint8Array(await part.arrayBuffer()) : new Uint8Array())
  }
  if (bytes.length !== upload.length)
    throw new Refusal('length_mismatch', [`${bytes.length} bytes, ${upload.length} announced`])
  upload.bytes = bytes
  return { status: 200, body: `OK - ${bytes.length}` }
}
