// What a person reads of blocks: their words without marks, links and mentions as shown, buttons in brackets.
import type { Json, SlackOption } from './wire.ts'

/** Keys whose text nobody sees before opening something. */
const hidden = new Set([
  'options',
  'option_groups',
  'confirm',
  'placeholder',
  'overflow',
  'initial_option',
  'initial_options',
])
const inline = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote'])

/** @param given blocks, or text in Slack's marks */
export function readText(given: unknown): string {
  if (typeof given === 'string') return unmark(given)
  if (Array.isArray(given)) return lines(given.map((one) => readText(one)))
  if (typeof given !== 'object' || given === null) return ''
  const one = given as Json
  switch (one.type) {
    case 'plain_text':
    case 'raw_text':
      return unescaped(String(one.text))
    case 'mrkdwn':
      return unmark(String(one.text))
    case 'markdown':
    case 'text':
      return String(one.text)
    case 'link':
      return String(one.text ?? one.url)
    case 'user':
      return `@${one.user_id}`
    case 'date':
      return String(one.fallback ?? one.timestamp)
    case 'emoji':
      return `:${one.name}:`
    case 'image':
      return lines([readText(one.title), `(${one.alt_text})`])
    case 'button':
      return `[${readText(one.text)}]`
  }
  if (inline.has(String(one.type))) return (one.elements as unknown[]).map((inner) => readText(inner)).join('')
  if (one.type === 'table' || one.type === 'data_table')
    return lines([
      String(one.caption ?? ''),
      ...(one.rows as unknown[][]).map((row) => row.map((cell) => readText(cell)).join(' | ')),
    ])
  const shown = Object.entries(one).filter(([key]) => !hidden.has(key))
  const inner = shown.map(([, value]) => (typeof value === 'object' ? readText(value) : ''))
  return lines([...inner, ...holds(one)])
}

/** What an input shows: its options where they all stand open, else what it starts with. */
function holds({ type, initial_value, initial_date, initial_option, initial_options, options }: Json): string[] {
  const standOpen = type === 'checkboxes' || type === 'radio_buttons'
  const shown = (standOpen ? options : [initial_option ?? [], initial_options ?? []].flat()) as SlackOption[]
  return [
    ...[initial_value, initial_date].filter((one) => typeof one === 'string'),
    ...shown.map(({ text, description }) => unescaped(description ? `${text.text} ${description.text}` : text.text)),
  ]
}

const lines = (all: string[]): string => all.filter((one) => one !== '').join('\n')

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Slack's marks as people see them: https://docs.slack.dev/messaging/formatting-message-text */
function unmark(text: string): string {
  const shown = text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<([@#!])([^|>]*)(?:\|([^>]*))?>/g, (_, mark, id, label) => `${mark === '!' ? '@' : mark}${label ?? id}`)
    .replace(/<([^|>]*)\|([^>]*)>/g, '$2')
    .replace(/<(https?:[^>]*|mailto:[^>]*)>/g, '$1')
    .replace(/(^|[\s(])([*_~])(\S(?:[^\n]*?\S)?)\2(?=$|[\s.,:;!?)])/gm, '$1$3')
  return unescaped(shown)
}
