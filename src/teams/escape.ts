// Words of people and models as words: Teams parses none of them.
import { printable } from '../conversation/printable.ts'

/** Text for a TextRun, which knows no Markdown; only the date function of Adaptive Cards would still be carried out. */
export function literal(text: string): string {
  return printable(text).replaceAll('{{', '{\u200c{')
}

/**
 * Text for the places that may be read as Markdown, such as the options of a choice: no link, mention or tag comes to
 * life in it. The zero-width non-joiner is not seen. https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
 */
export function defused(text: string): string {
  return literal(text)
    .replaceAll('](', ']\u200c(')
    .replaceAll('<', '<\u200c')
    .replaceAll('://', ':\u200c//')
    .replaceAll(/(javascript|data|mailto|tel):/gi, '$1:\u200c')
}
