// Drives a conversation through the fake Teams, as a person in their own chat with the bot would.
import { setTimeout as wait } from 'node:timers/promises'
import type { Values } from '../../../src/conversation/card.ts'
import type { Driver } from '../driver.ts'
import { buttonsOf, readsAs } from './card-pieces.ts'
import type { Card, FakeTeams, Seen, TeamsPerson } from './fake-teams.ts'
import { inputsOf } from './inputs.ts'
import { readSeen } from './read-card.ts'

const patience = 5000

/**
 * The handles of the driver are those of the fake's people.
 * @param settle waits until the bot has done what it was told; by default until nothing goes on in Teams
 */
export function teamsConversation(fake: FakeTeams, settle: () => Promise<void> = () => fake.quiet(150)): Driver {
  return {
    async say(handle, words) {
      await fake.as(handle).say('personal', words)
      await settle()
    },
    async press(handle, label, values = {}) {
      const person = fake.as(handle)
      const until = Date.now() + patience
      let left = values
      for (;;) {
        const step = nextStep(person, label, left)
        if (step) {
          const { blocked = [] } = await person.click(step.message, step.button, step.values)
          if (blocked.length > 0) throw new Error(`Teams does not send ${label} before ${blocked.join(', ')} is right`)
          await settle()
          if (!step.left) return
          left = step.left
        } else {
          if (Date.now() > until) throw new Error(complaint(handle, label, left, seen(person)))
          await wait(25)
        }
      }
    },
    async leave(handle) {
      const person = fake.as(handle)
      for (const { message, card } of person.sees('personal')) {
        if (card && buttonsOf(card).some((one) => readsAs(one, 'Not now'))) await person.click(message, 'Not now')
      }
      await settle()
    },
    async sees(handle) {
      await settle()
      return seen(fake.as(handle))
    },
  }
}

interface Step {
  message: Seen['message']
  button: string
  values: Values
  /** The values that are still to be given; undefined when this press is the one that was meant. */
  left?: Values
}

/** What to press now, on the newest message that has it; undefined while nothing reads so. */
function nextStep(person: TeamsPerson, label: string | RegExp, values: Values): Step | undefined {
  for (const { message, card } of person.sees('personal').reverse()) {
    if (!card) continue
    const there = inputsOf(card)
    const entries = Object.entries(values)
    const here = Object.fromEntries(entries.filter(([name]) => there.has(name)))
    const lacking = Object.fromEntries(entries.filter(([name]) => !there.has(name)))
    const option = optionFor(card, lacking)
    const button = buttonsOf(card).find((one) => readsAs(one, label))
    const carried = { ...here, ...(button && carriedBy(button)?.set) }
    if (button && entries.every(([name, value]) => same(carried[name], value)))
      return { message, button: nameOf(button), values: here }
    const left = Object.fromEntries(entries.filter(([name]) => !(name in (option?.set ?? {}))))
    if (option?.does === 'choose') return { message, button: nameOf(option.button), values: here, left }
    if (!button && option && Object.keys(left).every((name) => there.has(name)))
      return { message, button: nameOf(option.button), values: left }
  }
  return undefined
}

interface Option {
  button: Card
  /** “choose” shows what depends on the choice; “press” sends it at once. */
  does: string
  set: Values
}

/** The button that makes one of these choices, which the card has no input for. */
function optionFor(card: Card, lacking: Values): Option | undefined {
  const options = buttonsOf(card).flatMap((button) => {
    const { do: does, set } = carriedBy(button) ?? {}
    return (does === 'choose' || does === 'press') && set ? [{ button, does, set }] : []
  })
  return options.find(({ set }) => {
    const names = Object.keys(set).filter((name) => name in lacking)
    return names.length > 0 && names.every((name) => same(set[name], lacking[name]))
  })
}

/** What our buttons carry. */
function carriedBy({ data }: Card): { do?: string; set?: Values } | undefined {
  return (data as { cs?: { do?: string; set?: Values } } | undefined)?.cs
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What no other button of a card reads like. */
const nameOf = ({ tooltip, title }: Card): string => String(tooltip || title)

/** Everything in a person's own chat, and what their client said in passing. */
function seen(person: TeamsPerson): string {
  return [...person.sees('personal').map(readSeen), person.notice()].filter((one) => one !== '').join('\n\n')
}

function complaint(handle: string, label: string | RegExp, values: Values, screen: string): string {
  const names = Object.keys(values)
  const fields = names.length > 0 ? ` with fields ${names.join(', ')}` : ''
  return `${handle} sees no button ${label}${fields} in:\n${screen}`
}
