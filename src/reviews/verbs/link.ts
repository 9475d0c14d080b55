// Buttons for linking accounts.
import { checkCode, confirmCode, showCode } from '../link-identity.ts'
import type { Handlers } from './handlers.ts'

export const linkVerbs = {
  link: (app, visitor) => showCode(app, visitor),
  link_check: (app, visitor, press) => checkCode(app, visitor, press.subject ?? ''),
  link_confirm: (app, visitor, press) => confirmCode(app, visitor, press.subject ?? '', press.seen ?? 0),
} satisfies Partial<Handlers>
