// Slack as a surface: messages out.
import type { webApi } from '@slack/bolt'
import type { Card } from '../conversation/card.ts'
import { Gone, type Surface, TryLater, Unreachable } from '../delivery/surface.ts'
import type { App } from '../reviews/app.ts'
import { type Files, renderMessage } from './blocks.ts'
import { errorCode } from './error-code.ts'
import { slackFiles } from './files.ts'

interface Ref {
  team: string
  channel: string
  ts: string
}

/** Links, mentions and unfurling are off: what people and models wrote stays text. */
const quiet = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' as const }

/** The name under which our messages carry their key. */
const metadataType = 'countersign_card'

/**
 * Slack's half of the port. An address is `team/user` for direct messages, or `team/channel/thread` for a thread.
 * @param clientOf the client of a team's installation; it must not wait for rate limits by itself
 */
export function slackSurface(app: App, clientOf: (team: string) => Promise<webApi.WebClient>): Surface {
  /** Sends a card with its pictures; in a channel anyone may look, so there only their descriptions stand. */
  const withPictures = async <T>(
    client: webApi.WebClient,
    { workspace, team, channel }: { workspace: string; team: string; channel: string },
    card: Card,
    send: (message: ReturnType<typeof renderMessage>) => Promise<T>,
  ): Promise<T> => {
    if (!isDirect(channel)) return await send(renderMessage(card))
    const files: Files = await slackFiles(app, client, team, workspace, card)
    return await send(renderMessage(card, files)).catch((error: unknown) => {
      // A file that was deleted in Slack is refused like a malformed block: the words matter more than the picture.
      if (errorCode(error) !== 'invalid_blocks') throw error
      return send(renderMessage(card))
    })
  }
  return {
    name: 'slack',
    slowPictures: true,
    async post(workspace, address, { key, card }) {
      const { team, channel, thread } = placeAt(address)
      return await asked(async () => {
        const client = await clientOf(team)
        const posted = await withPictures(client, { workspace, team, channel }, card, (message) =>
          client.chat.postMessage({
            channel,
            ...(thread ? { thread_ts: thread } : {}),
            ...message,
            ...quiet,
            metadata: { event_type: metadataType, event_payload: { key } },
          }),
        )
        return { team, channel: posted.channel, ts: posted.ts } as Ref
      })
    },
    async update(workspace, ref, { card }) {
      const { team, channel, ts } = ref as Ref
      await asked(async () => {
        const client = await clientOf(team)
        // Blocks are always sent: without them Slack keeps the old ones, old buttons included.
        await withPictures(client, { workspace, team, channel }, card, (message) =>
          client.chat.update({ channel, ts, ...message, link_names: false, parse: 'none' }),
        )
      })
    },
    async remove(_, ref) {
      const { team, channel, ts } = ref as Ref
      await asked(async () => (await clientOf(team)).chat.delete({ channel, ts })).catch((error: unknown) => {
        if (!(error instanceof Gone)) throw error
      })
    },
    async find(_, address, key) {
      const { team, channel, thread } = placeAt(address)
      return await asked(async () => {
        const client = await clientOf(team)
        const at = isDirect(channel)
          ? ((await client.conversations.open({ users: channel })).channel?.id ?? '')
          : channel
        const read = { channel: at, include_all_metadata: true, limit: 100 }
        const { messages = [] } = thread
          ? await client.conversations.replies({ ...read, ts: thread })
          : await client.conversations.history(read)
        const found = messages.find(
          ({ metadata }) =>
            metadata?.event_type === metadataType &&
            (metadata.event_payload as { key?: string } | undefined)?.key === key,
        )
        return found?.ts === undefined ? undefined : ({ team, channel: at, ts: found.ts } satisfies Ref)
      })
    },
  }
}

function placeAt(address: string): { team: string; channel: string; thread: string | undefined } {
  const [team = '', channel = '', thread] = address.split('/')
  return { team, channel, thread: thread || undefined }
}

/** A user's id opens their direct messages; those have an id of their own that begins with D. */
function isDirect(channel: string): boolean {
  return /^[UWD]/.test(channel)
}

const gone = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'cant_delete_message']
const unreachable = [
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'account_inactive',
  'token_revoked',
  'invalid_auth',
  'user_not_found',
  'cannot_dm_bot',
  'messages_tab_disabled',
]

/** A call to Slack, with its errors in the port's words. */
async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const { retryAfter } = error as { retryAfter?: number }
    const code = errorCode(error) ?? ''
    if (retryAfter !== undefined) throw new TryLater(retryAfter, error)
    if (gone.includes(code)) throw new Gone(code, { cause: error })
    if (unreachable.includes(code)) throw new Unreachable(code, { cause: error })
    throw error
  }
}
