// Slack as a surface: messages out.
import type { webApi } from '@slack/bolt'
import type { Surface } from '../delivery/surface.ts'
import { renderMessage } from './blocks.ts'

interface Ref {
  channel: string
  ts: string
}

/** Links, mentions and unfurling are off: what people and models wrote stays text. */
const quiet = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' as const }

/** An address is a channel's id, or `team/user` for a direct message. */
export function slackSurface(client: webApi.WebClient): Surface {
  return {
    name: 'slack',
    async post(_, address, __, card) {
      const channel = address.includes('/') ? address.slice(address.indexOf('/') + 1) : address
      const posted = await client.chat.postMessage({ channel, ...renderMessage(card), ...quiet })
      return { channel: posted.channel, ts: posted.ts }
    },
    async update(_, ref, card) {
      const { channel, ts } = ref as Ref
      // Blocks are always sent: without them Slack keeps the old ones, old buttons included.
      await client.chat.update({ channel, ts, ...renderMessage(card), link_names: false, parse: 'none' })
    },
    async remove(_, ref) {
      const { channel, ts } = ref as Ref
      await client.chat.delete({ channel, ts })
    },
  }
}
