// Clicks and forms: what a person presses and fills in, and what Slack does with the bot's answer to a submission.
import { findButton, wireMessage } from './chat-methods.ts'
import type { Outlet } from './deliver.ts'
import { emptyRequired, fillIn, findInput, inputsOf, stateOf } from './inputs.ts'
import { interaction, type SlackPerson, wireChannel } from './people.ts'
import { changeView, checkView, pushView, wireView } from './view-methods.ts'
import type { Answered, FakeView, Filled, Json } from './wire.ts'
import { Refusal } from './wire.ts'
import { makeResponseUrl, makeTrigger, type World } from './world.ts'

type Clicker = Pick<SlackPerson, 'clickMessage' | 'clickView' | 'choose' | 'fill' | 'submit' | 'closeView'>

export function clicker(world: World, deliver: Outlet, user: string): Clicker {
  const screen = (): FakeView[] => world.screens.get(user) ?? []
  const open = (): FakeView => {
    const view = screen().at(-1)
    if (!view) throw new Error(`${user} has no modal open`)
    return view
  }
  const fill = (view: FakeView, values: Filled): void => {
    view.state.values = fillIn(view.blocks, view.state.values, values)
  }
  const act = (action: Json, place: Json): Promise<Answered> =>
    deliver('interactive', {
      type: 'block_actions',
      ...interaction(world, user),
      trigger_id: makeTrigger(world, user),
      ...place,
      actions: [{ ...action, action_ts: world.ts() }],
    })
  const inView = (view: FakeView): Json => ({
    container: { type: 'view', view_id: view.id },
    view: wireView(view),
  })

  return {
    clickMessage(message, label, values = {}) {
      const { channel, ts, blocks, ephemeralTo, thread_ts } = message
      const found = findButton(blocks, label)
      if (!found) throw new Error(`no button ${label} on message ${ts} in ${channel}: ${JSON.stringify(message.text)}`)
      const { block, element } = found
      const thread = thread_ts ? { thread_ts } : {}
      const is_ephemeral = ephemeralTo !== undefined
      return act(actionOf(block.block_id, element as unknown as Json), {
        container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral, ...thread },
        channel: wireChannel(channel),
        // Slack keeps no ephemeral message to send along.
        ...(is_ephemeral ? {} : { message: wireMessage(message, true) }),
        state: { values: fillIn(blocks, stateOf(blocks), values) },
        response_url: makeResponseUrl(world, { user, channel, original: message }),
      })
    },
    clickView(label, values = {}) {
      const view = screen().at(-1) ?? world.homes.get(user)
      const found = view && findButton(view.blocks, label)
      if (!found) throw new Error(`no button ${label} on ${user}'s screen`)
      fill(view, values)
      return act(actionOf(found.block.block_id, found.element as unknown as Json), inView(view))
    },
    choose(name, value, values = {}) {
      const view = open()
      const { block, element } = findInput(view.blocks, name)
      if (block.type === 'input' && !block.dispatch_action) throw new Error(`“${name}” tells nobody before the submit`)
      fill(view, { ...values, [name]: value })
      const held = view.state.values[block.block_id]?.[element.action_id]
      return act({ action_id: element.action_id, block_id: block.block_id, ...held }, inView(view))
    },
    fill: (values) => fill(open(), values),
    async submit(values = {}) {
      const view = open()
      if (!view.submit) throw new Error('the open modal has nothing to submit')
      fill(view, values)
      const empty = emptyRequired(view.blocks, view.state.values)
      if (empty.length > 0)
        throw new Error(`Slack does not send the modal before these are filled in: ${empty.join(', ')}`)
      const answered = await deliver('interactive', {
        type: 'view_submission',
        ...interaction(world, user),
        trigger_id: makeTrigger(world, user),
        view: wireView(view),
        response_urls: [],
      })
      if (answered.status === 200) follow(world, user, view, answered.body)
      return answered
    },
    async closeView() {
      const stack = screen()
      const view = stack.pop()
      if (!view?.notify_on_close) return
      const closed = { type: 'view_closed', ...interaction(world, user), view: wireView(view), is_cleared: false }
      await deliver('interactive', closed)
    },
  }
}

function actionOf(block_id: string, { action_id, type, text, value, style, url }: Json): Json {
  const optional = Object.fromEntries(Object.entries({ value, style, url }).filter(([, one]) => one !== undefined))
  return { action_id, block_id, text, ...optional, type }
}

/** Does what the ack of a submission says; what makes no sense leaves the modal open, with a complaint. */
function follow(world: World, user: string, view: FakeView, body: unknown): void {
  const stack = world.screens.get(user) ?? []
  const answer = (typeof body === 'object' && body !== null ? body : {}) as Json
  view.errors = undefined
  try {
    switch (answer.response_action) {
      case undefined:
        if (typeof body === 'string' ? body !== '' : Object.keys(answer).length > 0)
          throw new Refusal('invalid', [`an ack without response_action: ${JSON.stringify(body)}`])
        world.screens.set(
          user,
          stack.filter((one) => one !== view),
        )
        return
      case 'clear':
        world.screens.set(user, [])
        return
      case 'update':
        checkView(world, answer.view, 'modal')
        changeView(world, view, answer.view)
        return
      case 'push':
        checkView(world, answer.view, 'modal')
        pushView(world, user, answer.view)
        return
      case 'errors':
        view.errors = checkErrors(view, answer.errors)
        return
      default:
        throw new Refusal('invalid', [`unknown response_action ${answer.response_action}`])
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const problems = error.problems.length > 0 ? error.problems : [error.error]
    world.refused.push({ method: 'ack view_submission', problems })
  }
}

/** Errors stand below inputs of the modal; there are no others. */
function checkErrors(view: FakeView, given: unknown): Record<string, string> {
  const errors = (given ?? {}) as Record<string, string>
  const inputs = new Set(inputsOf(view.blocks).map(({ block }) => block.block_id))
  const lost = Object.keys(errors).filter((id) => !inputs.has(id))
  if (lost.length > 0 || Object.keys(errors).length === 0)
    throw new Refusal('invalid', [`errors for no input: ${lost.join(', ') || 'none at all'}`])
  return errors
}
