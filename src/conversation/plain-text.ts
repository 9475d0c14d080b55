// A card as plain text: for terminals, notifications and screen readers. Nothing is left out.
import type { Block, Card, Input } from './card.ts'

/** The lines of a card. */
export function plainText({ title, blocks }: Pick<Card, 'title' | 'blocks'>): string {
  return [title, ...blocks.flatMap(lines)].join('\n')
}

function lines(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [
        block.style === 'quote' ? `  > ${block.text}` : block.style === 'warning' ? `! ${block.text}` : block.text,
      ]
    case 'facts':
      return block.facts.map(({ label, value }) => `  ${label}: ${value}`)
    case 'table':
      return [block.caption, ...table([block.columns, ...block.rows])]
    case 'items':
      return [
        block.label,
        ...block.items.flatMap(({ title, detail, action }) => [
          `  - ${title}${action ? ` [${action.label}]` : ''}`,
          `      ${detail}`,
        ]),
      ]
    case 'picture':
      return [`(${block.alt})`]
    case 'input':
      return [`  ${inputLine(block.input)}`]
    case 'actions':
      return [block.actions.map(({ label }) => `[${label}]`).join(' ')]
    default:
      return block satisfies never
  }
}

function inputLine(one: Input): string {
  switch (one.kind) {
    case 'choice':
    case 'choices':
      return `${one.label}: ${one.options.map(({ label }) => label).join(' | ')}`
    case 'tick':
      return `[ ] ${one.label}`
    case 'text':
    case 'date':
      return `${one.label}: ${one.value || '…'}`
    default:
      return one satisfies never
  }
}

function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`)
}
