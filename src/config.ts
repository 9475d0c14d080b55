// The settings from the environment, checked all at once.
import { resolve } from 'node:path'
import { z } from 'zod'
import { Instruction } from './instruction.ts'
import { SlackEnvironment, type SlackSettings, slackSettings } from './slack/settings.ts'
import { TeamsEnvironment, type TeamsSettings, teamsSettings } from './teams/settings.ts'

const port = (usual: number) =>
  z.coerce
    .number('has to be a port number')
    .int('has to be a port number')
    .min(0, 'has to be a port number')
    .max(65_535, 'has to be a port number')
    .default(usual)

const Environment = z.object({
  COUNTERSIGN_PORT: port(3000),
  COUNTERSIGN_PUBLIC_PORT: port(3001),
  COUNTERSIGN_DATA_DIR: z.string().min(1, 'has to name a directory').default('.countersign'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'has to look like postgres://user:password@host:5432/database')
    .optional(),
  ...SlackEnvironment.shape,
  ...TeamsEnvironment.shape,
})

export interface Config {
  port: number
  /** Where platforms reach the bot over HTTP, once one is connected so. */
  publicPort: number
  slack: SlackSettings | undefined
  teams: TeamsSettings | undefined
  /** Absolute. */
  dataDir: string
  /** A PostgreSQL of one's own; without it the embedded one runs. */
  databaseUrl: string | undefined
}

/**
 * Reads the settings.
 * @param root the checkout: a relative data directory stands there, wherever the command is called from
 * @throws Instruction naming every setting that is wrong and how to put it right
 */
export function readConfig(environment: Record<string, string | undefined>, root: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = Environment.safeParse(given)
  if (!read.success) {
    throw new Instruction(read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join('\n'))
  }
  const { COUNTERSIGN_PORT, COUNTERSIGN_PUBLIC_PORT, COUNTERSIGN_DATA_DIR, DATABASE_URL } = read.data
  const slack = slackSettings(read.data)
  const teams = teamsSettings(read.data)
  if (teams?.mode === 'playground' && slack && slack.mode !== 'socket') {
    throw new Instruction(
      'TEAMS_LOCAL_PLAYGROUND needs a listener that only this machine reaches, and Slack over HTTP one that everyone does. Use Slack over a socket beside it.',
    )
  }
  return {
    port: COUNTERSIGN_PORT,
    publicPort: COUNTERSIGN_PUBLIC_PORT,
    dataDir: resolve(root, COUNTERSIGN_DATA_DIR),
    databaseUrl: DATABASE_URL,
    slack,
    teams,
  }
}
