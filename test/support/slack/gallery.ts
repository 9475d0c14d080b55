// Cards as people see them: Block Kit as a page of HTML. What slack-blocks-to-jsx draws as Slack does, it draws; tables
// it does not know, pictures by file it does not show, and of inputs it mixes up the choices: those are drawn here.
import { readFileSync } from 'node:fs'
import { createElement } from 'react'
import { Message } from 'slack-blocks-to-jsx'
import { optionsOf } from '../block-kit-limits.ts'
import type { Json, SlackBlock, SlackOption } from './wire.ts'

// React's types for the server are a package of their own; this is the one function of it.
const { renderToStaticMarkup } = (await import('react-dom/server' as string)) as {
  renderToStaticMarkup(element: unknown): string
}

/** A message, a modal or a home tab, as far as it is drawn. */
export interface Shown {
  type?: 'modal' | 'home'
  title?: { text: string }
  submit?: { text: string }
  close?: { text: string }
  blocks: SlackBlock[]
  /** Whom alone Slack shows it to. */
  ephemeralTo?: string
}

type PictureOf = (file: string) => Buffer | undefined

/** @param pictureOf the bytes behind a file of Slack */
export function galleryPage(shown: Shown, pictureOf: PictureOf): string {
  const blocks = shown.blocks.map((block) => drawBlock(block as SlackBlock & Json, pictureOf)).join('\n')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${packageStyles}${ownStyles}</style>
<body><main class="${shown.type ?? 'message'}">${around(shown, blocks)}</main></body></html>`
}

function around({ type, title, submit, close, ephemeralTo }: Shown, blocks: string): string {
  if (type === 'home') return `<header>Countersign</header><div class="body">${blocks}</div>`
  if (type === 'modal') {
    const buttons = [close, submit].map((one, at) => one && `<button class="is${at}">${safe(one.text)}</button>`)
    return `<header>${safe(title?.text ?? '')}</header><div class="body">${blocks}</div>
<footer>${buttons.join('')}</footer>`
  }
  const only = ephemeralTo ? '<small class="only">Only visible to you</small>' : ''
  return `<div class="logo">C</div><div class="body">${only}<b>Countersign</b> <small>APP 10:24</small>${blocks}</div>`
}

function drawBlock(block: SlackBlock & Json, pictureOf: PictureOf): string {
  switch (block.type) {
    case 'data_table':
      return drawTable(block)
    case 'image':
      return drawPicture(block, pictureOf)
    case 'input':
      return drawInput(block)
    default:
      return byPackage(block)
  }
}

function drawTable({ caption, rows }: Json): string {
  const [head = [], ...body] = rows as { text: string }[][]
  const line = (cells: { text: string }[], tag: string) =>
    `<tr>${cells.map(({ text }) => `<${tag}>${safe(text)}</${tag}>`).join('')}</tr>`
  const lines = body.map((cells) => line(cells, 'td')).join('')
  return `<div class="wide"><table><caption>${safe(String(caption))}</caption>${line(head, 'th')}${lines}</table></div>`
}

function drawPicture({ slack_file, alt_text }: Json, pictureOf: PictureOf): string {
  const { id } = slack_file as { id: string }
  const source = `data:image/png;base64,${pictureOf(id)?.toString('base64') ?? ''}`
  return `<img src="${source}" alt="${safe(String(alt_text))}">`
}

function drawInput(block: SlackBlock & Json): string {
  const { label, hint, optional } = block as { label: { text: string }; hint?: { text: string }; optional?: boolean }
  return `<div class="input"><b>${safe(label.text)}</b>${optional ? ' <small>(optional)</small>' : ''}
${drawElement(block.element as unknown as Json)}${hint ? `<small class="hint">${safe(hint.text)}</small>` : ''}</div>`
}

function drawElement(element: Json): string {
  const { type, multiline } = element
  const initial = String(element.initial_value ?? element.initial_date ?? element.initial_user ?? '')
  const chosen = [element.initial_option ?? element.initial_options ?? []].flat() as SlackOption[]
  const options = optionsOf(element) as unknown as SlackOption[]
  switch (type) {
    case 'plain_text_input':
      return multiline ? `<textarea rows="3">${safe(initial)}</textarea>` : `<input value="${safe(initial)}">`
    case 'radio_buttons':
    case 'checkboxes': {
      const kind = type === 'checkboxes' ? 'checkbox' : 'radio'
      const mark = ({ value }: SlackOption) => (chosen.some((one) => one.value === value) ? ' checked' : '')
      const lines = options.map(({ text, description, value }) => {
        const more = description ? `<small>${safe(description.text)}</small>` : ''
        return `<label><input type="${kind}"${mark({ value, text })}><span>${safe(text.text)}${more}</span></label>`
      })
      return lines.join('')
    }
    case 'datepicker':
      return `<input class="date" value="${safe(initial)}">`
    default: {
      const said =
        chosen.map(({ text }) => text.text).join(', ') || initial || (options.length > 0 ? 'Select' : 'Choose')
      const lines = options.map(({ text, description }) => `${text.text} ${description?.text ?? ''}`)
      return `<select>${[said, ...lines].map((line) => `<option>${safe(line)}</option>`).join('')}</select>`
    }
  }
}

/** Plain text is parsed by the package, and not by Slack: marks travel through it as characters that mean nothing. */
function byPackage(block: Json): string {
  const blocks = [veiled(block)] as never
  const html = renderToStaticMarkup(
    createElement(Message, { blocks, logo: '', name: '', theme: 'light', withoutWrapper: true }),
  )
  return html.replace(/[\ue000-\ue07f]/g, (mark) => safe(String.fromCharCode(mark.charCodeAt(0) - 0xe000)))
}

function veiled(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(veiled)
  if (typeof given !== 'object' || given === null) return given
  const copy: Json = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, veiled(value)]))
  if (copy.type !== 'plain_text') return copy
  const veil = (mark: string) => String.fromCharCode(mark.charCodeAt(0) + 0xe000)
  return { ...copy, text: String(copy.text).replace(/[*_~`:<>&]/g, veil) }
}

function safe(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const packageStyles = readFileSync(new URL(import.meta.resolve('slack-blocks-to-jsx/dist/style.css')), 'utf8')

/** Slack's frame around the blocks, and what the package does not draw. */
const ownStyles = `
* { box-sizing: border-box }
body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, "Liberation Sans", sans-serif }
.message { display: flex; gap: 8px; padding: 12px 16px }
.message > .logo { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #1f4e79; color: #fff;
  display: grid; place-items: center; font-weight: 700 }
.body { flex: 1; min-width: 0; max-width: 600px }
.only { display: block }
small { color: #616061; font-size: 12px }
.home > header { padding: 14px 20px; font-weight: 900; font-size: 18px; border-bottom: 1px solid #ddd }
.home > .body { padding: 12px 20px }
.modal { max-width: 520px; margin: 0 auto; border: 1px solid #ddd; border-radius: 8px }
.modal > header { padding: 16px 24px; font-weight: 900; font-size: 20px; border-bottom: 1px solid #ddd }
.modal > .body { padding: 12px 24px }
footer { display: flex; justify-content: flex-end; gap: 12px; padding: 16px 24px; border-top: 1px solid #ddd }
footer button { height: 36px; padding: 0 12px; border: 1px solid #bbb; border-radius: 6px; background: #fff; font: inherit; font-weight: 700 }
footer .is1 { background: #007a5a; border-color: #007a5a; color: #fff }
img { display: block; max-width: 100%; margin: 8px 0; border: 1px solid #ddd; border-radius: 6px }
.wide { overflow-x: auto; margin: 8px 0 }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: 700; padding: 4px 0 }
th, td { border: 1px solid #ddd; padding: 6px 10px; text-align: left }
th { background: #f8f8f8 }
.input { margin: 12px 0 }
.input > label { display: flex; gap: 10px; align-items: baseline; padding: 3px 0 }
.input label small { display: block }
.input > textarea, .input > input { display: block; width: 100%; margin: 4px 0; padding: 8px 12px;
  border: 1px solid #868686; border-radius: 4px; font: inherit; resize: none }
.input > select, .input > .date { display: block; max-width: 100%; width: 260px; padding: 5px 8px; font: inherit }
.hint { display: block }
`
