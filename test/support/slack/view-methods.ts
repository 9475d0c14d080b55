// The Web API's views methods: modals on people's screens, and their home tabs.
import type { Method } from './chat-methods.ts'
import { contentProblems } from './check-blocks.ts'
import { stateOf, withIds } from './inputs.ts'
import type { FakeView, Json, SlackBlock } from './wire.ts'
import { Refusal } from './wire.ts'
import { appId, bot, need, takeTrigger, team, type World } from './world.ts'

export const viewMethods: Record<string, Method> = {
  'views.open'(world, body) {
    need(body, 'trigger_id', 'view')
    checkView(world, body.view, 'modal')
    const user = takeTrigger(world, body.trigger_id)
    const view = makeView(world, user, body.view)
    world.screens.set(user, [view])
    return { view: wireView(view) }
  },
  'views.push'(world, body) {
    need(body, 'trigger_id', 'view')
    checkView(world, body.view, 'modal')
    const user = takeTrigger(world, body.trigger_id)
    return { view: wireView(pushView(world, user, body.view)) }
  },
  'views.update'(world, body) {
    need(body, 'view')
    if (!body.view_id) need(body, 'external_id')
    checkView(world, body.view, 'modal')
    const open = [...world.screens.values()].flat()
    const view = open.find(({ id, external_id }) =>
      body.view_id ? id === body.view_id : external_id === body.external_id,
    )
    if (!view) throw new Refusal('not_found')
    if (body.hash && body.hash !== view.hash) throw new Refusal('hash_conflict')
    changeView(world, view, body.view)
    return { view: wireView(view) }
  },
  'views.publish'(world, body) {
    need(body, 'user_id', 'view')
    checkView(world, body.view, 'home')
    const user = String(body.user_id)
    if (!world.users.has(user)) throw new Refusal('user_not_found')
    const standing = world.homes.get(user)
    if (body.hash && body.hash !== standing?.hash) throw new Refusal('hash_conflict')
    if (standing) changeView(world, standing, body.view)
    else world.homes.set(user, makeView(world, user, body.view))
    return { view: wireView(world.homes.get(user) as FakeView) }
  },
}

/** Fails on a view Slack would refuse. */
export function checkView(world: World, given: unknown, type: 'modal' | 'home'): void {
  const view = (given ?? {}) as Json
  const problems = view.type === type ? contentProblems(world, view) : [`a ${view.type} where a ${type} belongs`]
  if (problems.length > 0) throw new Refusal('invalid_arguments', problems)
}

/** Puts a view on top of those on the person's screen: three at most. */
export function pushView(world: World, user: string, given: unknown): FakeView {
  const stack = world.screens.get(user) ?? []
  const top = stack.at(-1)
  if (!top) throw new Refusal('not_found')
  if (stack.length === 3) throw new Refusal('push_limit_reached')
  const view = makeView(world, user, given)
  view.previous_view_id = top.id
  view.root_view_id = top.root_view_id
  world.screens.set(user, [...stack, view])
  return view
}

function makeView(world: World, user: string, given: unknown): FakeView {
  const id = world.id('V')
  const content = readView(world, given as Json)
  if (content.external_id && [...world.screens.values()].flat().some((one) => one.external_id === content.external_id))
    throw new Refusal('duplicate_external_id')
  return {
    id,
    user,
    ...content,
    state: { values: stateOf(content.blocks) },
    root_view_id: id,
    previous_view_id: null,
  }
}

/** Replaces a view's content; what was typed into inputs with the same ids stays. */
export function changeView(world: World, view: FakeView, given: unknown): void {
  const content = readView(world, given as Json)
  const state = { values: stateOf(content.blocks, view.state.values) }
  view.errors = undefined
  Object.assign(view, { submit: undefined, close: undefined }, content, { state })
}

function readView(world: World, given: Json) {
  const { type, title, submit, close } = given as unknown as FakeView
  return {
    type,
    ...(title ? { title } : {}),
    ...(submit ? { submit } : {}),
    ...(close ? { close } : {}),
    callback_id: String(given.callback_id ?? ''),
    private_metadata: String(given.private_metadata ?? ''),
    external_id: String(given.external_id ?? ''),
    clear_on_close: given.clear_on_close === true,
    notify_on_close: given.notify_on_close === true,
    blocks: withIds((given.blocks ?? []) as SlackBlock[], () => world.id('b')),
    hash: `${world.ts()}.${world.id('h')}`,
  }
}

/** A view as Slack shows it to the bot. */
export function wireView(view: FakeView): Json {
  const { user: _, errors: __, ...rest } = structuredClone(view)
  return {
    ...rest,
    title: rest.title ?? null,
    submit: rest.submit ?? null,
    close: rest.close ?? null,
    team_id: team,
    app_id: appId,
    app_installed_team_id: team,
    bot_id: bot.botId,
  }
}
