// Words of people and models as words: Slack parses none of them.

/**
 * Text for the one place that takes only mrkdwn, a message's `text`: no mention, channel or link comes to life in it.
 * The control characters are https://docs.slack.dev/messaging/formatting-message-text#escaping; the zero-width
 * non-joiner keeps `@here` and bare addresses from being recognised where a method parses them all the same.
 */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/@(?=\w)/g, '@\u200c')
    .replaceAll('://', ':\u200c//')
}
