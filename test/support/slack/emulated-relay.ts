// Stands before the Slack of `emulate` and notes what it answers: its Web API shows a view to nobody but the call that
// made it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stateOf } from './inputs.ts'
import type { FakeView, Json, State } from './wire.ts'

/** A view on someone's screen, with what they typed. */
export type Screen = Pick<FakeView, 'id' | 'type' | 'title' | 'submit' | 'blocks' | 'hash' | 'private_metadata'> & {
  state: { values: State }
}

export interface Refused {
  method: string
  error: unknown
}

/** @param emulator its address */
export async function startRelay(emulator: string) {
  const noted = {
    /** Whose screen a trigger opens a modal on. */
    triggers: new Map<string, string>(),
    screens: new Map<string, Screen[]>(),
    homes: new Map<string, Screen>(),
    refused: [] as Refused[],
  }
  const note = (method: string, asked: URLSearchParams, { ok, error, view }: Json): void => {
    if (ok !== true) noted.refused.push({ method, error })
    if (ok !== true || !view) return
    const shown = view as Screen
    const stacks = [...noted.screens.entries()]
    const [holder] = stacks.find(([, stack]) => stack.some(({ id }) => id === shown.id)) ?? []
    const user = holder ?? noted.triggers.get(asked.get('trigger_id') ?? '') ?? asked.get('user_id') ?? ''
    const before = noted.screens.get(user) ?? []
    const typed = before.find(({ id }) => id === shown.id)?.state.values
    const screen = { ...shown, state: { values: stateOf(shown.blocks, typed) } }
    if (shown.type === 'home') noted.homes.set(user, screen)
    else noted.screens.set(user, [...before.filter(({ id }) => id !== shown.id), screen])
  }
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    const { authorization = '', 'content-type': type = '' } = request.headers
    const answered = await fetch(emulator + request.url, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body,
    })
    const answer = await answered.text()
    const asked = type.includes('json')
      ? Object.entries(JSON.parse(body.toString()) as Record<string, string>)
      : body.toString()
    note((request.url ?? '').replace('/api/', ''), new URLSearchParams(asked), JSON.parse(answer) as Json)
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ...noted,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
