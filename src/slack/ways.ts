// The ways to Slack: one team over a socket or over HTTP, or many by OAuth. Each knows its tokens and its receiver.
import { hkdfSync } from 'node:crypto'
import {
  type Authorize,
  ExpressReceiver,
  type InstallationStore,
  type Logger,
  type Receiver,
  SocketModeReceiver,
  webApi,
} from '@slack/bolt'
import { Instruction } from '../instruction.ts'
import type { Routes } from '../public.ts'
import type { App } from '../reviews/app.ts'
import { errorCode } from './error-code.ts'
import { installationStore } from './installations.ts'
import { withFirstLead } from './installed.ts'
import { scopes } from './scopes.ts'
import type { SlackSettings } from './settings.ts'

export interface Checked {
  /** One line for the person who started the bot. */
  line: string
  /** The team and its name, where there is only one. */
  team?: { id: string; name: string }
}

export interface Way {
  receiver: Receiver
  authorize: Authorize<boolean>
  /** Where the tokens are kept that `authorize` finds, for the way that has them from installations. */
  installations?: InstallationStore
  /** @throws Instruction when Slack does not take the tokens */
  check(): Promise<Checked>
}

/** The team of SLACK_BOT_TOKEN. */
export function oneTeam(
  settings: Extract<SlackSettings, { mode: 'socket' | 'http' }>,
  http: Routes,
  logger: Logger,
): Way {
  const { apiUrl: slackApiUrl, botToken } = settings
  const client = new webApi.WebClient(botToken, { slackApiUrl, logger, retryConfig: { retries: 2 } })
  let known: ReturnType<typeof who> | undefined
  const who = async () => {
    const {
      team_id: teamId,
      bot_id: botId,
      user_id: botUserId,
      team,
      enterprise_id: enterpriseId,
    } = await client.auth.test()
    return {
      botToken,
      team,
      ...(teamId ? { teamId } : {}),
      ...(botId ? { botId } : {}),
      ...(botUserId ? { botUserId } : {}),
      ...(enterpriseId ? { enterpriseId } : {}),
    }
  }
  const authorize = async () => {
    known ??= who()
    return await known.catch((error: unknown) => {
      known = undefined
      throw error
    })
  }
  const receiver =
    settings.mode === 'socket'
      ? new SocketModeReceiver({
          appToken: settings.appToken,
          logger,
          installerOptions: { clientOptions: { slackApiUrl } },
        })
      : new ExpressReceiver({ signingSecret: settings.signingSecret, app: http, logger })
  return {
    receiver,
    authorize,
    async check() {
      const { team = '', teamId = '' } = await authorize().catch((error: unknown) =>
        refused('SLACK_BOT_TOKEN', slackApiUrl, error),
      )
      const how = settings.mode === 'socket' ? 'over a socket' : 'over HTTP, at /slack/events'
      return { line: `connected to ${team} ${how}`, team: { id: teamId, name: team } }
    },
  }
}

/** Every team that installs the bot. */
export function manyTeams(
  app: App,
  { apiUrl, clientId, clientSecret, signingSecret, secretKey }: Extract<SlackSettings, { mode: 'oauth' }>,
  http: Routes,
  logger: Logger,
): Way {
  const installations = installationStore(app.store.database, secretKey)
  const receiver = new ExpressReceiver({
    ...{ signingSecret, clientId, clientSecret, scopes, logger, app: http },
    stateSecret: Buffer.from(hkdfSync('sha256', secretKey, '', 'slack oauth state', 32)).toString('hex'),
    installationStore: withFirstLead(app, installations, apiUrl),
    installerOptions: {
      directInstall: true,
      clientOptions: { slackApiUrl: apiUrl },
      authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
    },
  })
  const { installer } = receiver
  if (!installer) throw new Error('Bolt made no installer')
  return {
    receiver,
    installations,
    authorize: async (source) => installer.authorize(source as never),
    check: async () => ({ line: 'over HTTP for many workspaces; install it at /slack/install' }),
  }
}

/** @throws Instruction that tells a token Slack refuses from a Slack that cannot be reached */
export function refused(setting: string, apiUrl: string, error: unknown): never {
  const code = errorCode(error)
  const { message } = error as { message?: string }
  if (!code)
    throw new Instruction(`Slack cannot be reached at ${apiUrl} (${message}). Check the network, or SLACK_API_URL.`)
  throw new Instruction(`Slack does not take ${setting} (${code}). Copy it again from your app’s settings.`)
}
