// The one form of a threat: propose, sign or send back, whichever this person may do; everyone else reads.
import { signing, worksOn } from '../domain/authority.ts'
import { addDays, dayOf } from '../domain/day.ts'
import type { Context } from '../domain/decide/context.ts'
import { fingerprintOf, shortFingerprint } from '../domain/fingerprint.ts'
import { answersOf, type Review, type ThreatState } from '../domain/review.ts'
import { treatmentKinds } from '../domain/treatment.ts'
import { type Action, actions, type Block, type Form, input, type Option, text } from './card.ts'
import { questionTexts, treatmentLabels } from './labels.ts'
import { day, personOptions } from './people.ts'
import type { Press, Verb } from './press.ts'
import { refusalText } from './refusals.ts'
import { latestExpiry, numberOf, proposalBlocks, threatBlocks, titleOf, unknownText } from './threat-blocks.ts'

/** The press that binds a decision to what is shown now: the threat's last entry and its fingerprint. */
export function onThreat(verb: Verb, { review, acting }: Context, threat: ThreatState): Press {
  return {
    verb,
    review: review.id,
    subject: threat.id,
    seen: threat.lastSeq,
    shown: shortFingerprint(fingerprintOf(review, threat)),
    openedAt: acting.at,
  }
}

/** A threat as this person may treat it now. */
export function threatForm(context: Context, threat: ThreatState): Form {
  const number = numberOf(context.review, threat)
  const title = `${number} ${titleOf(threat)}`
  return { shortTitle: `Threat ${number}`, ...formOf(context, threat, title) }
}

function formOf(context: Context, threat: ThreatState, title: string): Form {
  const { review, workspace, acting } = context
  const about = threatBlocks(review, workspace, threat)
  if (review.stage !== 'treatment') return { title, blocks: [...about, ...standingBlocks(context, threat)] }
  if (threat.status === 'proposed' && threat.proposal) return signForm(context, threat, title, about)
  if (threat.status === 'open' && worksOn(review, workspace, acting)) {
    const blocks = [...about, ...proposeBlocks(context, threat), actions(...sideActions(context, threat))]
    return {
      title,
      blocks,
      submit: { label: 'Propose', style: 'primary', press: onThreat('propose', context, threat) },
    }
  }
  return { title, blocks: [...about, ...standingBlocks(context, threat)] }
}

function standingBlocks(context: Context, threat: ThreatState): Block[] {
  const { review, workspace } = context
  return threat.proposal ? proposalBlocks(review, workspace, threat, threat.proposal) : []
}

function signForm(context: Context, threat: ThreatState, title: string, about: Block[]): Form {
  const { review, workspace, acting } = context
  const sign = signing(review, threat, workspace, acting)
  // What is being signed comes right after what it is about; the rest is there to look up.
  const [statement, ...rest] = about
  const shown = [...(statement ? [statement] : []), ...standingBlocks(context, threat), ...rest]
  if ('refusal' in sign) {
    const mine = threat.proposal?.by === acting.person
    const back = mine ? [actions({ label: 'Take it back', press: onThreat('withdraw', context, threat) })] : []
    return {
      title,
      blocks: [...shown, text(refusalText(sign.refusal, workspace), 'warning'), ...back],
    }
  }
  const unknown = unknownText(review, threat)
  const tick: Block[] =
    threat.proposal?.treatment.kind === 'accept' && unknown
      ? [input({ kind: 'tick', name: 'sawUnknowns', label: `I have seen that nobody knows yet: ${unknown}` })]
      : []
  return {
    title,
    blocks: [
      ...shown,
      input({
        kind: 'choice',
        name: 'decision',
        label: 'Your decision',
        options: [
          { value: 'sign', label: 'Sign it' },
          { value: 'decline', label: 'Send it back' },
        ],
      }),
      ...tick,
      input({
        kind: 'text',
        name: 'reason',
        label: 'Why it goes back',
        lines: 'several',
        limit: 4000,
        when: { input: 'decision', is: ['decline'] },
      }),
    ],
    submit: { label: 'Record my decision', style: 'primary', press: onThreat('decide', context, threat) },
  }
}

const levels: Option[] = ['1 very low', '2 low', '3 middling', '4 high', '5 very high'].map((label) => ({
  value: label.slice(0, 1),
  label,
}))

function proposeBlocks(context: Context, threat: ThreatState): Block[] {
  const { review, workspace, acting } = context
  const today = dayOf(acting.at)
  const latest = latestExpiry(workspace, threat.rating, today)
  const on = (...is: string[]) => ({ when: { input: 'treatment', is } })
  const long = { kind: 'text', lines: 'several', limit: 4000 } as const
  const level = (name: string, label: string, value: number, when = {}) =>
    input({ kind: 'choice', name, label, options: levels, value: String(value), ...when })
  const controls = threat.controls.map(({ id, title }) => ({ value: id, label: title }))
  return [
    text('Is the rating right?', 'strong'),
    level('likelihood', 'Likelihood', threat.rating.likelihood),
    level('impact', 'Impact', threat.rating.impact),
    input({
      ...long,
      name: 'ratingReason',
      label: 'Why another rating',
      hint: 'Needed to go below the catalogue, which only a security lead may',
      optional: true,
    }),
    text('What shall be done?', 'strong'),
    input({
      kind: 'choice',
      name: 'treatment',
      label: 'Treatment',
      options: treatmentKinds.map((kind) => ({ value: kind, label: treatmentLabels[kind] })),
    }),
    ...(controls.length > 0
      ? [
          input({
            kind: 'choices',
            name: 'controls',
            label: 'Controls',
            options: controls,
            optional: true,
            ...on('mitigate', 'in_place'),
          }),
        ]
      : []),
    input({ ...long, name: 'plan', label: 'What will be done', ...on('mitigate') }),
    input({ kind: 'date', name: 'due', label: 'Due', from: today, value: addDays(today, 30), ...on('mitigate') }),
    input({
      kind: 'choice',
      name: 'doer',
      label: 'Who does it',
      people: true,
      options: personOptions(workspace),
      value: acting.person,
      ...on('mitigate'),
    }),
    input({ ...long, name: 'claim', label: 'What is in place', ...on('in_place') }),
    input({
      kind: 'choice',
      name: 'quote',
      label: 'The answer that says so',
      options: quoteOptions(review),
      ...on('in_place'),
    }),
    input({ ...long, name: 'reason', label: 'Reason', ...on('accept', 'transfer', 'avoid', 'not_applicable') }),
    input({ kind: 'text', lines: 'one', limit: 200, name: 'to', label: 'To whom', ...on('transfer') }),
    input({
      ...long,
      name: 'consequence',
      label: 'What it would mean for the business',
      hint: 'In plain words, for someone who does not know the feature',
      ...on('accept'),
    }),
    input({
      kind: 'date',
      name: 'expires',
      label: 'Until',
      hint: `At most until ${day(latest)} at this rating`,
      from: addDays(today, 1),
      to: latest,
      ...on('accept'),
    }),
    level('residualLikelihood', 'Likelihood that is left', threat.rating.likelihood, on('accept')),
    level('residualImpact', 'Impact that is left', threat.rating.impact, on('accept')),
  ]
}

/** The answers a claim can point at, whole: the words themselves stay where they are. */
function quoteOptions(review: Review): Option[] {
  return Object.entries(answersOf(review)).flatMap(([question, said]) => {
    const key = question as keyof typeof questionTexts
    const { answer } = review.questions[key]
    const short = said.length > 60 ? `${said.slice(0, 57)}…` : said
    return answer === undefined
      ? []
      : [{ value: `${answer}:0:${said.length}`, label: `${questionTexts[key].short}: “${short}”` }]
  })
}

function sideActions(context: Context, threat: ThreatState): Action[] {
  const number = numberOf(context.review, threat)
  const side = (verb: Verb, label: string): Action => ({
    label,
    accessibleLabel: `${label} ${number}`,
    press: onThreat(verb, context, threat),
  })
  return [
    side('correct_form', 'Correct the wording'),
    side('merge_form', 'Merge into another'),
    side('hand_over_form', 'Hand over'),
  ]
}
