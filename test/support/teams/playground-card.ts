// The cards as the playground's page holds them: it draws no ids and no values, so they are read from what React drew.
import type { Page } from 'playwright-core'

export interface PlaygroundInput {
  id: string
  label: string
  /** The id of its element; a new one each time the card is drawn. */
  element: string
  kind: string
  choices: { title: string; value: string }[]
  several: boolean
  expanded: boolean
  /** Whether it looks for people of the tenant: its choices are everyone, and nothing else it offers is shown. */
  picksPeople: boolean
  valueOn: string
  /** What it would send now: choices of several joined by commas. */
  value: string
  /** What it reproaches the person with. */
  error: string | undefined
}

export interface PlaygroundButton {
  /** Its place among all buttons of the card. */
  at: number
  kind: string
  labels: string[]
  /** Whether it sends the inputs, checked. */
  checked: boolean
  does: string | undefined
  /** What it sets by itself, without an input. */
  set: Record<string, unknown>
}

export interface PlaygroundCard {
  /** The card's place among all cards of the conversation. */
  at: number
  message: string
  content: string
  inputs: PlaygroundInput[]
  /** The enabled ones. */
  buttons: PlaygroundButton[]
}

/** The cards that stand in the open conversation, newest first. */
export async function cardsOn(page: Page): Promise<PlaygroundCard[]> {
  return (await page.evaluate(readCards)).reverse()
}

/** Runs in the page, so it holds everything it needs. */
function readCards(): PlaygroundCard[] {
  interface Drawn {
    internalId: string
    id?: string
    title?: string
    tooltip?: string
    label?: string
    isEnabled?: boolean
    isMultiSelect?: boolean
    style?: string
    valueOn?: string
    value?: unknown
    hasError?: boolean
    errorMessage?: string
    choices?: { title: string; value: string }[]
    choicesData?: { dataset?: string }
    associatedInputs?: string
    data?: { cs?: { do?: string; set?: Record<string, unknown> } }
    getJsonTypeName(): string
    getAllInputs(): Drawn[]
  }
  interface Person {
    id: string
    name: string
  }
  interface Fiber {
    type: unknown
    stateNode: Element
    memoizedProps: {
      messageId?: string
      attachment?: { content: unknown }
      cardObject?: Drawn
      store?: { getState(): { userList: { byId: Record<string, Person> }; account: Person } }
    } | null
    child: Fiber | null
    sibling: Fiber | null
  }
  const cards: PlaygroundCard[] = []
  let people: PlaygroundInput['choices'] = []
  const text = (value: unknown): string =>
    value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? '')
  const inputOf = (drawn: Drawn): PlaygroundInput => {
    const picksPeople = drawn.choicesData?.dataset?.startsWith('graph.microsoft.com/users') ?? false
    return {
      id: drawn.id ?? '',
      label: drawn.label || drawn.title || '',
      element: drawn.internalId,
      kind: drawn.getJsonTypeName(),
      choices: picksPeople ? people : (drawn.choices ?? []).map(({ title, value }) => ({ title, value })),
      several: drawn.isMultiSelect ?? false,
      expanded: drawn.style === 'expanded',
      picksPeople,
      valueOn: drawn.valueOn ?? 'true',
      value: text(drawn.value),
      error: drawn.hasError ? drawn.errorMessage || 'it is not filled in as it should be' : undefined,
    }
  }
  const walk = (first: Fiber | null, message: Fiber['memoizedProps'], card?: PlaygroundCard, owner?: Drawn): void => {
    for (let fiber = first; fiber; fiber = fiber.sibling) {
      const props = fiber.memoizedProps
      const about = props?.messageId && props.attachment ? props : message
      const drawn = props?.cardObject ?? owner
      if (props?.store) {
        const { userList, account } = props.store.getState()
        people = [...Object.values(userList.byId), account].map(({ id, name }) => ({ title: name, value: id }))
      }
      let within = card
      if (!card && about && props?.cardObject?.getJsonTypeName() === 'AdaptiveCard') {
        const [id, content] = [about.messageId ?? '', JSON.stringify(about.attachment?.content)]
        const inputs = props.cardObject.getAllInputs().map(inputOf)
        within = { at: cards.length, message: id, content, inputs, buttons: [] }
        cards.push(within)
      }
      if (within && fiber.type === 'button' && drawn?.getJsonTypeName().startsWith('Action.') && drawn.isEnabled) {
        const panel = fiber.stateNode.closest('.ac-preview-panel')
        within.buttons.push({
          at: [...(panel?.querySelectorAll('button') ?? [])].indexOf(fiber.stateNode as HTMLButtonElement),
          kind: drawn.getJsonTypeName(),
          labels: [drawn.title ?? '', drawn.tooltip ?? ''].filter(Boolean),
          checked: drawn.associatedInputs !== 'none',
          does: drawn.data?.cs?.do,
          set: drawn.data?.cs?.set ?? {},
        })
      }
      walk(fiber.child, about, within, drawn)
    }
  }
  const root = document.querySelector('#root') as unknown as Record<string, { stateNode: { current: Fiber } }>
  const container = Object.keys(root).find((name) => name.startsWith('__reactContainer'))
  if (container) walk(root[container]?.stateNode.current ?? null, null)
  return cards
}
