// What Slack refuses of a message or view, kept apart from the code that renders: numbers and rules are written anew here.
// https://docs.slack.dev/reference/block-kit

type Json = Record<string, unknown>
export type Payload = { text?: string; blocks: unknown[]; type?: string } & Json

const length = (value: unknown) => (typeof value === 'string' ? value.length : 0)
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Everything Slack would refuse of a message (`text` and `blocks`) or a view (`type` modal or home). */
export function blockKitProblems(payload: Payload): string[] {
  const problems: string[] = []
  const say = (problem: string) => problems.push(problem)
  if (payload.type === undefined) checkMessage(payload, say)
  else checkView(payload, say)
  for (const [at, block] of list(payload.blocks).entries())
    checkBlock(block, (problem) => say(`blocks/${at}: ${problem}`))
  const ids = list(payload.blocks).flatMap(({ block_id }) => block_id ?? [])
  if (new Set(ids).size < ids.length) say('two blocks have the same block_id')
  const presses = elementsOf(payload).map(({ block, element }) =>
    block.type === 'input' ? `${block.block_id} ${element.action_id}` : element.action_id,
  )
  if (new Set(presses).size < presses.length) say('two elements have the same action_id')
  return problems
}

type Say = (problem: string) => void

function checkMessage({ text, blocks }: Payload, say: Say): void {
  if (!text?.trim()) say('a message without a text')
  if (Buffer.byteLength(text ?? '') > 4000) say('a text of more than 4,000 bytes')
  if (blocks.length > 50) say('more than 50 blocks')
  // Undocumented: slackapi/bolt-js #2509. Blocks get ids of a few characters each.
  if (JSON.stringify(blocks).length + 20 * blocks.length > 13_200) say('msg_blocks_too_long')
  const cells = list(blocks).flatMap(({ rows }) => (rows as Json[][] | undefined)?.flat() ?? [])
  if (cells.reduce((sum, { text }) => sum + length(text), 0) > 10_000) say('more than 10,000 characters in tables')
}

function checkView(view: Payload, say: Say): void {
  if (view.blocks.length > 100) say('more than 100 blocks')
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) say('more than 250 kB')
  if (view.type !== 'modal') return
  if (view.blocks.length === 0) say('a modal without blocks')
  checkText(view.title, 24, 'title', say)
  for (const name of ['submit', 'close']) if (view[name] !== undefined) checkText(view[name], 24, name, say)
  if (length(view.private_metadata) > 3000) say('private_metadata of more than 3,000')
  if (length(view.callback_id) > 255) say('callback_id of more than 255')
  if (!view.submit && list(view.blocks).some(({ type }) => type === 'input')) say('inputs without a submit')
}

function checkText(text: unknown, most: number, where: string, say: Say): void {
  if (!isRecord(text) || typeof text.text !== 'string') {
    say(`${where}: no text`)
    return
  }
  if (text.type !== 'plain_text' && text.type !== 'mrkdwn') say(`${where}: ${text.type} is no text`)
  if (text.text.trim() === '') say(`${where}: an empty text`)
  if (text.text.length > most) say(`${where}: ${text.text.length} of ${most} characters`)
  if (!text.text.isWellFormed()) say(`${where}: half a character`)
}

function checkBlock(block: Json, say: Say): void {
  if (block.block_id !== undefined && (length(block.block_id) < 1 || length(block.block_id) > 255)) say('block_id')
  switch (block.type) {
    case 'header':
      checkText(block.text, 150, 'header', say)
      break
    case 'section':
      checkText(block.text, 3000, 'section', say)
      if (block.accessory !== undefined) checkElement(block.accessory as Json, say)
      break
    case 'context':
      if (list(block.elements).length < 1 || list(block.elements).length > 10) say('1 to 10 elements')
      for (const text of list(block.elements)) checkText(text, 2000, 'context', say)
      break
    case 'actions':
      if (list(block.elements).length < 1 || list(block.elements).length > 25) say('1 to 25 elements')
      for (const element of list(block.elements)) checkElement(element, say)
      break
    case 'image':
      if (length(block.alt_text) < 1 || length(block.alt_text) > 2000) say('alt_text')
      if (!isRecord(block.slack_file) || length(block.slack_file.id) < 1) say('an image without a file')
      break
    case 'input':
      checkText(block.label, 2000, 'label', say)
      if (block.hint !== undefined) checkText(block.hint, 2000, 'hint', say)
      checkElement(block.element as Json, say)
      break
    case 'rich_text':
      if (list(block.elements).length === 0) say('an empty rich text')
      for (const element of list(block.elements)) checkRichText(element, say)
      break
    case 'data_table':
      checkTable(block, say)
      break
    default:
      say(`an unknown block: ${block.type}`)
  }
}

function checkRichText(element: Json, say: Say): void {
  const known = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted', 'text']
  if (!known.includes(String(element.type))) say(`rich text with ${element.type}`)
  if (element.type === 'text') {
    if (length(element.text) < 1) say('an empty text in rich text')
    if (!String(element.text).isWellFormed()) say('half a character in rich text')
    return
  }
  if (list(element.elements).length === 0) say(`an empty ${element.type}`)
  for (const inner of list(element.elements)) checkRichText(inner, say)
}

function checkTable({ caption, rows, page_size }: Json, say: Say): void {
  const all = (rows ?? []) as Json[][]
  const columns = all[0]?.length ?? 0
  if (length(caption) < 1) say('a table without a caption')
  if (all.length < 2 || all.length > 101) say(`${all.length} rows`)
  if (columns < 1 || columns > 20 || all.some((row) => row.length !== columns)) say('columns')
  if (Number(page_size) < 1 || Number(page_size) > 100) say('page_size')
  for (const cell of all.flat()) if (cell.type !== 'raw_text' || length(cell.text) < 1) say('an empty cell')
}

function checkElement(element: Json, say: Say): void {
  if (length(element.action_id) < 1 || length(element.action_id) > 255) say('action_id')
  switch (element.type) {
    case 'button':
      checkText(element.text, 75, 'button', say)
      if (length(element.value) > 2000) say('a button value of more than 2,000')
      if (
        element.accessibility_label !== undefined &&
        (length(element.accessibility_label) < 1 || length(element.accessibility_label) > 75)
      )
        say('accessibility_label')
      if (element.style !== undefined && element.style !== 'primary' && element.style !== 'danger') say('style')
      break
    case 'plain_text_input': {
      const most = Number(element.max_length)
      if (most < 1 || most > 3000) say('max_length')
      if (length(element.initial_value) > most) say('initial_value is longer than max_length')
      if (element.initial_value === '') say('an empty initial_value')
      break
    }
    case 'datepicker':
      if (element.initial_date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(String(element.initial_date)))
        say('initial_date')
      break
    case 'users_select':
      if (element.initial_user !== undefined && !/^[UW][A-Z0-9]+$/.test(String(element.initial_user)))
        say('initial_user')
      break
    case 'radio_buttons':
    case 'checkboxes':
      if (list(element.options).length > 10) say('more than 10 options to tap')
      checkOptions(element, say)
      break
    case 'static_select':
    case 'multi_static_select':
      checkOptions(element, say)
      break
    default:
      say(`an unknown element: ${element.type}`)
  }
}

function checkOptions(element: Json, say: Say): void {
  const groups = list(element.option_groups)
  if ((element.options === undefined) === (element.option_groups === undefined)) say('either options or option_groups')
  if (groups.length > 100) say('more than 100 groups')
  for (const group of groups) checkText(group.label, 75, 'group', say)
  for (const some of element.options === undefined
    ? groups.map(({ options }) => list(options))
    : [list(element.options)])
    if (some.length < 1 || some.length > 100) say(`${some.length} options`)
  const options = optionsOf(element)
  for (const option of options) {
    checkText(option.text, 75, 'option', say)
    if (option.description !== undefined) checkText(option.description, 75, 'description', say)
    if (length(option.value) < 1 || length(option.value) > 150) say('an option value of more than 150')
  }
  const values = options.map(({ value }) => value)
  if (new Set(values).size < values.length) say('two options have the same value')
  const known = new Set(options.map((option) => JSON.stringify(option)))
  const initial = [
    ...list(element.initial_options),
    ...(isRecord(element.initial_option) ? [element.initial_option] : []),
  ]
  if (initial.some((option) => !known.has(JSON.stringify(option)))) say('an initial option that is none of the options')
  if (element.initial_options !== undefined && list(element.initial_options).length === 0) say('empty initial_options')
}

/** The options of a select, radio buttons or checkboxes, in groups or not. */
export function optionsOf(element: Json): Json[] {
  return [...list(element.options), ...list(element.option_groups).flatMap(({ options }) => list(options))]
}

/** Everything that can be pressed or filled in, with the block it stands in. */
export function elementsOf({ blocks }: Payload): { block: Json; element: Json }[] {
  return list(blocks).flatMap((block) => {
    if (block.type === 'actions') return list(block.elements).map((element) => ({ block, element }))
    const element = block.type === 'input' ? block.element : block.accessory
    return isRecord(element) ? [{ block, element }] : []
  })
}

const shownFields = ['title', 'caption', 'text', 'alt_text', 'label', 'hint', 'description', 'initial_value']
const holders = ['accessory', 'element', 'elements', 'options', 'option_groups', 'rows', 'blocks', 'submit']

/** Every text a person gets to see, in order. */
export function textsOf(shown: unknown): string[] {
  if (Array.isArray(shown)) return shown.flatMap(textsOf)
  if (!isRecord(shown)) return []
  const own = shownFields.flatMap((field) =>
    typeof shown[field] === 'string' ? [shown[field]] : textsOf(shown[field]),
  )
  return [...own, ...holders.flatMap((field) => textsOf(shown[field]))]
}

/** Mentions, channels, links and formatting that would come to life. */
export function liveIn({ text = '', blocks }: Payload): string[] {
  const parsed = JSON.stringify(blocks).match(
    /"type":"(mrkdwn|markdown|link|user|usergroup|channel|broadcast|emoji|url)"/g,
  )
  const inText = text.match(/<[^>]*>|@(here|channel|everyone)\b|\w+:\/\//g)
  return [
    ...(parsed ?? []),
    ...(inText ?? []),
    ...(JSON.stringify(blocks).match(/"(emoji":true|url"|image_url")/g) ?? []),
  ]
}
