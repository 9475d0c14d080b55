// Text as Slack sends it, back to what the person typed: https://docs.slack.dev/messaging/formatting-message-text

/** `<@U1>`, `<#C1|name>`, `<!here>` and `<https://…|label>` as plain words; then the three escaped characters. */
export function heardText(text: string): string {
  return text
    .replaceAll(/<@([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `@${name || id}`)
    .replaceAll(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || id}`)
    .replaceAll(/<!([a-z]+)[^>]*>/g, (_, name: string) => `@${name}`)
    .replaceAll(/<(?:mailto:|tel:)?([^|>]+)(?:\|([^>]*))?>/g, (_, url: string, label?: string) =>
      label && label !== url && !url.endsWith(label) ? `${label} (${url})` : url,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** The words without the mention of the bot they begin with or hold. */
export function withoutMention(text: string, bot: string | undefined): string {
  return bot === undefined ? text : text.replaceAll(new RegExp(`<@${bot}(?:\\|[^>]*)?>[:,]?`, 'g'), ' ').trim()
}
