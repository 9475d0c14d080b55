// Slack's control characters: https://docs.slack.dev/messaging/formatting-message-text#escaping

/** Text that Slack shows as it is: no mention, link or channel can be made with it. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
