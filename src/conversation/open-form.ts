// A form that is open: how it is drawn anew, since when, and whether it still applies.
import type { Review } from '../domain/review.ts'
import type { Form } from './card.ts'
import type { Press } from './press.ts'

/** Whether what a form would send is about a threat as it still is; forms about anything else are. */
export function stillApplies(review: Review, { subject, seen }: Press): boolean {
  const threat = review.threats[subject ?? '']
  return threat === undefined || threat.lastSeq === seen
}

/** The press that shows a form again, with the time at which it was first shown. */
export function openerOf({ submit }: Form, press: Press): Press {
  const openedAt = press.openedAt ?? submit?.press.openedAt
  const subject = submit?.press.subject
  // Whoever asked for the next one has this one open: the next may be another by the time it is drawn anew.
  const same: Press = press.verb === 'next_threat' && subject ? { ...press, verb: 'threat', subject } : press
  return openedAt === undefined ? same : { ...same, openedAt }
}

/** The press that shows a threat's form again that came as the next of a series, without a press of its own. */
export function openerOfNext(form: Form): Press | undefined {
  const press = form.submit?.press
  if (!press?.review || !press.subject) return undefined
  return openerOf(form, { verb: 'threat', review: press.review, subject: press.subject })
}

/** A form that was drawn anew has been open since it was first shown: what is read in that time counts as read. */
export function sinceOpened(form: Form, { openedAt }: Press): Form {
  if (!form.submit || openedAt === undefined) return form
  return { ...form, submit: { ...form.submit, press: { ...form.submit.press, openedAt } } }
}
