// The local web chat: one page on loopback, for one machine, with a switch between the people who ship with it.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler, type Request } from 'express'
import { z } from 'zod'
import { type Card, text } from '../conversation/card.ts'
import type { Reply } from '../conversation/reply.ts'
import { helpCard } from '../conversation/texts.ts'
import { storable } from '../domain/words.ts'
import { Instruction } from '../instruction.ts'
import type { App, Visitor } from '../reviews/app.ts'
import { hear } from '../reviews/hear.ts'
import { localPeople } from '../reviews/local-workspace.ts'
import { press } from '../reviews/press.ts'
import { overallStatus } from '../reviews/status.ts'
import { personOf } from '../store/people.ts'
import { putWebMessage, webMessagesOf } from '../store/web-messages.ts'
import { headers, ownOrigin } from './guard.ts'
import { startLive } from './live.ts'
import { pageFiles } from './page-files.ts'
import { pictureFiles } from './picture-files.ts'

export interface WebChat {
  address: string
  close(): Promise<void>
}

const Said = z.strictObject({ as: z.string(), text: z.string().min(1).refine(storable), id: z.uuid() })
const Pressed = z.strictObject({ as: z.string(), press: z.unknown(), values: z.unknown() })

/**
 * Serves the web chat on 127.0.0.1.
 * @param port 0 picks a free one
 * @throws Instruction when the port is in use
 */
export async function serveWebChat(app: App, workspace: string, port: number): Promise<WebChat> {
  const web = express()
  const server = createServer(web)
  const live = await startLive(app)
  const visitor = async (handle: unknown): Promise<Visitor | undefined> => {
    const known = localPeople.some((one) => one.handle === handle)
    const person = known ? await personOf(app.store.database, workspace, `web:${handle}`) : undefined
    const place = { surface: 'web', address: String(handle) } as const
    return person === undefined ? undefined : { workspace, person, via: 'web', standing: 'member', place }
  }
  const as = (request: Request) => visitor(request.query.as)

  web.disable('x-powered-by')
  web.use(
    headers,
    ownOrigin(() => portOf(server)),
  )
  web.use(pageFiles(), pictureFiles(app, workspace))
  web.get('/people', (_, response) => response.json({ people: localPeople, welcome: helpCard() }))
  web.get('/conversation', async (request, response, next) => {
    if (!(await as(request))) return next()
    response.json(await webMessagesOf(app.store.database, workspace, String(request.query.as)))
  })
  web.get('/status', async (request, response, next) => {
    const who = await as(request)
    if (!who) return next()
    response.json(await overallStatus(app, who))
  })
  web.get('/live', async (request, response, next) => {
    if (!(await as(request))) return next()
    live.follow(workspace, String(request.query.as), request, response)
  })
  web.use(express.json({ limit: '256kb' }))
  web.post('/say', async (request, response, next) => {
    const read = Said.safeParse(request.body)
    const who = read.success ? await visitor(read.data.as) : undefined
    if (!read.success || !who) return next()
    const { as: person, text: said, id } = read.data
    await putWebMessage(app.store.database, { workspace, person, key: `said/${id}` }, { said })
    const reply = await hear(app, who, said, id)
    const card = asMessage(reply)
    if (card) await putWebMessage(app.store.database, { workspace, person, key: `reply/${id}` }, { card })
    response.json(card ? { kind: 'done', text: '' } : reply)
  })
  web.post('/press', async (request, response, next) => {
    const read = Pressed.safeParse(request.body)
    const who = read.success ? await visitor(read.data.as) : undefined
    if (!read.success || !who) return next()
    response.json(await press(app, who, read.data.press, read.data.values))
  })
  web.use((_, response) => {
    response.status(404).json({ kind: 'refused', text: 'There is nothing here.' })
  })
  web.use(onFault(app))

  await listen(server, port)
  return {
    address: `http://127.0.0.1:${portOf(server)}`,
    async close() {
      live.close()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

/** What is said in answer to typed words stays in the conversation; a form opens beside it. */
function asMessage(reply: Reply): Card | undefined {
  if (reply.kind === 'card') return reply.card
  if (reply.kind !== 'done' && reply.kind !== 'refused') return undefined
  return { title: '', summary: reply.text, blocks: [text(reply.text)] }
}

/** The caller learns that it failed, not how. */
function onFault(app: App): ErrorRequestHandler {
  return (error, _, response, __) => {
    const status = typeof error.status === 'number' && error.status < 500 ? error.status : 500
    if (status === 500) app.log.error('a web request failed', { error })
    if (response.headersSent) return
    response.status(status).json({ kind: 'refused', text: 'That did not work. Please try again.' })
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} is in use. Stop what runs there, or set COUNTERSIGN_PORT to another port.`
      reject(error.code === 'EADDRINUSE' ? new Instruction(inUse) : error)
    })
    server.listen(port, '127.0.0.1', resolve)
  })
}
