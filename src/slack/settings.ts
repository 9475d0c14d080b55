// How the bot is connected to Slack: one workspace over a socket or over HTTP, or many by OAuth.
import { z } from 'zod'
import { Instruction } from '../instruction.ts'
import { readSecretKey } from './installations.ts'

export type SlackSettings = { apiUrl: string } & (
  | { mode: 'socket'; botToken: string; appToken: string }
  | { mode: 'http'; botToken: string; signingSecret: string }
  | { mode: 'oauth'; clientId: string; clientSecret: string; signingSecret: string; secretKey: Buffer }
)

const token = (prefix: string) =>
  z.string().refine((given) => given.startsWith(prefix), { error: `has to begin with ${prefix}` })

const isApiAddress = (given: string): boolean => URL.canParse(given) && /\/api\/?$/.test(given)

export const SlackEnvironment = z.object({
  SLACK_BOT_TOKEN: token('xoxb-').optional(),
  SLACK_APP_TOKEN: token('xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(8, 'is too short to be a signing secret').optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_API_URL: z
    .string()
    .refine(isApiAddress, 'has to be an address that ends in /api/')
    .default('https://slack.com/api/'),
  COUNTERSIGN_SECRET_KEY: z.string().optional(),
})

/**
 * The way to Slack that the settings describe; undefined when there is none.
 * @throws Instruction when some are set but no way is complete, saying what is missing for each
 */
export function slackSettings(given: z.infer<typeof SlackEnvironment>): SlackSettings | undefined {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    COUNTERSIGN_SECRET_KEY: secretKey,
    SLACK_API_URL: apiUrl,
  } = given
  if (clientId && clientSecret && signingSecret && secretKey) {
    return { mode: 'oauth', apiUrl, clientId, clientSecret, signingSecret, secretKey: readSecretKey(secretKey) }
  }
  if (clientId || clientSecret) {
    throw new Instruction(
      'Slack for many workspaces needs SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_SIGNING_SECRET and COUNTERSIGN_SECRET_KEY, all four.',
    )
  }
  if (botToken && appToken) return { mode: 'socket', apiUrl, botToken, appToken }
  if (botToken && signingSecret) return { mode: 'http', apiUrl, botToken, signingSecret }
  if (!botToken && !appToken && !signingSecret) return undefined
  throw new Instruction(
    'Slack for one workspace needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN (socket mode) or SLACK_SIGNING_SECRET (HTTP).',
  )
}
