// A TCP proxy in front of PostgreSQL: counts round trips, and can cut the line at a chosen moment.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface CountingProxy {
  /** The database's address through the proxy. */
  url: string
  /** Round trips since the last call: a client's turn to speak followed by the server's. */
  roundTrips(): number
  /** Cuts every line the moment the client has said something that holds this text and the server has it. */
  cutAfter(text: string): void
  close(): Promise<void>
}

/** How far away the database is made to seem. */
const distanceMs = 15

export async function countingProxy(url: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let trips = 0
  let cut: string | undefined
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    upstream.setNoDelay(true)
    client.setNoDelay(true)
    let speaking: 'client' | 'server' = 'server'
    sockets.add(client).add(upstream)
    client.on('data', (data) => {
      if (speaking === 'server') trips += 1
      speaking = 'client'
      upstream.write(data)
      if (cut !== undefined && data.includes(cut)) {
        cut = undefined
        // The server has the whole message; its answer never arrives.
        client.destroy()
        setTimeout(() => upstream.end(), 50)
      }
    })
    upstream.on('data', (data) => {
      // A far-away server: whatever the client says without waiting, it has said before the first answer arrives.
      setTimeout(() => {
        speaking = 'server'
        if (!client.destroyed) client.write(data)
      }, distanceMs)
    })
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('close', () => {
        sockets.delete(one)
        if (other === client) client.destroy()
      })
      one.on('error', () => one.destroy())
    }
    client.on('end', () => upstream.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: url.replace(`:${port}/`, `:${(server.address() as AddressInfo).port}/`),
    roundTrips() {
      const seen = trips
      trips = 0
      return seen
    },
    cutAfter(text) {
      cut = text
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
