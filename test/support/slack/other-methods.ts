// The Web API's methods around messages and views: who is there, where, files, installation.
import type { Method } from './chat-methods.ts'
import { wireMessage } from './chat-methods.ts'
import type { FakeMessage, Json } from './wire.ts'
import { Refusal } from './wire.ts'
import { appId, bot, enterprise, isTrue, need, reachChannel, standing, team, userOfDm } from './world.ts'

export const otherMethods: Record<string, Method> = {
  'api.test': (_, body) => ({ args: body }),
  'auth.test': () => ({
    url: 'https://fake.slack.com/',
    team: 'Fake',
    user: 'countersign',
    team_id: team,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  }),
  'auth.revoke'(world, body, token) {
    const revoked = !isTrue(body.test)
    if (revoked) world.tokens.set(token, 'revoked')
    return { revoked }
  },
  'oauth.v2.access'(world, body) {
    if (body.client_id !== bot.clientId) throw new Refusal('invalid_client_id')
    if (body.client_secret !== bot.clientSecret) throw new Refusal('bad_client_secret')
    // A code works once.
    if (!world.codes.delete(String(body.code))) throw new Refusal('invalid_code')
    world.tokens.set(bot.token, 'bot')
    return {
      access_token: bot.token,
      token_type: 'bot',
      scope: 'chat:write,commands',
      bot_user_id: bot.userId,
      app_id: appId,
      team: { id: team, name: 'Fake' },
      authed_user: { id: [...world.users.values()].find(({ is_bot }) => !is_bot)?.id ?? 'U0NOBODY' },
      ...enterprise,
    }
  },
  'apps.connections.open'(world) {
    const ticket = world.id('S')
    world.socketTickets.add(ticket)
    return { url: `${world.url.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${appId}` }
  },
  'team.info': () => ({ team: { id: team, name: 'Fake', domain: 'fake' } }),
  'users.info'(world, body) {
    need(body, 'user')
    const user = world.users.get(String(body.user))
    if (!user) throw new Refusal('user_not_found')
    const { name, real_name } = user
    return { user: { ...user, profile: { real_name, display_name: name, team: user.team_id }, tz_offset: 0 } }
  },
  'conversations.open'(world, body) {
    need(body, body.channel ? 'channel' : 'users')
    if (body.channel) return { channel: { id: reachChannel(world, body.channel, { reading: true }) } }
    const user = world.users.get(String(body.users))
    if (!user) throw new Refusal('user_not_found')
    if (user.deleted) throw new Refusal('user_disabled')
    if (user.is_bot) throw new Refusal('cannot_dm_bot')
    const id = `D${user.id}`
    return { channel: isTrue(body.return_im) ? { id, is_im: true, user: user.id, is_open: true } : { id } }
  },
  'conversations.info'(world, body) {
    need(body, 'channel')
    const id = String(body.channel)
    const user = userOfDm(world, id)
    if (user) return { channel: { id, is_im: true, is_archived: false, is_org_shared: false, user: user.id } }
    const channel = world.channels.get(id)
    if (!channel || (channel.private && !channel.botIsMember)) throw new Refusal('channel_not_found')
    return {
      channel: {
        id,
        name: id.toLowerCase(),
        is_channel: !channel.private,
        is_group: channel.private,
        is_im: false,
        is_mpim: false,
        is_private: channel.private,
        is_archived: channel.archived,
        is_member: channel.botIsMember,
        is_ext_shared: [...channel.members].some((one) => world.users.get(one)?.is_stranger),
      },
    }
  },
  'conversations.history'(world, body) {
    need(body, 'channel')
    const channel = reachChannel(world, body.channel, { reading: true })
    const roots = standing(world, channel).filter(({ ts, thread_ts }) => !thread_ts || thread_ts === ts)
    return page(body, within(body, roots).reverse())
  },
  'conversations.replies'(world, body) {
    need(body, 'channel', 'ts')
    const channel = reachChannel(world, body.channel, { reading: true })
    const all = standing(world, channel).filter(({ ts, thread_ts }) => [ts, thread_ts].includes(String(body.ts)))
    if (all.length === 0) throw new Refusal('thread_not_found')
    return page(body, within(body, all))
  },
  'files.getUploadURLExternal'(world, body) {
    need(body, 'filename', 'length')
    const id = world.id('F')
    const length = Number(body.length)
    if (!(length > 0)) throw new Refusal('invalid_arguments', [`length ${body.length}`])
    world.uploads.set(id, { id, length, filename: String(body.filename) })
    return { upload_url: `${world.url}/upload/${id}`, file_id: id }
  },
  'files.info'(world, body) {
    need(body, 'file')
    if (!world.files.has(String(body.file))) throw new Refusal('file_not_found')
    return { file: { id: body.file, mimetype: 'image/png' } }
  },
  'files.completeUploadExternal'(world, body) {
    need(body, 'files')
    const files = body.files as { id: string; title?: string }[]
    const channel = body.channel_id ? reachChannel(world, body.channel_id) : undefined
    for (const { id, title } of files) {
      const bytes = world.uploads.get(id)?.bytes
      if (!bytes) throw new Refusal('file_not_found')
      world.files.set(id, { id, bytes, ...(title ? { title } : {}) })
    }
    if (channel) {
      const thread = body.thread_ts ? { thread_ts: String(body.thread_ts) } : {}
      const text = String(body.initial_comment ?? '')
      const { userId: user, botId: bot_id } = bot
      world.messages.push({ channel, ts: world.ts(), ...thread, user, bot_id, text, blocks: [], files })
    }
    return { files: files.map(({ id, title }) => ({ id, title: title ?? world.uploads.get(id)?.filename })) }
  },
  'assistant.threads.setStatus'(world, body) {
    need(body, 'channel_id', 'thread_ts')
    if (typeof body.status !== 'string') throw new Refusal('invalid_arguments', ['status is missing'])
    reachChannel(world, body.channel_id)
    return {}
  },
  'assistant.threads.setSuggestedPrompts'(world, body) {
    need(body, 'channel_id', 'prompts')
    const prompts = body.prompts as Json[]
    if (prompts.length < 1 || prompts.length > 4) throw new Refusal('invalid_arguments', [`${prompts.length} prompts`])
    for (const prompt of prompts) need(prompt, 'title', 'message')
    reachChannel(world, body.channel_id)
    return {}
  },
}

function within({ oldest, latest, inclusive }: Json, messages: FakeMessage[]): FakeMessage[] {
  const from = Number(oldest ?? 0)
  const to = Number(latest ?? Number.POSITIVE_INFINITY)
  const edges = isTrue(inclusive)
  return messages.filter(({ ts }) => {
    const at = Number(ts)
    return edges ? at >= from && at <= to : at > from && at < to
  })
}

/** One page of messages, with the cursor to the next. */
function page({ limit, cursor, include_all_metadata }: Json, messages: FakeMessage[]): Json {
  const size = Number(limit ?? 100)
  if (!(size >= 1 && size <= 1000)) throw new Refusal('invalid_limit', [`limit ${limit}`])
  const from = cursor ? Number(Buffer.from(String(cursor), 'base64').toString()) : 0
  if (!Number.isInteger(from)) throw new Refusal('invalid_cursor')
  const has_more = messages.length > from + size
  return {
    messages: messages.slice(from, from + size).map((one) => wireMessage(one, isTrue(include_all_metadata))),
    has_more,
    response_metadata: { next_cursor: has_more ? Buffer.from(String(from + size)).toString('base64') : '' },
  }
}
