// Buttons and forms beside treatment: wording, merging, handing over, evidence, sign-off, opening again.

import type { Values } from '../../conversation/card.ts'
import { readChoice } from '../../conversation/read-threat-form.ts'
import { problemText } from '../../conversation/refusals.ts'
import { said } from '../../conversation/texts.ts'
import {
  correctForm,
  evidenceForm,
  handOverForm,
  mergeForm,
  reopenForm,
  verifyForm,
} from '../../conversation/threat-side-forms.ts'
import { reopenCauses } from '../../domain/event.ts'
import { carryOut, show } from '../reply.ts'
import type { Handlers } from './handlers.ts'
import { invalid } from './interview.ts'
import { onThreat, threatView } from './treat.ts'

const textOf = (values: Values, name: string): string => String(values[name] ?? '').trim()
const recorded = () => ({ kind: 'done', text: said.recorded }) as const

export const sideVerbs = {
  correct_form: (app, visitor, press) =>
    show(app, visitor, press, (context) => threatView(context, press.subject, correctForm)),

  correct: (app, visitor, press, values) => {
    const [title, statement] = [textOf(values, 'title'), textOf(values, 'statement')]
    const what = { type: 'correct', ...onThreat(press, app.now()), title, statement } as const
    return carryOut(app, visitor, press, what, (context) => threatView(context, press.subject))
  },

  merge_form: (app, visitor, press) =>
    show(app, visitor, press, (context) => threatView(context, press.subject, mergeForm)),

  async merge(app, visitor, press, values) {
    const into = readChoice(values, 'into')
    if (typeof into === 'object') return invalid(into)
    const what = { type: 'merge', ...onThreat(press, app.now()), into, reason: textOf(values, 'reason') } as const
    return carryOut(app, visitor, press, what, recorded)
  },

  hand_over_form: (app, visitor, press) =>
    show(app, visitor, press, (context) => threatView(context, press.subject, handOverForm)),

  async hand_over(app, visitor, press, values) {
    const to = readChoice(values, 'to')
    if (typeof to === 'object') return invalid(to)
    return carryOut(app, visitor, press, { type: 'hand_over', ...onThreat(press, app.now()), to }, recorded)
  },

  evidence_form: (app, visitor, press) =>
    show(app, visitor, press, (context) => threatView(context, press.subject, evidenceForm)),

  evidence: (app, visitor, press, values) => {
    const what = { type: 'evidence', ...onThreat(press, app.now()), evidence: textOf(values, 'evidence') } as const
    return carryOut(app, visitor, press, what, recorded)
  },

  verify_form: (app, visitor, press) =>
    show(app, visitor, press, (context) => threatView(context, press.subject, verifyForm)),

  async verify(app, visitor, press, values) {
    const effective = readChoice(values, 'effective')
    if (typeof effective === 'object') return invalid(effective)
    const on = onThreat(press, app.now())
    const what = { type: 'verify', ...on, effective: effective === 'yes', note: textOf(values, 'note') } as const
    return carryOut(app, visitor, press, what, recorded)
  },

  sign_off: (app, visitor, press, values) => {
    const what = { type: 'sign_off', fingerprint: press.shown ?? '', sawSetAside: values.sawSetAside === true } as const
    return carryOut(app, visitor, press, what, () => ({ kind: 'done', text: said.signedOff }))
  },

  reopen_form: (app, visitor, press) =>
    show(app, visitor, press, (context) => ({ kind: 'form', form: reopenForm(context) })),

  async reopen(app, visitor, press, values) {
    const cause = reopenCauses.find((one) => one === values.cause)
    if (!cause) return { kind: 'invalid', errors: { cause: problemText({ code: 'missing' }) } }
    const what = { type: 'reopen', cause, note: textOf(values, 'note'), seen: press.seen ?? 0 } as const
    return carryOut(app, visitor, press, what, recorded)
  },
} satisfies Partial<Handlers>
