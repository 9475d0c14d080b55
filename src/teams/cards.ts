// Cards as Adaptive Cards 1.5 with Universal Actions: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards
import type { Attachment } from 'botbuilder'
import type { Action, Block, Card, Form, Input } from '../conversation/card.ts'

type Element = Record<string, unknown>

export function renderCard({ title, summary, blocks }: Card): Attachment {
  const heading: Element[] = title ? [textBlock(title, { weight: 'Bolder', size: 'Medium' })] : []
  return attachment(summary, [...heading, ...blocks.flatMap(renderBlock)])
}

/** A form is a card with inputs that takes the place of the one it was opened from. */
export function renderForm({ title, blocks, submit }: Form, problem?: string): Attachment {
  const submits: Block[] = submit ? [{ kind: 'actions', actions: [submit] }] : []
  const remark: Block[] = problem ? [{ kind: 'text', text: problem, style: 'warning' }] : []
  return renderCard({ title, summary: title, blocks: [...blocks, ...remark, ...submits] })
}

function attachment(fallbackText: string, body: Element[]): Attachment {
  const content = {
    $schema: 'https://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText,
    body,
  }
  return { contentType: 'application/vnd.microsoft.card.adaptive', content }
}

function renderBlock(block: Block): Element[] {
  switch (block.kind) {
    case 'text':
      return [textBlock(block.text, styles[block.style ?? 'plain'])]
    case 'facts':
      return [
        {
          type: 'FactSet',
          facts: block.facts.map(({ label, value }) => ({ title: literal(label), value: literal(value) })),
        },
      ]
    case 'table':
      return [
        textBlock(block.caption, { weight: 'Bolder' }),
        {
          type: 'Table',
          firstRowAsHeader: true,
          columns: block.columns.map(() => ({ width: 1 })),
          rows: [block.columns, ...block.rows].map((cells) => ({
            type: 'TableRow',
            cells: cells.map((cell) => ({ type: 'TableCell', items: [textBlock(cell)] })),
          })),
        },
      ]
    case 'items':
      return [
        textBlock(block.label, { weight: 'Bolder' }),
        ...block.items.flatMap(({ title, detail, action }) => [
          textBlock(title),
          textBlock(detail, { isSubtle: true, spacing: 'None' }),
          ...(action ? [{ type: 'ActionSet', actions: [execute(action)] }] : []),
        ]),
      ]
    case 'picture':
      return [textBlock(block.alt, { isSubtle: true })]
    case 'input':
      return [renderInput(block.input)]
    case 'actions':
      return block.actions.length > 0 ? [{ type: 'ActionSet', actions: block.actions.map(execute) }] : []
    default:
      return block satisfies never
  }
}

const styles: Record<string, Element> = {
  plain: {},
  strong: { weight: 'Bolder' },
  quiet: { isSubtle: true },
  quote: { fontType: 'Monospace' },
  warning: { color: 'Warning' },
}

function textBlock(text: string, style: Element = {}): Element {
  return { type: 'TextBlock', text: literal(text), wrap: true, ...style }
}

/** Adaptive Cards read Markdown in text; people's words are shown as they are. */
function literal(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!>~|]/g, '\\$&')
}

/** `Action.Execute` needs a verb to be routed; the fallback serves clients that do not know it. */
function execute({ label, accessibleLabel, style, press }: Action): Element {
  const data = { press }
  const tone = style === 'danger' ? { style: 'destructive' } : style === 'primary' ? { style: 'positive' } : {}
  const common = { title: label, data, ...(accessibleLabel ? { tooltip: accessibleLabel } : {}), ...tone }
  return { type: 'Action.Execute', verb: press.verb, ...common, fallback: { type: 'Action.Submit', ...common } }
}

function renderInput(input: Input): Element {
  const base = { id: input.name, label: input.label }
  switch (input.kind) {
    case 'text':
      return {
        type: 'Input.Text',
        ...base,
        isMultiline: input.lines === 'several',
        maxLength: input.limit,
        value: input.value ?? '',
      }
    case 'date':
      return { type: 'Input.Date', ...base, value: input.value ?? '' }
    case 'choice':
    case 'choices': {
      const choices = input.options.map(({ value, label }) => ({ value, title: label }))
      const value = [input.value ?? []].flat().join(',')
      return { type: 'Input.ChoiceSet', ...base, choices, value, isMultiSelect: input.kind === 'choices' }
    }
    case 'tick':
      return { type: 'Input.Toggle', id: input.name, title: input.label, value: 'false' }
    default:
      return input satisfies never
  }
}
