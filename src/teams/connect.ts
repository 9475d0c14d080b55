// Teams, connected: the endpoint that Microsoft's service calls, and the surface to deliver to.
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import type { Surface } from '../delivery/surface.ts'
import type { Routes } from '../public.ts'
import type { App } from '../reviews/app.ts'
import type { Installed } from '../reviews/one-workspace.ts'
import { closeLeftForms } from '../store/teams.ts'
import { botFramework, type FarSide, NotAuthentic } from './adapter.ts'
import { sendBudget } from './budget.ts'
import { openDesk } from './desk.ts'
import { budgets } from './limits.ts'
import { Incoming } from './payload.ts'
import { route } from './route.ts'
import { changesAgain } from './screen.ts'
import { isLoopback, isServiceUrl } from './service-url.ts'
import type { TeamsSettings } from './settings.ts'
import { teamsSurface } from './surface.ts'
import { installedTenant, type Served } from './who.ts'

export interface Teams {
  surface: Surface
  /** The tenant it serves. */
  installed: Installed
  /** One line for the person who started the bot. */
  describe(): string
  start(): void
  /** Resolves once everything that followed an answer is done. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** How often forms are looked for that somebody opened and left. */
const leftFormsMs = 60_000

/**
 * Connects to Teams; nothing is heard before the listener listens.
 * @param http where Microsoft's service calls, at /api/messages
 * @param far what stands on the other side, where it is not Microsoft's public cloud
 */
export function connectTeams(app: App, settings: TeamsSettings, http: Routes, far?: FarSide): Teams {
  const local = settings.mode === 'playground'
  const served: Served = local
    ? { tenant: 'playground', anyTenant: true }
    : { tenant: settings.tenant, anyTenant: false }
  const connector = botFramework(local ? undefined : settings, far)
  const roomFor = sendBudget(far?.budgets ?? budgets)
  const desk = openDesk(app, connector, served, roomFor)
  const mayServe = (address: string) => (local ? isLoopback(address) : isServiceUrl(address, far?.serviceHosts))

  const receive: RequestHandler = async (request, response) => {
    const { serviceUrl } = request.body ?? {}
    // Before anything is stored or answered there: what the bot sends to a service carries its token.
    if (typeof serviceUrl !== 'string' || !mayServe(serviceUrl)) return void response.status(403).end()
    try {
      const answer = await connector.receive(request.headers.authorization ?? '', request.body, async () => {
        const read = Incoming.safeParse(request.body)
        if (read.success) return await route(desk, read.data)
        const fields = read.error.issues.map(({ path }) => path.join('.'))
        app.log.warn('an activity from Teams cannot be read', { fields })
        // An invoke without an answer is a fault to the SDK.
        return request.body.type === 'invoke' ? { status: 400 } : undefined
      })
      response.status(answer?.status ?? 200)
      if (answer?.body === undefined) response.end()
      else response.json(answer.body)
    } catch (error) {
      // What went wrong is in our log; the caller learns only that it did, and sends messages again.
      const strange = error instanceof NotAuthentic
      if (strange) app.log.warn('a request to Teams’ endpoint is not authentic', { error: error.cause })
      else app.log.error('an activity from Teams failed', { error })
      response.status(strange ? 401 : 500).end()
    }
  }
  const unreadable: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(400).end()
  const body = express.json({ limit: '1mb', type: 'application/json' })
  http.post('/api/messages', ...(local ? [onlyFromHere] : []), body, receive, unreadable)

  const closeLeft = async (): Promise<void> => {
    for (const { workspace, key } of await closeLeftForms(app.store.database)) {
      await changesAgain(app, workspace, key)
    }
  }
  let timer: NodeJS.Timeout | undefined
  return {
    installed: installedTenant(served),
    surface: teamsSurface(app, desk, roomFor),
    describe: () =>
      local
        ? 'local playground: anyone on this machine gets in without a token, at /api/messages'
        : 'at /api/messages, for one tenant',
    start() {
      timer = setInterval(() => {
        closeLeft().catch((error: unknown) => app.log.warn('looking for forms that were left failed', { error }))
      }, leftFormsMs)
    },
    idle: desk.idle,
    async stop() {
      clearInterval(timer)
      await desk.idle()
    },
  }
}

/**
 * Without tokens, only a program on this machine gets in: not another machine, not what a proxy or tunnel passes on, and
 * not a page in a browser that is open here.
 */
const onlyFromHere: RequestHandler = (request, response, next) => {
  const { host = '', origin, 'x-forwarded-for': passedOn, forwarded } = request.headers
  const here = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '')
  const direct = origin === undefined && passedOn === undefined && forwarded === undefined
  if (here && direct && isLoopback(`http://${host}`)) return next()
  response.status(403).end()
}
