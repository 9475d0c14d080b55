// Words as people typed them: Teams wraps mentions in tags and sends forwarded messages as HTML.
import { convert } from 'html-to-text'
import type { Incoming } from './payload.ts'

/**
 * A message without its mention of the bot; other mentions stand as the name alone.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations#work-with-mentions
 */
export function heardText({ text, entities, recipient }: Pick<Incoming, 'text' | 'entities' | 'recipient'>): string {
  let words = text ?? ''
  for (const entity of entities ?? []) {
    const { type, mentioned, text: tag } = entity as { type: string; mentioned?: { id?: string }; text?: string }
    if (type === 'mention' && tag && mentioned?.id === recipient.id) words = words.replaceAll(tag, ' ')
  }
  return words
    .replaceAll(/<at[^>]*>(.*?)<\/at>/gis, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .trim()
}

/** The words of a message that was handed over as HTML. */
export function plainFromHtml(html: string): string {
  return convert(html, {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
    ],
  }).trim()
}
