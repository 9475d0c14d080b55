// Words of people and models as words: Slack parses none of them.

/** Text as Slack can hold it: half characters and control characters stand as the sign for an unknown character. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\v\f\u0085]/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '\uFFFD')
}

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
