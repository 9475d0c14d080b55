// The public listener: where Slack and Teams reach the bot over HTTP. The web chat is never served here.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type Application } from 'express'
import { Instruction } from './instruction.ts'

export type Routes = Application

export interface PublicListener {
  /** Platforms hang their routes in here before it listens. */
  routes: Routes
  /**
   * @param host the address to listen on; without one, all of them
   * @throws Instruction when the port is taken
   */
  listen(port: number, host?: string): Promise<{ port: number; close(): Promise<void> }>
}

export function publicListener(): PublicListener {
  const routes = express()
  routes.disable('x-powered-by')
  return {
    routes,
    async listen(port, host) {
      const server = host === undefined ? routes.listen(port) : routes.listen(port, host)
      await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE') throw error
        throw new Instruction(`Port ${port} is in use. Set COUNTERSIGN_PUBLIC_PORT to another one.`)
      })
      return {
        port: (server.address() as AddressInfo).port,
        async close() {
          server.close()
          server.closeIdleConnections()
          await once(server, 'close')
        },
      }
    },
  }
}
