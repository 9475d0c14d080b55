// Drives the real Bolt: events and clicks in by `processEvent`, the Web API replaced by a recording fetch.
import { App as BoltApp, type Receiver } from '@slack/bolt'
import type { Values } from '../../src/conversation/card.ts'
import { listenToSlack } from '../../src/slack/listen.ts'
import { slackSurface } from '../../src/slack/surface.ts'
import type { TestApp } from './app.ts'
import type { Driver } from './driver.ts'

interface Shown {
  ts: string
  channel: string
  text?: string
  blocks: SlackBlock[]
}
interface SlackBlock {
  type: string
  block_id?: string
  text?: { text: string }
  element?: SlackElement
  elements?: SlackElement[]
  accessory?: SlackElement
}
interface SlackElement {
  type: string
  action_id?: string
  value?: string
  text?: { text: string }
  accessibility_label?: string
  initial_value?: string
  initial_date?: string
  initial_option?: { value: string }
  initial_options?: { value: string }[]
}

export const team = 'T1'

/** A Slack without a network: what was posted stands per channel; a view stands per person. */
function fakeSlack() {
  const messages: Shown[] = []
  const calls: { method: string; body: Record<string, unknown> }[] = []
  let view: { private_metadata: string; blocks: SlackBlock[] } | undefined
  let clock = 1
  const fetchRecording = async (url: unknown, init?: RequestInit): Promise<Response> => {
    const method = String(url).split('/').pop() as string
    const body = bodyOf(init)
    calls.push({ method, body })
    const shown = {
      channel: String(body.channel),
      text: String(body.text ?? ''),
      blocks: (body.blocks ?? []) as SlackBlock[],
    }
    if (method === 'chat.postMessage') {
      clock += 1
      const ts = `${clock}.000001`
      messages.push({ ts, ...shown })
      return Response.json({ ok: true, channel: shown.channel, ts })
    }
    if (method === 'chat.update') Object.assign(messages.find(({ ts }) => ts === body.ts) ?? {}, shown)
    if (method === 'views.open') view = body.view as typeof view
    return Response.json({ ok: true })
  }
  return {
    messages,
    calls,
    fetchRecording: fetchRecording as typeof fetch,
    view: () => view,
    show(next: typeof view) {
      view = next
    },
  }
}

function bodyOf(init?: RequestInit): Record<string, unknown> {
  const given = Object.fromEntries(new URLSearchParams(String(init?.body ?? '')))
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, /^[[{]/.test(value) ? JSON.parse(value) : value]),
  )
}

/** A Bolt whose events come by hand. */
function boltOn(slack: ReturnType<typeof fakeSlack>): BoltApp {
  const receiver: Receiver = { init() {}, start: async () => undefined, stop: async () => undefined }
  return new BoltApp({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-test', botId: 'B1', botUserId: 'UBOT', teamId: team }),
    clientOptions: { fetch: slack.fetchRecording },
  })
}

/** The surface of a recorded Slack, for the application to deliver to. */
export function recordedSlack() {
  const slack = fakeSlack()
  const bolt = boltOn(slack)
  return { slack, bolt, surface: slackSurface(bolt.client) }
}

/** @param users the Slack user of each handle */
export function slackDriver(
  t: TestApp,
  { slack, bolt }: ReturnType<typeof recordedSlack>,
  users: Record<string, string>,
): Driver {
  listenToSlack(bolt, t.app, t.workspace)
  let event = 0
  const send = async (body: Record<string, unknown>): Promise<unknown> => {
    let acked: unknown
    await bolt.processEvent({
      body,
      ack: async (response) => {
        acked = response
      },
    })
    await t.delivery.idle()
    return acked
  }
  const user = (handle: string) => users[handle] as string
  return {
    async say(handle, text) {
      event += 1
      await send({
        type: 'event_callback',
        team_id: team,
        event: {
          type: 'message',
          channel_type: 'im',
          channel: user(handle),
          user: user(handle),
          text,
          ts: `${event}.5`,
        },
      })
    },
    async press(handle, label, values = {}) {
      const open = slack.view()
      if (open && label === submitLabel(open)) {
        slack.show(undefined)
        const state = { values: stateOf(open.blocks, values) }
        const acked = await send({
          type: 'view_submission',
          team: { id: team },
          user: { id: user(handle) },
          view: { type: 'modal', callback_id: 'form', private_metadata: open.private_metadata, state },
        })
        const { response_action, view } = (acked ?? {}) as { response_action?: string; view?: typeof open }
        if (response_action === 'update') slack.show(view)
        return
      }
      slack.show(undefined)
      const theirs = slack.messages.filter(({ channel }) => channel === user(handle)).reverse()
      for (const { blocks, ts } of theirs) {
        const button = buttonsOf(blocks).find((one) =>
          [one.text?.text, one.accessibility_label].includes(String(label)),
        )
        if (!button) continue
        await send({
          type: 'block_actions',
          team: { id: team },
          user: { id: user(handle) },
          channel: { id: user(handle) },
          message: { ts },
          trigger_id: 'trigger',
          response_url: 'https://hooks.slack.test/response',
          state: { values: stateOf(blocks, values) },
          actions: [{ ...button, block_id: 'b' }],
        })
        return
      }
      throw new Error(`${handle} sees no button ${label}`)
    },
    async sees(handle) {
      const theirs = slack.messages.filter(({ channel }) => channel === user(handle))
      return theirs.map(({ blocks }) => blocks.map(({ text }) => text?.text).join('\n')).join('\n\n')
    },
  }
}

function submitLabel(view: object): string | undefined {
  return (view as { submit?: { text: string } }).submit?.text
}

function buttonsOf(blocks: SlackBlock[]): SlackElement[] {
  return blocks
    .flatMap(({ elements = [], accessory }) => [...elements, ...(accessory ? [accessory] : [])])
    .filter(({ type }) => type === 'button')
}

/** The state Slack would send: what each input starts with, changed by what the person fills in. */
function stateOf(blocks: SlackBlock[], values: Values): Record<string, Record<string, object>> {
  const inputs = blocks.filter(({ type }) => type === 'input')
  return Object.fromEntries(
    inputs.map(({ block_id = '', element }) => [
      block_id,
      { value: filled(element as SlackElement, values[block_id]) },
    ]),
  )
}

function filled(
  { type, initial_value, initial_date, initial_option, initial_options }: SlackElement,
  value: Values[string] | undefined,
): object {
  switch (type) {
    case 'plain_text_input':
      return { type, value: value ?? initial_value ?? null }
    case 'datepicker':
      return { type, selected_date: value ?? initial_date ?? null }
    case 'static_select':
      return { type, selected_option: value === undefined ? (initial_option ?? null) : { value } }
    case 'multi_static_select':
      return {
        type,
        selected_options: value === undefined ? (initial_options ?? []) : [value].flat().map((one) => ({ value: one })),
      }
    default:
      return { type, selected_options: value === true ? [{ value: 'yes' }] : [] }
  }
}
