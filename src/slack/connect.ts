// Slack, connected: the receiver its settings ask for, the listeners, and the surface to deliver to.
import { App as BoltApp, type Logger, LogLevel, webApi } from '@slack/bolt'
import type { Surface } from '../delivery/surface.ts'
import type { Log } from '../log-lines.ts'
import type { Routes } from '../public.ts'
import type { App } from '../reviews/app.ts'
import type { Installed } from '../reviews/one-workspace.ts'
import { ackAfterWork } from './ack.ts'
import { answerClicks } from './clicks.ts'
import { openDesk } from './desk.ts'
import { keepInstallations } from './installed.ts'
import type { SlackSettings } from './settings.ts'
import { slackSurface } from './surface.ts'
import { type Checked, manyTeams, oneTeam, refused } from './ways.ts'
import { installedTeam } from './who.ts'
import { hearWords } from './words.ts'

export interface Slack {
  surface: Surface
  /** One line for the person who started the bot. */
  describe(): string
  /** The one team it serves, once started; undefined where it serves many. */
  installed(): Installed | undefined
  /** @throws Instruction when Slack does not take the tokens */
  start(): Promise<void>
  /** Resolves once everything that followed an answer is done. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/**
 * Connects to Slack; nothing is sent or heard before `start`.
 * @param http where Slack's requests arrive, for the two ways over HTTP
 */
export function connectSlack(app: App, settings: SlackSettings, http: Routes): Slack {
  const logger = boltLog(app.log)
  const clientOptions = { slackApiUrl: settings.apiUrl, logger, timeout: 8_000, retryConfig: { retries: 1 } }
  const way = settings.mode === 'oauth' ? manyTeams(app, settings, http, logger) : oneTeam(settings, http, logger)
  const bolt = new BoltApp({ receiver: ackAfterWork(way.receiver), authorize: way.authorize, clientOptions, logger })
  const desk = openDesk(app)
  answerClicks(bolt, desk)
  hearWords(bolt, desk)
  if (way.installations) keepInstallations(bolt, app, way.installations)
  bolt.error(async (error) => {
    app.log.error('a Slack listener failed', { error: error.original ?? error })
    // Rethrown, so that an event is not acknowledged and Slack sends it again.
    throw error
  })
  const clients = new Map<string, webApi.WebClient>()
  const clientOf = async (team: string): Promise<webApi.WebClient> => {
    const { botToken = '' } = await way.authorize({ teamId: team, enterpriseId: undefined, isEnterpriseInstall: false })
    const kept = clients.get(botToken)
    if (kept) return kept
    // Delivery keeps the order and waits by itself; a client that waits too would hold everything up behind one channel.
    const client = new webApi.WebClient(botToken, {
      ...clientOptions,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
    })
    if (clients.size > 1000) clients.clear()
    clients.set(botToken, client)
    return client
  }
  let checked: Checked = { line: '' }
  return {
    surface: slackSurface(app, clientOf),
    describe: () => checked.line,
    installed: () => checked.team && installedTeam(checked.team),
    async start() {
      checked = await way.check()
      if (settings.mode !== 'socket') return
      await way.receiver.start().catch((error: unknown) => refused('SLACK_APP_TOKEN', settings.apiUrl, error))
    },
    idle: desk.idle,
    async stop() {
      if (settings.mode === 'socket') await way.receiver.stop()
      await desk.idle()
    },
  }
}

/** Bolt's own log, in ours: what it says of requests and tokens below warnings is left out. */
function boltLog(log: Log): Logger {
  const said = (args: unknown[]) => {
    const error = args.find((one) => one instanceof Error)
    // A parser quotes what it could not read, and that may be what people wrote.
    return {
      error:
        error ??
        String(args[0])
          .replace(/SyntaxError.*/s, 'SyntaxError')
          .slice(0, 200),
    }
  }
  return {
    debug() {},
    info() {},
    warn: (...args) => log.warn('Bolt warns', said(args)),
    error: (...args) => log.warn('Bolt reports an error', said(args)),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  }
}
