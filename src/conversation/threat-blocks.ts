// What a card says of one threat: everything a person needs to decide, in the order they need it.
import { systemOf } from '../domain/component.ts'
import { addDays } from '../domain/day.ts'
import { type Rating, severityOf } from '../domain/rating.ts'
import { answersOf, type Proposal, quoted, type Review, type ThreatState } from '../domain/review.ts'
import { nameOf, withNames } from '../domain/threat-text.ts'
import type { Treatment } from '../domain/treatment.ts'
import type { Workspace } from '../domain/workspace.ts'
import { type Block, text } from './card.ts'
import { causeLabels, factLabels, questionTexts, severityLabels, treatmentLabels } from './labels.ts'
import { day, erasedText, moment, nameOfPerson, shortReceipt, words } from './people.ts'

/** The number a threat goes by in this review: its place in the draft, kept for good. */
export function numberOf(review: Review, threat: ThreatState): string {
  return `T${Object.keys(review.threats).indexOf(threat.id) + 1}`
}

export function titleOf(threat: ThreatState): string {
  return words(threat.text.title)
}

/** The statement with the team's own names for its components. */
export function statementOf(review: Review, threat: ThreatState): string {
  const statement = words(threat.text.statement)
  if (threat.text.by === 'person') return statement
  return withNames(statement, systemOf(review.facts, answersOf(review)))
}

export function ratingText(rating: Rating): string {
  return `${severityLabels[severityOf(rating)]} (likelihood ${rating.likelihood} × impact ${rating.impact})`
}

export function threatBlocks(review: Review, workspace: Workspace, threat: ThreatState): Block[] {
  const answers = answersOf(review)
  const component = systemOf(review.facts, answers).components.find(({ id }) => id === threat.component)
  const refs = [
    ...threat.refs.atlas,
    ...threat.refs.owasp,
    ...threat.refs.asi,
    ...threat.refs.stride.map((s) => `STRIDE ${s}`),
  ]
  return [
    text(statementOf(review, threat)),
    ...happened(threat, workspace),
    {
      kind: 'facts',
      facts: [
        { label: 'Rating', value: ratingText(threat.rating) },
        { label: 'Why this likely', value: threat.why.likelihood },
        { label: 'Why this bad', value: threat.why.impact },
        { label: 'Concerns', value: component ? nameOf(component, answers) : threat.component },
        { label: 'Risk owner', value: nameOfPerson(workspace, threat.owner) },
        ...(refs.length > 0 ? [{ label: 'See', value: refs.join(', ') }] : []),
      ],
    },
    ...restsOn(review, threat),
    ...unknownsOf(review, threat),
    ...(threat.controls.length > 0 ? controlsOf(threat) : []),
  ]
}

function restsOn(review: Review, threat: ThreatState): Block[] {
  if (threat.evidence.length === 0) return [text('An assumption: no words in the answers carry it.', 'quiet')]
  return [
    text('It rests on', 'strong'),
    ...threat.evidence.map((quote): Block => {
      const question = review.answers[quote.answer]?.question
      const said = quoted(review, quote)
      return text(
        `${question ? `${questionTexts[question].short}: ` : ''}${said === undefined ? erasedText : `“${said}”`}`,
        'quote',
      )
    }),
  ]
}

/** Unknown facts a threat hangs on, in words; empty when there are none. */
export function unknownText(review: Review, threat: ThreatState): string {
  const unknown = threat.conditionalOn.filter((fact) => review.facts[fact] === 'unknown')
  return unknown.map((fact) => factLabels[fact]).join('; ')
}

function unknownsOf(review: Review, threat: ThreatState): Block[] {
  const unknown = unknownText(review, threat)
  return unknown ? [text(`Only if, and nobody has said yet: ${unknown}`, 'warning')] : []
}

function controlsOf({ controls }: ThreatState): Block[] {
  const items = controls.map(({ title, kind }) => ({ title, detail: kind }))
  return [{ kind: 'items', label: 'What helps', items }]
}

function happened({ declined, reopened }: ThreatState, workspace: Workspace): Block[] {
  return [
    ...(reopened ? [text(`Open again because of ${causeLabels[reopened]}.`, 'warning')] : []),
    ...(declined
      ? [
          text(
            `Sent back by ${nameOfPerson(workspace, declined.by)}, ${moment(declined.at)}: “${words(declined.reason)}”`,
            'warning',
          ),
        ]
      : []),
  ]
}

/** What a proposal says, line by line. */
export function proposalBlocks(review: Review, workspace: Workspace, threat: ThreatState, proposal: Proposal): Block[] {
  const { treatment, by, at, signatures } = proposal
  return [
    text(`${treatmentLabels[treatment.kind]}, proposed by ${nameOfPerson(workspace, by)}, ${moment(at)}`, 'strong'),
    { kind: 'facts', facts: treatmentFacts(review, workspace, threat, treatment) },
    ...signatures.map((one) =>
      text(
        `Signed by ${nameOfPerson(workspace, one.by)}${one.for ? ` for ${nameOfPerson(workspace, one.for)}` : ''} as ${one.role.replaceAll('_', ' ')}, ${moment(one.at)} · receipt ${shortReceipt(one.receipt)}`,
        'quiet',
      ),
    ),
  ]
}

function treatmentFacts(review: Review, workspace: Workspace, threat: ThreatState, treatment: Treatment) {
  const line = (label: string, value: string) => ({ label, value })
  const controls = (ids: string[]) =>
    ids.length > 0
      ? [
          line(
            'Controls',
            threat.controls
              .filter(({ id }) => ids.includes(id))
              .map(({ title }) => title)
              .join('; '),
          ),
        ]
      : []
  switch (treatment.kind) {
    case 'mitigate':
      return [
        line('Plan', words(treatment.plan)),
        ...controls(treatment.controls),
        line('Who', nameOfPerson(workspace, treatment.doer)),
        line('Due', day(treatment.due)),
      ]
    case 'in_place':
      return [
        line('Claim', words(treatment.claim)),
        ...controls(treatment.controls),
        line('Said here', `“${quoted(review, treatment.quote) ?? erasedText}”`),
      ]
    case 'accept':
      return [
        line('Reason', words(treatment.reason)),
        line('What it would mean for the business', words(treatment.consequence)),
        line('Until', day(treatment.expires)),
        line('What is left', ratingText(treatment.residual)),
      ]
    case 'transfer':
      return [line('To', words(treatment.to)), line('Reason', words(treatment.reason))]
    case 'avoid':
    case 'not_applicable':
      return [line('Reason', words(treatment.reason))]
  }
}

/** One line on where a threat stands: what was decided, by whom, or what it waits for where `waitsOn` says so. */
export function standing(workspace: Workspace, threat: ThreatState, waitsOn: string): string {
  const { proposal, status } = threat
  if (status === 'open') return threat.reopened ? 'open again' : 'to be treated'
  if (!proposal) return status
  const what = treatmentLabels[proposal.treatment.kind].toLowerCase()
  if (status === 'proposed') {
    const waits = waitsOn ? `; waits on ${waitsOn}` : ''
    return `${what} proposed by ${nameOfPerson(workspace, proposal.by)}${waits}`
  }
  const last = proposal.signatures.at(-1)
  const until = proposal.treatment.kind === 'accept' ? ` until ${day(proposal.treatment.expires)}` : ''
  return `${what}${until}, signed by ${proposal.signatures.map(({ by }) => nameOfPerson(workspace, by)).join(' and ')}, ${day(last?.at ?? '')}`
}

/** The latest day an acceptance may last to. */
export function latestExpiry(workspace: Workspace, rating: Rating, today: string): string {
  return addDays(today, workspace.policy.rules[severityOf(rating)].acceptDays)
}
