// Working on the threat list itself: add one's own, correct, rate, merge, promote, hand over.
import { systemOf } from '../component.ts'
import type { ReviewEvent } from '../event.ts'
import { compareSeverity, type Rating, severityOf } from '../rating.ts'
import { field, type Refusal, refuse } from '../refusal.ts'
import { answersOf, type ThreatState } from '../review.ts'
import { routeFor } from '../routing.ts'
import { type Area, ThreatId } from '../threat.ts'
import type { PersonId } from '../treatment.ts'
import { holds } from '../workspace.ts'
import {
  asShown,
  type Context,
  inTreatment,
  isRefused,
  type OnThreat,
  type ReviewDecided,
  record,
  wordsProblem,
  working,
} from './context.ts'
import { confirm } from './propose.ts'

export interface AddThreat {
  /** Unique within the review: `own-…@component`. */
  threat: string
  component: string
  area: Area
  title: string
  statement: string
  rating: Rating
}

/** A threat of one's own. It rests on nobody's answer, and says so. */
export function addThreat(context: Context, command: AddThreat): ReviewDecided {
  const capacity = ready(context)
  if (isRefused(capacity)) return capacity
  const problem = wordsProblem('title', command.title, 120) ?? wordsProblem('statement', command.statement, 1200)
  if (problem) return problem
  const { threat, component, area, title, statement, rating } = command
  const { components } = systemOf(context.review.facts, answersOf(context.review))
  const known = components.some(({ id }) => id === component) && ThreatId.safeParse(threat).success
  if (!known) return refuse(field('component', { code: 'not_a_choice' }))
  if (context.review.threats[threat]) return refuse({ code: 'different_intent' })
  const raised: ReviewEvent = {
    type: 'threat.raised',
    data: {
      ...{ threat, component, area, rating },
      revision: 1,
      origin: 'person',
      text: { by: 'person', title, statement },
      refs: { atlas: [], owasp: [], asi: [], stride: [] },
      why: { likelihood: 'as the person who added it judged', impact: 'as the person who added it judged' },
      ...{ controls: [], evidence: [], basis: [], conditionalOn: [] },
    },
  }
  const route = routeFor(context.workspace, area, context.review.requester)
  return record(context, capacity, 'threat/add', raised, { type: 'threat.routed', data: { threat, ...route, area } })
}

export interface Correct extends OnThreat {
  title: string
  statement: string
}

/** A person's own wording of a threat: a new revision, on which nothing is decided yet. */
export function correct(context: Context, command: Correct): ReviewDecided {
  const { title, statement } = command
  const problem = wordsProblem('title', title, 120) ?? wordsProblem('statement', statement, 1200)
  return onOpen(context, command, 'threat/correct', (threat) => {
    if (problem) return problem
    return [{ type: 'threat.corrected', data: { threat: threat.id, revision: threat.revision + 1, title, statement } }]
  })
}

export interface Rate extends OnThreat {
  rating: Rating
  reason?: string | undefined
}

/** Anyone working on a threat may raise its rating; below the floor's only a security lead, with a reason. */
export function rate(context: Context, command: Rate): ReviewDecided {
  return onOpen(context, command, 'threat/rate', (threat) => confirm(context, threat, command.rating, command.reason))
}

export interface Merge extends OnThreat {
  into: string
  reason: string
}

/** Two threats that are one: the milder goes into the other, never the reverse. */
export function merge(context: Context, command: Merge): ReviewDecided {
  return onOpen(context, command, 'threat/merge', (threat) => {
    const into = context.review.threats[command.into]
    if (!into || into.id === threat.id || into.watched || into.status === 'merged' || into.status === 'dismissed') {
      return refuse(field('into', { code: 'not_a_choice' }))
    }
    if (compareSeverity(severityOf(into.rating), severityOf(threat.rating)) < 0)
      return refuse({ code: 'merge_into_milder' })
    const problem = wordsProblem('reason', command.reason)
    if (problem) return problem
    return [{ type: 'threat.merged', data: { threat: threat.id, into: into.id, reason: command.reason } }]
  })
}

/** Brings a watched threat into the list. */
export function promote(context: Context, command: OnThreat): ReviewDecided {
  return onOpen(context, command, 'threat/promote', (threat) =>
    threat.watched ? [{ type: 'threat.promoted', data: { threat: threat.id } }] : refuse({ code: 'no_such_thing' }),
  )
}

export interface HandOver extends OnThreat {
  to: PersonId
}

/** The owner, or a security lead, hands a threat to another risk owner. */
export function handOver(context: Context, command: HandOver): ReviewDecided {
  const { workspace, acting } = context
  return onOpen(context, command, 'threat/delegate', (threat) => {
    const may = threat.owner === acting.person || holds(workspace, acting.person, 'security_lead')
    if (!may) return refuse({ code: 'needs_role', roles: ['risk_owner', 'security_lead'] })
    if (!holds(workspace, command.to, 'risk_owner', 'security_lead')) {
      return refuse(field('to', { code: 'needs_owner_role' }))
    }
    return [{ type: 'threat.delegated', data: { threat: threat.id, to: command.to } }]
  })
}

function ready(context: Context) {
  return inTreatment(context) ?? working(context)
}

/** Work on a threat nobody has signed yet: a proposal may stand, a signature may not. */
function onOpen(
  context: Context,
  command: OnThreat,
  rule: string,
  events: (threat: ThreatState) => ReviewEvent[] | { refusal: Refusal },
): ReviewDecided {
  const capacity = ready(context)
  if (isRefused(capacity)) return capacity
  const threat = asShown(context, command)
  if (isRefused(threat)) return threat
  const { status, lastBy: by, lastAt: at } = threat
  if (status === 'treated' || threat.proposal?.signatures.length)
    return refuse({ code: 'already_decided', by, at, status })
  const decided = events(threat)
  return isRefused(decided) ? decided : record(context, capacity, rule, ...decided)
}
