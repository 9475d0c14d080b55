// What the fake Slack knows: people, channels, messages, screens, and the tickets it gave out.
import type { Failure, FakeChannel, FakeMessage, FakeView, Json, SlackUser } from './wire.ts'
import { Refusal } from './wire.ts'

export interface Call {
  method: string
  body: Json
  at: number
  /** What Slack refused it with. */
  error?: string
}

/** Where an answer by response URL goes. */
export interface ResponseUrl {
  user: string
  channel: string
  /** The message that was clicked. */
  original?: FakeMessage
  madeAt: number
  uses: number
}

export interface Upload {
  id: string
  length: number
  filename: string
  bytes?: Buffer
}

export const team = 'T0TEAM'
export const appId = 'A0APP'
export const enterprise = { enterprise: null, is_enterprise_install: false }

export const bot = {
  userId: 'U0BOT',
  botId: 'B0BOT',
  token: 'xoxb-0-fake',
  appToken: 'xapp-1-fake',
  signingSecret: 'fake-signing-secret',
  clientId: '1.2',
  clientSecret: 'fake-client-secret',
}

export function createWorld() {
  let skipped = 0
  let made = 0
  let lastMicros = 0
  return {
    url: '',
    users: new Map<string, SlackUser>(),
    channels: new Map<string, FakeChannel>(),
    messages: [] as FakeMessage[],
    ephemerals: [] as FakeMessage[],
    /** The modals on a person's screen, the top one last. */
    screens: new Map<string, FakeView[]>(),
    homes: new Map<string, FakeView>(),
    triggers: new Map<string, { user: string; madeAt: number; used: boolean }>(),
    responseUrls: new Map<string, ResponseUrl>(),
    uploads: new Map<string, Upload>(),
    files: new Map<string, { id: string; bytes: Buffer; title?: string }>(),
    tokens: new Map<string, 'bot' | 'app' | 'revoked'>([
      [bot.token, 'bot'],
      [bot.appToken, 'app'],
    ]),
    codes: new Set<string>(),
    socketTickets: new Set<string>(),
    calls: [] as Call[],
    refused: [] as { method: string; problems: string[] }[],
    failures: new Map<string, Failure[]>(),
    inFlight: 0,
    lastActivity: 0,
    now: () => Date.now() + skipped,
    skip(ms: number) {
      skipped += ms
    },
    id(prefix: string): string {
      made += 1
      return `${prefix}${made.toString(36).toUpperCase().padStart(8, '0')}`
    },
    /** A message's time: never twice the same. */
    ts(): string {
      lastMicros = Math.max((Date.now() + skipped) * 1000, lastMicros + 1)
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
    },
  }
}
export type World = ReturnType<typeof createWorld>

/** The person a DM is with. */
export function userOfDm(world: World, channel: string): SlackUser | undefined {
  return channel.startsWith('D') ? world.users.get(channel.slice(1)) : undefined
}

/** Slack's own check of a channel the bot names. @returns the channel's id, a DM's for a user's */
export function reachChannel(world: World, given: unknown, more: { userAllowed?: boolean; reading?: boolean } = {}) {
  const id = String(given ?? '')
  const named = world.users.get(id)
  if (named && more.userAllowed) {
    if (named.deleted || named.is_bot) throw new Refusal('channel_not_found')
    return `D${id}`
  }
  if (userOfDm(world, id)) return id
  const channel = world.channels.get(id)
  // A private channel the bot is not in does not exist for it.
  if (!channel || (channel.private && !channel.botIsMember)) throw new Refusal('channel_not_found')
  if (!channel.botIsMember) throw new Refusal('not_in_channel')
  if (channel.archived && !more.reading) throw new Refusal('is_archived')
  return id
}

export function standing(world: World, channel: string): FakeMessage[] {
  const id = world.users.has(channel) ? `D${channel}` : channel
  return world.messages.filter((one) => one.channel === id && !one.deleted).sort((a, b) => Number(a.ts) - Number(b.ts))
}

export function makeTrigger(world: World, user: string): string {
  const id = `${world.id('')}.${world.ts()}.trigger`
  world.triggers.set(id, { user, madeAt: world.now(), used: false })
  return id
}

/** Uses up a trigger. @returns the person on whose screen a modal may open */
export function takeTrigger(world: World, id: unknown): string {
  const trigger = world.triggers.get(String(id))
  if (!trigger) throw new Refusal('invalid_trigger_id')
  if (trigger.used) throw new Refusal('trigger_exchanged')
  if (world.now() - trigger.madeAt > 3000) throw new Refusal('expired_trigger_id')
  trigger.used = true
  return trigger.user
}

export function makeResponseUrl(world: World, to: Pick<ResponseUrl, 'user' | 'channel' | 'original'>): string {
  const id = world.id('R')
  world.responseUrls.set(id, { ...to, madeAt: world.now(), uses: 0 })
  return `${world.url}/response/${id}`
}

/** A field the call cannot do without. */
export function need(body: Json, ...fields: string[]): void {
  const missing = fields.filter((field) => body[field] === undefined || body[field] === '')
  if (missing.length > 0) throw new Refusal('invalid_arguments', [`missing: ${missing.join(', ')}`])
}

export const isTrue = (value: unknown): boolean => ['true', '1', true].includes(value as string)
