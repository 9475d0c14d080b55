// Drives the real botbuilder through its TestAdapter; activities the bot sends or updates stand per person.
import { type Activity, type ConversationReference, TestAdapter, TurnContext } from 'botbuilder'
import type { Values } from '../../src/conversation/card.ts'
import { TeamsBot } from '../../src/teams/bot.ts'
import { type Continue, teamsSurface } from '../../src/teams/surface.ts'
import type { TestApp } from './app.ts'
import type { Driver } from './driver.ts'

export const tenant = 'tenant-1'
type CardElement = {
  type: string
  id?: string
  text?: string
  value?: string
  title?: string
  tooltip?: string
  verb?: string
  data?: { press: unknown }
  actions?: CardElement[]
  facts?: { title: string; value: string }[]
}

/** A Teams without a network: one adapter per person keeps what stands in their chat. */
export function recordedTeams() {
  const chats = new Map<string, { adapter: TestAdapter; standing: Map<string, Partial<Activity>> }>()
  const bots: TeamsBot[] = []
  const chat = (account: string) => {
    const known = chats.get(account)
    if (known) return known
    const adapter = new TestAdapter((context) => bots[0]?.run(context) as Promise<void>)
    const standing = new Map<string, Partial<Activity>>()
    adapter.updateActivity = async (_, activity) => {
      standing.set(activity.id as string, activity)
    }
    const made = { adapter, standing }
    chats.set(account, made)
    return made
  }
  const accountOf = (address: string): string => {
    if (!address.startsWith('{')) return address.split('/')[1] as string
    return (JSON.parse(address) as ConversationReference).conversation.id.replace('chat-', '')
  }
  let sent = 0
  const resume: Continue = async (address, turn) => {
    const { adapter, standing } = chat(accountOf(address))
    const context = new TurnContext(adapter, {
      type: 'event',
      conversation: { id: `chat-${accountOf(address)}` },
    } as Partial<Activity>)
    context.onSendActivities(async (_, activities) => {
      return activities.map((activity) => {
        sent += 1
        standing.set(`m${sent}`, activity)
        return { id: `m${sent}` }
      })
    })
    await turn(context)
  }
  return { chats, chat, resume, start: (bot: TeamsBot) => bots.push(bot), surface: teamsSurface(resume) }
}

export function teamsDriver(t: TestApp, teams: ReturnType<typeof recordedTeams>): Driver {
  teams.start(new TeamsBot(t.app, t.workspace))
  const open = new Map<string, CardElement[]>()
  const base = (account: string): Partial<Activity> => ({
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/test/',
    from: { id: `29:${account}`, name: account, aadObjectId: account },
    recipient: { id: 'bot', name: 'Countersign' },
    conversation: { id: `chat-${account}`, isGroup: false, conversationType: 'personal', tenantId: tenant, name: '' },
  })
  const cards = (account: string): CardElement[][] => [...teams.chat(account).standing.values()].reverse().map(bodyOf)
  return {
    async say(handle, text) {
      await teams
        .chat(handle)
        .adapter.processActivity({ ...base(handle), type: 'message', text, id: `in-${text.length}` })
      teams.chat(handle).adapter.activeQueue.splice(0)
      await t.delivery.idle()
    },
    async press(handle, label, values = {}) {
      for (const body of [open.get(handle) ?? [], ...cards(handle)]) {
        const button = body
          .flatMap(({ actions = [] }) => actions)
          .find((one) => [one.title, one.tooltip].includes(String(label)))
        if (!button) continue
        const { adapter } = teams.chat(handle)
        await adapter.processActivity({
          ...base(handle),
          type: 'invoke',
          name: 'adaptiveCard/action',
          value: {
            action: { type: 'Action.Execute', verb: button.verb, data: { ...button.data, ...filledIn(body, values) } },
            trigger: 'manual',
          },
        })
        const [answer] = adapter.activeQueue.splice(0).filter(({ type }) => type === 'invokeResponse')
        if (!answer) throw new Error('the invoke was not answered')
        open.set(handle, (answer.value as { body: { value: { body: CardElement[] } } }).body.value.body)
        await t.delivery.idle()
        return
      }
      throw new Error(`${handle} sees no button ${label}`)
    },
    async sees(handle) {
      return cards(handle)
        .map((body) =>
          body
            .map(({ text, facts }) => text ?? facts?.map(({ title, value }) => `${title}: ${value}`).join('\n'))
            .join('\n'),
        )
        .join('\n\n')
        .replaceAll('\\', '')
    },
  }
}

function bodyOf({ attachments }: Partial<Activity>): CardElement[] {
  return (attachments?.[0]?.content as { body: CardElement[] } | undefined)?.body ?? []
}

/** What Teams sends with a press: every input of the card, choices of several joined by commas. */
function filledIn(body: CardElement[], values: Values): Record<string, string> {
  const inputs = body.filter(({ type }) => type.startsWith('Input.'))
  return Object.fromEntries(inputs.map(({ id = '', value = '' }) => [id, [values[id] ?? value].flat().join(',')]))
}
