// Activities as Teams writes them: who, where, and which message.
import type { FakeChat, FakeMessage, FakePerson, Json } from './wire.ts'
import { bot, tenant, type World } from './world.ts'

/** An activity of a person in a conversation, without what it is about. */
export function activityFrom(world: World, serviceUrl: string, person: FakePerson, place: Place): Json {
  const { mri, oid, name, locale, timezone } = person
  const { chat, thread } = place
  const country = locale.split('-')[1] ?? ''
  return {
    id: world.id(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: mri, name, aadObjectId: oid },
    recipient: { id: bot.id, name: bot.name },
    conversation: {
      id: thread ? `${chat.id};messageid=${thread}` : chat.id,
      conversationType: chat.kind,
      tenantId: tenant,
      isGroup: chat.kind !== 'personal',
    },
    entities: [{ type: 'clientInfo', locale, country, platform: 'Web', timezone }],
    locale,
    localTimezone: timezone,
    channelData: channelData(chat),
  }
}

export interface Place {
  chat: FakeChat
  thread?: string | undefined
}

function channelData({ kind, id, team }: FakeChat): Json {
  const channel =
    kind === 'channel' ? { channel: { id }, team: { id: team }, teamsChannelId: id, teamsTeamId: team } : {}
  return { tenant: { id: tenant }, ...channel }
}

/** A message as a message extension is given it. */
export function messagePayload(world: World, { id, at, chat, from, activity }: FakeMessage): Json {
  const author = world.people.get(from)
  const user = author ? { userIdentityType: 'aadUser', id: author.oid, displayName: author.name } : null
  const application = author ? null : { applicationIdentityType: 'bot', id: bot.id.slice(3), displayName: bot.name }
  const content = activity.text === undefined ? '' : html(activity.text)
  return {
    id,
    messageType: 'message',
    createdDateTime: at,
    linkToMessage: `https://teams.microsoft.com/l/message/${encodeURIComponent(chat)}/${id}`,
    from: { user, application, device: null, conversation: null },
    body: { contentType: 'html', content },
    attachments: [],
    mentions: [],
    reactions: [],
  }
}

/** Words as Teams writes them in HTML. */
export const html = (text: string): string =>
  `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')}</p>`
