// What answers a verb.
import type { Values } from '../../conversation/card.ts'
import type { Press, Verb } from '../../conversation/press.ts'
import type { Reply } from '../../conversation/reply.ts'
import type { App, Visitor } from '../app.ts'

type Handler = (app: App, visitor: Visitor, press: Press, values: Values) => Promise<Reply>
export type Handlers = Record<Verb, Handler>
