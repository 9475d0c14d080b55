// Pushes changed messages to the open pages as server-sent events.
import type { Request, Response } from 'express'
import type { App } from '../reviews/app.ts'
import { webChannel, webMessageAt } from '../store/web-messages.ts'

export interface Live {
  /** Keeps a page of this person up to date until it is closed. */
  follow(workspace: string, person: string, request: Request, response: Response): void
  close(): void
}

interface Page {
  workspace: string
  person: string
  response: Response
}

/** Proxies and browsers drop a silent connection; a comment now and then keeps it. */
const heartbeatMs = 20_000

/** Listens for changes from every process on this database. */
export async function startLive(app: App): Promise<Live> {
  const pages = new Set<Page>()
  const send = (page: Page, event: string, data: unknown) =>
    page.response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  const hear = async (payload: string): Promise<void> => {
    const { workspace, person, key } = JSON.parse(payload) as { workspace: string; person: string; key: string }
    const of = [...pages].filter((page) => page.workspace === workspace)
    const message = of.some((page) => page.person === person)
      ? await webMessageAt(app.store.database, { workspace, person, key })
      : undefined
    for (const page of of) {
      if (page.person === person) send(page, 'message', message ?? { key, removed: true })
      // Everybody's status may have changed with it.
      send(page, 'changed', {})
    }
  }
  await app.store.database.listen(
    webChannel,
    (payload) => void hear(payload).catch((error: unknown) => app.log.warn('a change was not pushed', { error })),
    // Listening again after a lost connection: what was missed is read anew.
    () => {
      for (const page of pages) send(page, 'reload', {})
    },
  )
  const heartbeat = setInterval(() => {
    for (const { response } of pages) response.write(': \n\n')
  }, heartbeatMs)
  return {
    follow(workspace, person, request, response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      const page = { workspace, person, response }
      pages.add(page)
      send(page, 'ready', {})
      request.on('close', () => pages.delete(page))
    },
    close() {
      clearInterval(heartbeat)
      for (const { response } of pages) response.end()
    },
  }
}
