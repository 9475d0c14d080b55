// Drives a conversation through the fake Slack, as a person with a DM and a screen would.
import { setTimeout as wait } from 'node:timers/promises'
import type { Values } from '../../../src/conversation/card.ts'
import type { Driver } from '../driver.ts'
import { findButton, reads } from './chat-methods.ts'
import type { FakeMessage, FakeSlack, FakeView } from './fake-slack.ts'
import { filled, inputsOf, seekInput } from './inputs.ts'
import { readText } from './read-text.ts'

/**
 * @param users the Slack user of each handle
 * @param settle waits until the bot has done what it was told; by default until it stops calling Slack
 */
export function slackConversation(
  fake: FakeSlack,
  users: Record<string, string>,
  settle: () => Promise<void> = () => fake.quiet(150),
): Driver {
  const userOf = (handle: string): string => {
    const user = users[handle]
    if (!user) throw new Error(`${handle} has no Slack user`)
    return user
  }

  /** Presses what is there now; false if nothing reads so yet. */
  const pressNow = async (user: string, label: string | RegExp, values: Values): Promise<boolean> => {
    const person = fake.as(user)
    const view = fake.view(user)
    if (view?.submit && reads(view.submit.text, label)) {
      await fillStepwise(fake, user, values, settle)
      await person.submit(values)
      return true
    }
    if (view && findButton(view.blocks, label)) {
      await fillStepwise(fake, user, values, settle)
      await person.clickView(label, values)
      return true
    }
    const message = readable(fake, user).findLast(({ blocks }) => findButton(blocks, label))
    if (!message) return false
    // Whoever clicks in the conversation has closed the modals above it.
    while (fake.view(user)) await person.closeView()
    await person.clickMessage(message, label, values)
    return true
  }

  return {
    async say(handle, words) {
      await fake.as(userOf(handle)).say('DM', escaped(words))
      await settle()
    },
    async press(handle, label, values = {}) {
      const user = userOf(handle)
      const until = Date.now() + 5000
      while (!(await pressNow(user, label, values))) {
        if (Date.now() > until) throw new Error(`${handle} sees no button ${label} in:\n${seen(fake, user)}`)
        await wait(25)
      }
      await settle()
    },
    async leave(handle) {
      const user = userOf(handle)
      while (fake.view(user)) await fake.as(user).closeView()
      await settle()
    },
    async sees(handle) {
      await settle()
      return seen(fake, userOf(handle))
    },
  }
}

/** The person's DM, with what only they see, oldest first. */
function readable(fake: FakeSlack, user: string): FakeMessage[] {
  return [...fake.messages(user), ...fake.ephemerals(user, user)].sort((a, b) => Number(a.ts) - Number(b.ts))
}

/** Everything on a person's screen. */
function seen(fake: FakeSlack, user: string): string {
  const messages = readable(fake, user).map(({ blocks, text }) => readText(blocks.length > 0 ? blocks : text))
  const view = fake.view(user)
  return [...messages, ...(view ? [seenView(view)] : [])].join('\n\n')
}

function seenView({ title, blocks, submit, errors = {} }: FakeView): string {
  return [readText([title, blocks]), ...Object.values(errors), submit ? `[${submit.text}]` : ''].join('\n')
}

/** Makes the choices on which other fields depend first, and waits until every field is there. */
async function fillStepwise(fake: FakeSlack, user: string, values: Values, settle: () => Promise<void>): Promise<void> {
  const person = fake.as(user)
  const chosen = new Set<string>()
  for (;;) {
    const view = fake.view(user) as FakeView
    const here = Object.entries(values).filter(([name]) => seekInput(view.blocks, name))
    const next = here.find(([name, value]) => !chosen.has(name) && changesForm(view, name, value))
    if (!next) {
      person.fill(Object.fromEntries(here))
      const missing = Object.keys(values).filter((name) => !here.some(([one]) => one === name))
      if (missing.length > 0) await waitForFields(fake, user, missing)
      const after = fake.view(user) as FakeView
      if (missing.length === 0 || after.hash === view.hash) return
    } else {
      chosen.add(next[0])
      await person.choose(next[0], next[1])
      await settle()
    }
  }
}

/** Whether the choice is told to the bot at once, and is not made already. */
function changesForm(view: FakeView, name: string, value: Values[string]): boolean {
  const input = seekInput(view.blocks, name)
  if (!input?.block.dispatch_action) return false
  const { block, element } = input
  const held = view.state.values[block.block_id]?.[element.action_id]
  return JSON.stringify(held) !== JSON.stringify(filled(name, element, value))
}

async function waitForFields(fake: FakeSlack, user: string, names: string[]): Promise<void> {
  const until = Date.now() + 2000
  while (Date.now() < until) {
    const blocks = fake.view(user)?.blocks ?? []
    if (names.every((name) => seekInput(blocks, name))) return
    await wait(25)
  }
  const there = inputsOf(fake.view(user)?.blocks ?? []).map(({ block }) => block.block_id)
  throw new Error(`no field ${names.join(', ')} in the modal; there are: ${there.join(', ')}`)
}

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
