// The smaller forms about threats: correct, merge, hand over, add one's own, one mitigation for several, evidence.
import { systemOf } from '../domain/component.ts'
import { addDays, dayOf } from '../domain/day.ts'
import type { Context } from '../domain/decide/context.ts'
import { reopenCauses } from '../domain/event.ts'
import { fingerprintOf, shortFingerprint } from '../domain/fingerprint.ts'
import { openQuestions } from '../domain/open-questions.ts'
import { compareSeverity, severityOf } from '../domain/rating.ts'
import { answersOf, listed, type Review, type ThreatState, watched } from '../domain/review.ts'
import { areas } from '../domain/threat.ts'
import { nameOf } from '../domain/threat-text.ts'
import { holds } from '../domain/workspace.ts'
import { type Form, input, type Option, text } from './card.ts'
import { areaLabels, causeLabels, count, questionTexts } from './labels.ts'
import { nameOfPerson, personOptions, words } from './people.ts'
import type { Verb } from './press.ts'
import { numberOf, proposalBlocks, ratingText, statementOf, threatBlocks, titleOf } from './threat-blocks.ts'
import { onThreat } from './threat-form.ts'

const long = { kind: 'text', lines: 'several', limit: 4000 } as const
const level = (name: string, label: string) =>
  input({
    kind: 'choice',
    name,
    label,
    options: ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value })),
    value: '3',
  })
const submit = (label: string, verb: Verb, context: Context, threat: ThreatState) =>
  ({ label, style: 'primary', press: onThreat(verb, context, threat) }) as const

export function correctForm(context: Context, threat: ThreatState): Form {
  return {
    title: `Correct ${numberOf(context.review, threat)}`,
    blocks: [
      text(
        'Your wording becomes a new revision; nothing is decided on it yet. References, rating and controls stay.',
        'quiet',
      ),
      input({ kind: 'text', lines: 'one', limit: 120, name: 'title', label: 'Title', value: titleOf(threat) }),
      input({
        ...long,
        limit: 1200,
        name: 'statement',
        label: 'Who can do what, to which part, so that which harm',
        value: statementOf(context.review, threat),
      }),
    ],
    submit: submit('Save', 'correct', context, threat),
  }
}

export function mergeForm(context: Context, threat: ThreatState): Form {
  const { review } = context
  const others: Option[] = listed(review)
    .filter(({ id, rating }) => id !== threat.id && compareSeverity(severityOf(rating), severityOf(threat.rating)) >= 0)
    .map((one) => ({ value: one.id, label: `${numberOf(review, one)} ${titleOf(one)}` }))
  return {
    title: `Merge ${numberOf(review, threat)} into another`,
    blocks: [
      text(
        `${titleOf(threat)}, rated ${ratingText(threat.rating)}, can go into a threat rated at least as high.`,
        'quiet',
      ),
      input({ kind: 'choice', name: 'into', label: 'Into', options: others }),
      input({ ...long, name: 'reason', label: 'Why they are one' }),
    ],
    submit: submit('Merge', 'merge', context, threat),
  }
}

export function handOverForm(context: Context, threat: ThreatState): Form {
  const { review, workspace } = context
  const owners = personOptions(workspace, [threat.owner]).filter(({ value }) =>
    holds(workspace, value, 'risk_owner', 'security_lead'),
  )
  return {
    title: `Hand over ${numberOf(review, threat)}`,
    blocks: [
      text(`The risk owner is ${nameOfPerson(workspace, threat.owner)}.`, 'quiet'),
      input({ kind: 'choice', name: 'to', label: 'To', options: owners }),
    ],
    submit: submit('Hand over', 'hand_over', context, threat),
  }
}

/** @param nonce makes the threat's id, so that sending the form twice adds one */
export function addForm({ review, acting }: Context, nonce: string): Form {
  const answers = answersOf(review)
  const components = systemOf(review.facts, answers).components.map((one) => ({
    value: one.id,
    label: nameOf(one, answers),
  }))
  return {
    title: 'Add a threat of your own',
    blocks: [
      input({ kind: 'text', lines: 'one', limit: 120, name: 'title', label: 'Title' }),
      input({ ...long, limit: 1200, name: 'statement', label: 'Who can do what, to which part, so that which harm' }),
      input({ kind: 'choice', name: 'component', label: 'Concerns', options: components }),
      input({
        kind: 'choice',
        name: 'area',
        label: 'Area',
        options: areas.map((value) => ({ value, label: areaLabels[value] })),
      }),
      level('likelihood', 'Likelihood, 1 to 5'),
      level('impact', 'Impact, 1 to 5'),
    ],
    submit: {
      label: 'Add',
      style: 'primary',
      press: { verb: 'add_threat', review: review.id, subject: nonce, openedAt: acting.at },
    },
  }
}

/** One mitigation and one date for several threats. Acceptances have no such form. */
export function severalForm({ review, workspace, acting }: Context): Form {
  const open = listed(review).filter(({ status }) => status === 'open')
  const today = dayOf(acting.at)
  return {
    title: 'One measure for several threats',
    blocks: [
      text(
        'Only mitigations go together. Each is still signed on its own, and an acceptance is always made one at a time.',
        'quiet',
      ),
      input({
        kind: 'choices',
        name: 'threats',
        label: 'Threats',
        options: open.map((one) => ({
          value: shownValue(review, one),
          label: `${numberOf(review, one)} ${titleOf(one)} · ${ratingText(one.rating)}`,
        })),
      }),
      input({ ...long, name: 'plan', label: 'What will be done' }),
      input({ kind: 'date', name: 'due', label: 'Due', from: today, value: addDays(today, 30) }),
      input({
        kind: 'choice',
        name: 'doer',
        label: 'Who does it',
        people: true,
        options: personOptions(workspace),
        value: acting.person,
      }),
    ],
    submit: {
      label: 'Propose for these',
      style: 'primary',
      press: { verb: 'mitigate_many', review: review.id, seen: review.seq, openedAt: acting.at },
    },
  }
}

/** Unknowns without an owner: who finds out, by when. */
export function openQuestionsForm({ review, workspace, acting }: Context): Form {
  const today = dayOf(acting.at)
  const open = openQuestions(review)
  const options = open.map(({ question, threats, owned }) => {
    const who = owned ? `, asked ${nameOfPerson(workspace, owned.person)}` : ''
    return {
      value: question,
      label: `${count(threats, 'threat')}${who}: ${questionTexts[question].ask}`,
    }
  })
  return {
    title: 'Open questions',
    blocks: [
      text('Nobody has said yet. Ask someone by a date, or answer it yourself with Edit.', 'quiet'),
      input({
        kind: 'choices',
        name: 'questions',
        label: 'Questions',
        options,
        value: open.filter(({ owned }) => !owned).map(({ question }) => question),
      }),
      input({ kind: 'choice', people: true, name: 'to', label: 'Who finds out', options: personOptions(workspace) }),
      input({ kind: 'date', name: 'due', label: 'By', from: today, value: addDays(today, 14) }),
    ],
    submit: {
      label: 'Ask',
      style: 'primary',
      press: {
        verb: 'delegate',
        review: review.id,
        subject: open.map(({ question }) => question).join('+'),
        seen: review.seq,
      },
    },
  }
}

export function watchedForm(context: Context): Form {
  const { review } = context
  return {
    title: 'Watched threats',
    blocks: [
      text('Mild ones beyond the first fifteen. One tap brings one into the list.', 'quiet'),
      {
        kind: 'items',
        label: 'Watched',
        items: watched(review).map((one) => ({
          title: `${numberOf(review, one)} · ${titleOf(one)}`,
          detail: ratingText(one.rating),
          action: {
            label: 'Bring into the list',
            accessibleLabel: `Bring into the list: ${numberOf(review, one)}`,
            press: onThreat('promote', context, one),
          },
        })),
      },
    ],
  }
}

export function evidenceForm(context: Context, threat: ThreatState): Form {
  const { review, workspace } = context
  return {
    title: `Evidence for ${numberOf(review, threat)} ${titleOf(threat)}`,
    blocks: [
      ...(threat.proposal ? proposalBlocks(review, workspace, threat, threat.proposal) : []),
      input({
        ...long,
        name: 'evidence',
        label: 'What shows that it is in place',
        hint: 'A test run, a change, a setting: something another person can check',
      }),
    ],
    submit: submit('Bring evidence', 'evidence', context, threat),
  }
}

export function verifyForm(context: Context, threat: ThreatState): Form {
  const { review, workspace } = context
  const { evidenced } = threat
  return {
    title: `Verify ${numberOf(review, threat)} ${titleOf(threat)}`,
    blocks: [
      ...threatBlocks(review, workspace, threat),
      ...(threat.proposal ? proposalBlocks(review, workspace, threat, threat.proposal) : []),
      ...(evidenced
        ? [text(`${nameOfPerson(workspace, evidenced.by)} says: “${words(evidenced.words)}”`, 'quote')]
        : []),
      input({
        kind: 'choice',
        name: 'effective',
        label: 'Does it hold?',
        options: [
          { value: 'yes', label: 'Yes, I checked and it works' },
          { value: 'no', label: 'No' },
        ],
      }),
      input({ ...long, name: 'note', label: 'What you checked' }),
    ],
    submit: submit('Record', 'verify', context, threat),
  }
}

export function reopenForm({ review }: Context): Form {
  return {
    title: `Open ${words(review.feature.name)} again`,
    blocks: [
      input({
        kind: 'choice',
        name: 'cause',
        label: 'What changed',
        options: reopenCauses.map((value) => ({ value, label: causeLabels[value] })),
      }),
      input({ ...long, name: 'note', label: 'In a sentence' }),
    ],
    submit: {
      label: 'Open again',
      style: 'primary',
      press: { verb: 'reopen', review: review.id, seen: review.signedOff?.seq ?? 0 },
    },
  }
}

/** A choice of a threat as it was shown: `id:seen:fingerprint`. */
function shownValue(review: Review, threat: ThreatState): string {
  return `${threat.id}:${threat.lastSeq}:${shortFingerprint(fingerprintOf(review, threat))}`
}

/** Reads such a choice back; undefined when it is not one. */
export function readShownValue(value: string): { threat: string; seen: number; fingerprint: string } | undefined {
  const [threat, seen, fingerprint] = value.split(':')
  return threat && fingerprint && /^\d+$/.test(seen ?? '') ? { threat, seen: Number(seen), fingerprint } : undefined
}
