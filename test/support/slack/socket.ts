// Socket mode: the same deliveries as envelopes over a WebSocket, acked by their ids.
import type { Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Outlet, patience } from './deliver.ts'
import type { Answered } from './wire.ts'
import { appId, type World } from './world.ts'

export interface Sockets {
  deliver: Outlet
  /** Asks every connection to come again, as Slack does every few hours. */
  refresh(): void
  close(): Promise<void>
}

export function listenForSockets(world: World, server: Server): Sockets {
  const sockets = new WebSocketServer({ noServer: true })
  const open = new Set<WebSocket>()
  const waiting = new Map<string, (payload: unknown) => void>()
  server.on('upgrade', (request, stream, head) => {
    const ticket = new URL(request.url ?? '/', world.url).searchParams.get('ticket') ?? ''
    // A URL opens one connection.
    if (!world.socketTickets.delete(ticket)) return stream.destroy()
    sockets.handleUpgrade(request, stream, head, (socket) => {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      socket.on('message', (data) => {
        const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown }
        waiting.get(envelope_id)?.(payload)
      })
      const info = { host: 'fake', build_number: 1, approximate_connection_time: 18_060 }
      const hello = { num_connections: open.size, debug_info: info, connection_info: { app_id: appId } }
      socket.send(JSON.stringify({ type: 'hello', ...hello }))
    })
  })
  return {
    deliver(kind, payload, retry = 0) {
      const started = performance.now()
      const envelope_id = world.id('E')
      const isEvent = kind === 'events_api'
      return new Promise<Answered>((resolve) => {
        const answer = (status: number, body: unknown): void => {
          clearTimeout(timer)
          waiting.delete(envelope_id)
          resolve({ status, body, tookMs: Math.round(performance.now() - started) })
        }
        const timer = setTimeout(() => answer(0, undefined), patience)
        waiting.set(envelope_id, (body) => answer(200, body))
        const retries = { retry_attempt: retry, retry_reason: retry ? 'timeout' : '' }
        const envelope = { envelope_id, type: kind, payload, accepts_response_payload: !isEvent }
        const send = (): void => {
          const socket = [...open].at(-1)
          if (socket) socket.send(JSON.stringify({ ...envelope, ...(isEvent ? retries : {}) }))
          // Nobody is connected yet, or again.
          else if (waiting.has(envelope_id)) setTimeout(send, 20)
        }
        send()
      })
    },
    refresh() {
      const asked = [...open]
      // They get no more envelopes.
      open.clear()
      for (const socket of asked) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
    },
    async close() {
      for (const socket of sockets.clients) socket.close(1001)
      const until = Date.now() + 500
      while (sockets.clients.size > 0 && Date.now() < until) await wait(10)
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}
