// The status: what stands where, what waits on whom since when, what runs out next.

import type { QuestionKey } from '../domain/question.ts'
import { severities } from '../domain/rating.ts'
import type { Stage } from '../domain/review.ts'
import type { StatusFacts } from '../domain/status.ts'
import type { TreatmentKind } from '../domain/treatment.ts'
import type { Workspace } from '../domain/workspace.ts'
import { type Action, actions, type Block, type Card, type Item, text } from './card.ts'
import { count, questionTexts, severityLabels, stageLabels, treatmentLabels } from './labels.ts'
import { day, erasedText, nameOfPerson } from './people.ts'

/** How many lines of a kind a card shows before it says how many more there are. */
const shown = 12

/** @param listed what of the waiting is listed, where the rest stands right beside it; all of it is counted */
export function statusCard(
  title: string,
  facts: StatusFacts,
  workspace: Workspace,
  listed: StatusFacts['waiting'] = facts.waiting,
): Card {
  const total = facts.threats.reduce((sum, { count }) => sum + count, 0)
  const decided = facts.threats.filter(({ status }) => status === 'treated').reduce((sum, { count }) => sum + count, 0)
  const waits = new Set(facts.waiting.map(({ review, threat }) => `${review} ${threat}`)).size
  const line = `${count(facts.reviews.length, 'review')}, ${count(total, 'threat')}, ${decided} decided, ${waits} waiting on someone`
  return {
    title,
    summary: `${title}: ${line}.`,
    blocks: [
      text(line, 'strong'),
      stages(facts),
      bySeverity(facts),
      ...reviews(facts, workspace),
      ...waiting(listed, workspace),
      ...expiring(facts),
      ...questions(facts, workspace),
    ],
  }
}

function stages({ reviews }: StatusFacts): Block {
  const of = (stage: Stage) => reviews.filter((one) => one.stage === stage).length
  const rows = (Object.keys(stageLabels) as Stage[]).map((stage) => [stageLabels[stage], String(of(stage))])
  return { kind: 'table', caption: 'Reviews by stage', columns: ['Stage', 'Reviews'], rows }
}

function bySeverity({ threats }: StatusFacts): Block {
  const sum = (severity: string, keep: (one: StatusFacts['threats'][number]) => boolean) =>
    String(threats.filter((one) => one.severity === severity && keep(one)).reduce((n, one) => n + one.count, 0))
  const kinds = [...new Set(threats.flatMap(({ treatment }) => treatment ?? []))] as TreatmentKind[]
  const rows = [...severities]
    .reverse()
    .map((severity) => [
      severityLabels[severity],
      sum(severity, ({ status }) => status === 'open'),
      sum(severity, ({ status }) => status === 'proposed'),
      ...kinds.map((kind) => sum(severity, ({ treatment }) => treatment === kind)),
    ])
  const columns = ['Severity', 'To treat', 'To sign', ...kinds.map((kind) => treatmentLabels[kind])]
  return { kind: 'table', caption: 'Threats by severity and treatment', columns, rows }
}

function reviews({ reviews }: StatusFacts, workspace: Workspace): Block[] {
  return list('Reviews', reviews, ({ review, name, stage, requester, threats, decided }) => ({
    title: name ?? erasedText,
    detail: `${progress(stage, decided, threats)} · started by ${nameOfPerson(workspace, requester)}`,
    action: {
      label: 'Open',
      accessibleLabel: `Open the status of ${name ?? erasedText}`,
      press: { verb: 'status', review },
    },
  }))
}

function progress(stage: string, decided: number, threats: number): string {
  const label = stageLabels[stage as Stage]
  return threats === 0 ? label : `${label} · ${decided} of ${count(threats, 'threat')} decided`
}

function waiting(waiting: StatusFacts['waiting'], workspace: Workspace): Block[] {
  const byThreat = new Map<string, StatusFacts['waiting']>()
  for (const one of waiting) {
    const key = `${one.review} ${one.threat} ${one.waitsFor}`
    byThreat.set(key, [...(byThreat.get(key) ?? []), one])
  }
  return list('Waits on', [...byThreat.values()], (group) => {
    const [one] = group as [StatusFacts['waiting'][number]]
    const who = group.map(({ person }) => nameOfPerson(workspace, person)).join(' or ')
    return {
      title: `${who}: ${one.title ?? erasedText}`,
      detail: `${one.waitsFor} · ${severityLabels[one.severity as 'low']} · ${one.name ?? erasedText} · since ${day(one.since)}`,
      action: {
        label: 'Look',
        accessibleLabel: `Look at ${one.title ?? erasedText}`,
        press: { verb: 'threat', review: one.review, subject: one.threat },
      },
    }
  })
}

function expiring({ expiring }: StatusFacts): Block[] {
  return list('Runs out next', expiring, ({ title, name, kind, day: until }) => ({
    title: title ?? erasedText,
    detail: `${kind === 'acceptance' ? 'acceptance ends' : 'mitigation due'} ${day(until)} · ${name ?? erasedText}`,
  }))
}

function questions({ questions }: StatusFacts, workspace: Workspace): Block[] {
  return list('Open questions', questions, ({ question, owner, due, name }) => ({
    title: questionTexts[question as QuestionKey].ask,
    detail: `${owner && due ? `${nameOfPerson(workspace, owner)}, by ${day(due)}` : 'nobody asked yet'} · ${name ?? erasedText}`,
  }))
}

function list<T>(label: string, all: T[], item: (one: T) => Item): Block[] {
  if (all.length === 0) return []
  const rest = all.length - shown
  const items: Block = { kind: 'items', label: `${label} (${all.length})`, items: all.slice(0, shown).map(item) }
  return rest > 0 ? [items, text(`and ${rest} more; open one review’s status to see its own`, 'quiet')] : [items]
}

/** What waits for one person, across all reviews. */
export function mineCard(facts: StatusFacts): Card {
  const mine = facts.waiting
  const line =
    mine.length === 0
      ? 'Nothing waits for you.'
      : `${count(mine.length, 'threat')} ${mine.length === 1 ? 'waits' : 'wait'} for you.`
  const start: Action = { label: 'New review', press: { verb: 'start_form' } }
  return {
    title: 'Yours',
    summary: line,
    blocks: [
      text(line, 'strong'),
      ...list('Waits for you', mine, ({ title, waitsFor, severity, name, since, review, threat }) => ({
        title: title ?? erasedText,
        detail: `${waitsFor} · ${severityLabels[severity as 'low']} · ${name ?? erasedText} · since ${day(since)}`,
        action: {
          label: 'Open',
          accessibleLabel: `Open ${title ?? erasedText}`,
          press: { verb: 'threat', review, subject: threat },
        },
      })),
      ...list('Your reviews', facts.reviews, ({ review, name, stage, threats, decided }) => ({
        title: name ?? erasedText,
        detail: progress(stage, decided, threats),
        action: {
          label: 'Status',
          accessibleLabel: `Status of ${name ?? erasedText}`,
          press: { verb: 'status', review },
        },
      })),
      ...recent(facts),
      actions(start),
    ],
  }
}

/** How many decisions count as recent. */
const recentlyShown = 5

function recent({ decided }: StatusFacts): Block[] {
  const items = decided.slice(0, recentlyShown).map(({ title, treatment, name, at, review, threat }) => ({
    title: title ?? erasedText,
    detail: `${treatmentLabels[treatment as TreatmentKind].toLowerCase()} · ${name ?? erasedText} · ${day(at)}`,
    action: {
      label: 'Look',
      accessibleLabel: `Look at ${title ?? erasedText}, decided`,
      press: { verb: 'threat' as const, review, subject: threat },
    },
  }))
  return items.length > 0 ? [{ kind: 'items', label: 'Recently decided', items }] : []
}
