// Cards as people see them: drawn by the real adaptivecards in a page that looks like Teams.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as AdaptiveCards from 'adaptivecards'
import type { Page } from 'playwright-core'
import { piecesOf } from './card-pieces.ts'
import type { Card } from './wire.ts'

const library = readFileSync(createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8')

/** Opens a page for cards. */
export async function galleryPage(page: Page): Promise<void> {
  await page.setContent(
    `<!doctype html><html lang="en"><meta charset="utf-8"><style>${styles}</style><body><main></main></body></html>`,
  )
  // Run as code, not added as a script: what scripts the page has came out of a card.
  await page.evaluate(library)
}

/**
 * Draws a card in the frame of a message.
 * @returns what its parser or renderer complained about
 */
export async function draw(page: Page, card: Card, readers = ''): Promise<string[]> {
  return await page.evaluate(drawHere, { card: withNames(card), config, readers })
}

/** Teams shows the name of who was picked in a field of its own; a list shows it too. */
function withNames(card: Card): Card {
  const copy = structuredClone(card)
  for (const { node } of piecesOf(copy)) {
    if (!node['choices.data']) continue
    delete node['choices.data']
    node.style = 'compact'
  }
  return copy
}

/** Runs in the page, so it holds everything it needs. */
function drawHere({ card, config, readers }: { card: Card; config: object; readers: string }): string[] {
  const cards = (globalThis as unknown as { AdaptiveCards: typeof AdaptiveCards }).AdaptiveCards
  // The worst a client could do: links of Markdown come to life, and HTML stands as it is.
  cards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = text.replaceAll(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')
    result.didProcess = true
  }
  const context = new cards.SerializationContext(cards.Versions.v1_5)
  const parsed = new cards.AdaptiveCard()
  parsed.hostConfig = new cards.HostConfig(config)
  parsed.parse(card, context)
  const drawn = parsed.render()
  const frame = document.createElement('div')
  frame.className = 'message'
  frame.innerHTML =
    '<div class="logo">C</div><div class="beside"><p class="from"><b>Countersign</b> <span></span></p></div>'
  const from = frame.querySelector('span')
  if (from) from.textContent = `10:24${readers}`
  if (drawn) frame.querySelector('.beside')?.append(drawn)
  document.querySelector('main')?.replaceChildren(frame)
  const complaints = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at))
  return [...complaints, ...parsed.validateProperties().validationEvents].map(({ message }) => message)
}

const colours = (background: string) => ({
  backgroundColor: background,
  foregroundColors: {
    default: { default: '#242424', subtle: '#616161' },
    accent: { default: '#5b5fc7', subtle: '#5b5fc7' },
    good: { default: '#237b4b', subtle: '#237b4b' },
    warning: { default: '#835c00', subtle: '#835c00' },
    attention: { default: '#c4314b', subtle: '#c4314b' },
  },
})

/** After what Teams shows on a desktop in its light theme. */
const config = {
  fontFamily: '"Segoe UI", "Liberation Sans", sans-serif',
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: colours('#ffffff'),
    emphasis: colours('#f5f5f5'),
    good: colours('#e7f2da'),
    attention: colours('#fcf4f6'),
    warning: colours('#fbf6d9'),
    accent: colours('#e8ebfa'),
  },
  actions: { maxActions: 6, buttonSpacing: 8, spacing: 'default', actionAlignment: 'left', allowTitleToWrap: true },
  inputs: {
    label: {
      requiredInputs: { size: 'small', weight: 'default', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { size: 'small', weight: 'default' },
    },
    errorMessage: { size: 'small', color: 'attention' },
  },
  table: { cellSpacing: 8 },
}

const styles = `
* { box-sizing: border-box }
body { margin: 0; background: #f5f5f5; color: #242424; font: 14px/20px "Segoe UI", "Liberation Sans", sans-serif }
p { margin: 0 }
.message { display: flex; gap: 8px; padding: 12px 16px }
.logo { flex: none; width: 32px; height: 32px; border-radius: 50%; background: #1f4e79; color: #fff; display: grid;
  place-items: center; font-weight: 600 }
.beside { flex: 1; min-width: 0 }
.from { padding-bottom: 4px }
.from span { color: #616161; font-size: 12px }
.ac-adaptiveCard { border: 1px solid #e0e0e0; border-radius: 4px }
.ac-richTextBlock, .ac-textBlock { line-height: 20px }
.ac-actionSet { flex-wrap: wrap; row-gap: 8px }
.ac-pushButton { min-height: 32px; padding: 5px 12px; border: 1px solid #d1d1d1; border-radius: 4px; background: #fff;
  color: #242424; font: 600 14px/20px "Segoe UI", "Liberation Sans", sans-serif }
.ac-pushButton.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff }
.ac-pushButton.style-destructive { background: #fff; border-color: #c4314b; color: #c4314b }
.ac-input { font: inherit; background: #fff; border: 1px solid #d1d1d1; border-bottom-color: #616161;
  border-radius: 4px; padding: 5px 10px; min-height: 32px; width: 100% }
.ac-multiline { min-height: 60px }
.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect, .ac-toggleInput { border: 0; padding: 0; min-height: 0; background: none }
.ac-input-container input[type=checkbox], .ac-input-container input[type=radio] { margin: 3px 0 0 }
.ac-input-container div:has(> input[type=checkbox]), .ac-input-container div:has(> input[type=radio]) { align-items: flex-start !important }
@media (max-width: 400px) {
  .message { display: block; position: relative; padding: 8px }
  .logo { width: 20px; height: 20px; font-size: 11px }
  .from { position: absolute; top: 8px; left: 36px }
  .logo { margin-bottom: 6px }
}
`
