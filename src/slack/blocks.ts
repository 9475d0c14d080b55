// Cards as Block Kit.
import type { types } from '@slack/bolt'
import type { Action, Block, Card, Form, Input, Option } from '../conversation/card.ts'
import { plainText } from '../conversation/plain-text.ts'
import { escapeText } from './escape.ts'
import { limits, shorten } from './limits.ts'

type KnownBlock = types.KnownBlock

/** A message: its blocks, and the text that notifications and screen readers use. */
export function renderMessage(card: Card): { text: string; blocks: KnownBlock[] } {
  const header: KnownBlock[] = card.title ? [{ type: 'header', text: plain(card.title, limits.header) }] : []
  return {
    text: escapeText(card.summary),
    blocks: within(limits.blocks, [...header, ...card.blocks.flatMap(renderBlock)]),
  }
}

/** A modal; what its submit sends travels in the private metadata. */
export function renderModal({ title, blocks, submit }: Form): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata: JSON.stringify(submit?.press ?? null),
    title: plain(title, limits.modalTitle),
    close: plain('Close', limits.modalTitle),
    ...(submit ? { submit: plain(submit.label, limits.modalTitle) } : {}),
    blocks: within(limits.modalBlocks, blocks.flatMap(renderBlock)),
  }
}

/** Blocks within a limit; what does not fit is counted, never dropped without a word. */
function within(limit: number, blocks: KnownBlock[]): KnownBlock[] {
  if (blocks.length <= limit) return blocks
  const rest = blocks.length - (limit - 1)
  return [...blocks.slice(0, limit - 1), section(`… and ${rest} more parts; ask for “mine” to see them all`)]
}

let made = 0

function renderBlock(block: Block): KnownBlock[] {
  switch (block.kind) {
    case 'text':
      if (block.style === 'quiet') return [{ type: 'context', elements: [plain(block.text, limits.section)] }]
      return [section(block.style === 'strong' ? `*${escapeText(block.text)}*` : escapeText(block.text))]
    case 'facts':
    case 'table':
    case 'picture':
      return [section(escapeText(plainText({ title: '', blocks: [block] }).trim()))]
    case 'items':
      return [
        section(`*${escapeText(block.label)}*`),
        ...block.items.map(({ title, detail, action }): KnownBlock => {
          const line = section(`${escapeText(title)}\n${escapeText(detail)}`)
          return action ? { ...line, accessory: button(action) } : line
        }),
      ]
    case 'input':
      return [renderInput(block.input)]
    case 'actions':
      return block.actions.length > 0 ? [{ type: 'actions', elements: block.actions.map(button) }] : []
    default:
      return block satisfies never
  }
}

function section(text: string): { type: 'section'; text: { type: 'mrkdwn'; text: string } } {
  return { type: 'section', text: { type: 'mrkdwn', text: shorten(text, limits.section) } }
}

function button({ label, accessibleLabel, style, press }: Action) {
  made += 1
  return {
    type: 'button' as const,
    action_id: `press-${made}`,
    text: plain(label, limits.button),
    value: JSON.stringify(press),
    ...(style ? { style } : {}),
    ...(accessibleLabel ? { accessibility_label: shorten(accessibleLabel, limits.button) } : {}),
  }
}

function renderInput(input: Input): KnownBlock {
  // A field that applies only to some choices is never required by Slack; the core asks for it where it is due.
  const base = {
    type: 'input' as const,
    block_id: input.name,
    label: plain(input.label, limits.label),
    optional: input.optional === true || input.when !== undefined || input.kind === 'tick',
    ...(input.hint ? { hint: plain(input.hint, limits.label) } : {}),
  }
  const action_id = 'value'
  switch (input.kind) {
    case 'text':
      return {
        ...base,
        element: {
          type: 'plain_text_input',
          action_id,
          multiline: input.lines === 'several',
          max_length: Math.min(input.limit, 3000),
          ...(input.value ? { initial_value: input.value } : {}),
        },
      }
    case 'date':
      return {
        ...base,
        element: { type: 'datepicker', action_id, ...(input.value ? { initial_date: input.value } : {}) },
      }
    case 'choice': {
      const options = input.options.map(option)
      const chosen = options.find(({ value }) => value === input.value)
      return {
        ...base,
        element: { type: 'static_select', action_id, options, ...(chosen ? { initial_option: chosen } : {}) },
      }
    }
    case 'choices': {
      const options = input.options.map(option)
      const chosen = options.filter(({ value }) => input.value?.includes(value))
      return {
        ...base,
        element: {
          type: 'multi_static_select',
          action_id,
          options,
          ...(chosen.length > 0 ? { initial_options: chosen } : {}),
        },
      }
    }
    case 'tick':
      return {
        ...base,
        element: { type: 'checkboxes', action_id, options: [option({ value: 'yes', label: input.label })] },
      }
    default:
      return input satisfies never
  }
}

function option({ value, label }: Option) {
  return { value, text: plain(label, limits.option) }
}

function plain(text: string, limit: number): types.PlainTextElement {
  return { type: 'plain_text', text: shorten(text, limit), emoji: false }
}
