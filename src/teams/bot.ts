// Teams as a surface: clicks and words in.
import {
  ActivityHandler,
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  type ConversationReference,
  TurnContext,
} from 'botbuilder'
import type { Values } from '../conversation/card.ts'
import type { Reply } from '../conversation/reply.ts'
import type { App, Visitor } from '../reviews/app.ts'
import { hear } from '../reviews/hear.ts'
import { press } from '../reviews/press.ts'
import { personOf } from '../store/people.ts'
import { renderCard, renderForm } from './cards.ts'

/** Answers what people click and type in a workspace's Teams. */
export class TeamsBot extends ActivityHandler {
  readonly #app: App
  readonly #workspace: string

  constructor(app: App, workspace: string) {
    super()
    this.#app = app
    this.#workspace = workspace
    this.onMessage(async (turn, next) => {
      const reply = await hear(app, await this.#visitor(turn), turn.activity.text ?? '', turn.activity.id ?? '')
      await turn.sendActivity({ type: 'message', attachments: [asCard(reply)] })
      await next()
    })
  }

  protected override async onAdaptiveCardInvoke(
    turn: TurnContext,
    invoke: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    const { press: payload, ...filledIn } = invoke.action.data as { press?: unknown }
    const reply = await press(this.#app, await this.#visitor(turn), payload, asValues(filledIn))
    const { contentType: type, content: value } = asCard(reply)
    return { statusCode: 200, type, value }
  }

  async #visitor({ activity }: TurnContext): Promise<Visitor> {
    const tenant = activity.conversation.tenantId ?? ''
    const account = activity.from.aadObjectId ?? ''
    const person = await personOf(this.#app.store.database, this.#workspace, `entra:${tenant}/${account}`)
    const reference: Partial<ConversationReference> = TurnContext.getConversationReference(activity)
    return {
      workspace: this.#workspace,
      person: person ?? `stranger ${tenant}/${account}`,
      via: 'teams',
      standing: 'member',
      place: { surface: 'teams', address: addressOf(reference) },
    }
  }
}

/** The stored form of a conversation: what is needed to write to it later, without the people in it. */
function addressOf({ conversation, serviceUrl, channelId, bot }: Partial<ConversationReference>): string {
  return JSON.stringify({
    conversation: { id: conversation?.id, tenantId: conversation?.tenantId },
    serviceUrl,
    channelId,
    bot: { id: bot?.id },
  })
}

/** Teams sends choices of several as one comma-separated text and ticks as "true". */
function asValues(filledIn: Record<string, unknown>): Values {
  return Object.fromEntries(
    Object.entries(filledIn).map(([name, value]) => {
      const text = String(value)
      if (text === 'true' && name.startsWith('saw')) return [name, true]
      return [name, text.includes(',') && !/\s/.test(text) ? text.split(',') : text]
    }),
  )
}

/** Every reply is a card: Teams has no dependable ephemeral, so what is private is in the invoke's own answer. */
function asCard(reply: Reply) {
  switch (reply.kind) {
    case 'form':
      return renderForm(reply.form)
    case 'card':
      return renderCard(reply.card)
    case 'done':
      return reply.next ? renderForm(reply.next) : said(reply.text)
    case 'refused':
      return said(reply.text)
    case 'invalid':
      return said(Object.values(reply.errors).join('\n'))
  }
}

function said(text: string) {
  return renderCard({ title: '', summary: text, blocks: [{ kind: 'text', text }] })
}
