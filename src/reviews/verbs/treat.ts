// Buttons and forms of treatment: look, propose, sign or send back.
import { v7 as uuid } from 'uuid'
import type { Values } from '../../conversation/card.ts'
import { anyOf } from '../../conversation/people.ts'
import type { Press } from '../../conversation/press.ts'
import { readMitigation, readRating, readTreatment, secondsOpen } from '../../conversation/read-threat-form.ts'
import { problemText } from '../../conversation/refusals.ts'
import type { Reply } from '../../conversation/reply.ts'
import { said } from '../../conversation/texts.ts'
import { threatForm } from '../../conversation/threat-form.ts'
import { addForm, readShownValue, severalForm, watchedForm } from '../../conversation/threat-side-forms.ts'
import { nextFor } from '../../conversation/work-list.ts'
import type { Context, OnThreat } from '../../domain/decide/context.ts'
import { Area } from '../../domain/threat.ts'
import { waitingFor } from '../../domain/waiting.ts'
import { carryOut, show } from '../reply.ts'
import type { Handlers } from './handlers.ts'
import { invalid } from './interview.ts'

/** What the press says it was shown. */
export function onThreat({ subject, seen, shown, openedAt }: Press, at: string): OnThreat {
  const seconds = secondsOpen(openedAt, at)
  return {
    threat: subject ?? '',
    shown: { seen: seen ?? 0, fingerprint: shown ?? '', ...(seconds === undefined ? {} : { seconds }) },
  }
}

/** A threat's form, or that there is no such threat. */
export function threatView(context: Context, id: string | undefined, form = threatForm): Reply {
  const threat = context.review.threats[id ?? '']
  return threat ? { kind: 'form', form: form(context, threat) } : { kind: 'refused', text: said.noneLeft }
}

/** Recorded; and the next threat that waits on this person opens at once. */
function doneWithNext(context: Context, text: string, after: string | undefined): Reply {
  const next = nextFor(context, after)
  return next ? { kind: 'done', text, next: threatForm(context, next.threat) } : { kind: 'done', text }
}

/** What became of a proposal: on whom it waits now. */
function proposedText({ review, workspace }: Context, id: string | undefined): string {
  const threat = review.threats[id ?? '']
  const waiting = threat && waitingFor(review, threat, workspace)
  return waiting ? said.proposed(anyOf(workspace, waiting.people)) : said.recorded
}

export const treatVerbs = {
  threat: (app, visitor, press) => show(app, visitor, press, (context) => threatView(context, press.subject)),

  next_threat: (app, visitor, press) =>
    show(app, visitor, press, (context) => {
      const next = nextFor(context)
      return next ? { kind: 'form', form: threatForm(context, next.threat) } : { kind: 'refused', text: said.noneLeft }
    }),

  async propose(app, visitor, press, values) {
    const rating = readRating(values, 'likelihood', 'impact')
    if ('refusal' in rating) return invalid(rating)
    const treatment = readTreatment(values)
    if ('refusal' in treatment) return invalid(treatment)
    const ratingReason = String(values.ratingReason ?? '').trim() || undefined
    const what = { type: 'propose', ...onThreat(press, app.now()), rating, ratingReason, treatment } as const
    return carryOut(app, visitor, press, what, (context) =>
      doneWithNext(context, proposedText(context, press.subject), press.subject),
    )
  },

  async decide(app, visitor, press, values) {
    const on = onThreat(press, app.now())
    if (values.decision === 'sign') {
      const what = { type: 'approve', ...on, sawUnknowns: values.sawUnknowns === true } as const
      return carryOut(app, visitor, press, what, (context) => doneWithNext(context, said.signed, press.subject))
    }
    if (values.decision !== 'decline')
      return { kind: 'invalid', errors: { decision: problemText({ code: 'missing' }) } }
    const what = { type: 'decline', ...on, reason: String(values.reason ?? '').trim() } as const
    return carryOut(app, visitor, press, what, (context) => doneWithNext(context, said.sentBack, press.subject))
  },

  withdraw: (app, visitor, press) =>
    carryOut(app, visitor, press, { type: 'withdraw', ...onThreat(press, app.now()) }, (context) =>
      threatView(context, press.subject),
    ),

  several: (app, visitor, press) =>
    show(app, visitor, press, (context) => ({ kind: 'form', form: severalForm(context) })),

  async mitigate_many(app, visitor, press, values) {
    const treatment = readMitigation(values)
    if ('refusal' in treatment) return invalid(treatment)
    const threats = chosenThreats(values, press, app.now())
    const what = { type: 'mitigate_many', threats, treatment } as const
    return carryOut(app, visitor, press, what, (context) => doneWithNext(context, said.recorded, undefined))
  },

  add: (app, visitor, press) =>
    show(app, visitor, press, (context) => ({ kind: 'form', form: addForm(context, uuid()) })),

  async add_threat(app, visitor, press, values) {
    const rating = readRating(values, 'likelihood', 'impact')
    if ('refusal' in rating) return invalid(rating)
    const area = Area.safeParse(values.area)
    if (!area.success) return { kind: 'invalid', errors: { area: problemText({ code: 'missing' }) } }
    const component = String(values.component ?? '')
    const what = {
      type: 'add_threat',
      threat: `own-${(press.subject ?? '').replaceAll('-', '').slice(-12)}@${component}`,
      ...{ component, area: area.data, rating },
      title: String(values.title ?? '').trim(),
      statement: String(values.statement ?? '').trim(),
    } as const
    return carryOut(app, visitor, press, what, () => ({ kind: 'done', text: said.recorded }))
  },

  watched: (app, visitor, press) =>
    show(app, visitor, press, (context) => ({ kind: 'form', form: watchedForm(context) })),

  promote: (app, visitor, press) =>
    carryOut(app, visitor, press, { type: 'promote', ...onThreat(press, app.now()) }, (context) => ({
      kind: 'form',
      form: watchedForm(context),
    })),
} satisfies Partial<Handlers>

function chosenThreats(values: Values, press: Press, at: string): OnThreat[] {
  const seconds = secondsOpen(press.openedAt, at)
  return [values.threats ?? []].flat().flatMap((value): OnThreat[] => {
    const chosen = readShownValue(String(value))
    if (!chosen) return []
    const { threat, seen, fingerprint } = chosen
    return [{ threat, shown: { seen, fingerprint, ...(seconds === undefined ? {} : { seconds }) } }]
  })
}
