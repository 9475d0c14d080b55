// Tables: Slack's own where one fits, otherwise lines of equal letters.

import type { types } from '@slack/bolt'
import type { Block } from '../conversation/card.ts'
import { printable } from '../conversation/printable.ts'
import { limits } from './limits.ts'
import { preformatted, type Run, richLines } from './render-text.ts'
import type { Part } from './render-within.ts'

type Table = Extract<Block, { kind: 'table' }>

/** A cell may not be empty. */
const nothing = '–'

/** Beyond this a column is not filled up with spaces: one long cell would push all others out of sight. */
const widest = 30

/** @param characters how many the message's tables may still take; 0 where Slack shows no tables, as in views */
export function renderTable(table: Table, characters: number): { parts: Part[]; characters: number } {
  const block = dataTable(table)
  const taken = block.rows.flat().reduce((sum, cell) => sum + ('text' in cell ? cell.text.length : 0), 0)
  const fits =
    table.rows.length > 0 &&
    table.rows.length <= limits.tableRows &&
    table.columns.length > 0 &&
    table.columns.length <= limits.tableColumns &&
    table.rows.every((row) => row.length <= table.columns.length) &&
    block.caption.length <= limits.section &&
    taken <= characters
  if (fits) return { parts: [{ block, kind: 'table', count: 1 }], characters: taken }
  return { parts: richLines(monospaced(table), preformatted), characters: 0 }
}

function dataTable({ caption, columns, rows }: Table): types.DataTableBlock {
  const filled = rows.map((row) => columns.map((_, at) => row[at] ?? ''))
  return {
    type: 'data_table',
    caption: printable(caption).trim() || nothing,
    // All of it on one page: nobody should have to turn pages in a summary.
    page_size: Math.min(Math.max(rows.length, 1), limits.tableRows),
    rows: [columns, ...filled].map((row) =>
      row.map((cell) => ({ type: 'raw_text', text: printable(cell).trim() || nothing })),
    ),
  }
}

function monospaced({ caption, columns, rows }: Table): Run[][] {
  const all = [columns, ...rows].map((row) => row.map(printable))
  const width = (column: number) => Math.min(widest, Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const widths = (all[0] ?? []).map((_, column) => width(column))
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return [caption, ...lines].map((text) => [{ text: text.trimEnd() }])
}
