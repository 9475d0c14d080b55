// The review at a glance, where it was started: counts, progress, pictures; never the text of a threat.

import { openQuestions } from '../domain/open-questions.ts'
import { carefulMinutes } from '../domain/pace.ts'
import { severities, severityOf } from '../domain/rating.ts'
import { listed, type Review, watched } from '../domain/review.ts'
import type { Workspace } from '../domain/workspace.ts'
import { type Action, actions, type Block, type Card, text } from './card.ts'
import { causeLabels, count, severityLabels } from './labels.ts'
import { moment, nameOfPerson, shortReceipt, words } from './people.ts'
import { risksPicture, systemPicture } from './pictures.ts'
import type { Verb } from './press.ts'

export function reviewCard(review: Review, workspace: Workspace): Card {
  const threats = listed(review)
  const decided = threats.filter(({ status }) => status === 'treated').length
  const title = `${words(review.feature.name)}: threat model`
  const line = `${count(threats.length, 'threat')}, ${decided} decided${watched(review).length > 0 ? `, ${watched(review).length} watched` : ''}`
  const rows = [...severities].reverse().map((severity) => {
    const of = threats.filter(({ rating }) => severityOf(rating) === severity)
    const treated = of.filter(({ status }) => status === 'treated').length
    return [severityLabels[severity], String(of.length), String(treated), String(of.length - treated)]
  })
  return {
    title,
    summary: `${title}: ${line}.`,
    blocks: [
      text(line, 'strong'),
      ...stageBlocks(review, workspace),
      systemPicture(review),
      { kind: 'table', caption: 'Threats by severity', columns: ['Severity', 'Threats', 'Decided', 'Waiting'], rows },
      risksPicture(review),
      ...buttons(review),
    ],
  }
}

function stageBlocks(review: Review, workspace: Workspace): Block[] {
  const { signedOff, reopened } = review
  if (signedOff) {
    const by = nameOfPerson(workspace, signedOff.by)
    return [
      text(`Signed off by ${by}, ${moment(signedOff.at)} · receipt ${shortReceipt(signedOff.receipt)}`, 'strong'),
      ...(signedOff.tooFast > 0 ? [text(paceText(signedOff.tooFast), 'warning')] : []),
    ]
  }
  const unowned = openQuestions(review).filter(({ owned }) => !owned).length
  return [
    ...(reopened
      ? [
          text(
            `Opened again, ${moment(reopened.at)}: ${causeLabels[reopened.cause]}. What was decided and has not changed still stands.`,
            'warning',
          ),
        ]
      : []),
    text(
      `Drafted from your answers by the catalogue alone, with no model. A careful pass takes about ${count(carefulMinutes(review), 'minute')}.`,
      'quiet',
    ),
    ...(unowned > 0
      ? [text(`${count(unowned, 'open question')} without anyone to answer: needed before sign-off.`, 'warning')]
      : []),
  ]
}

/** Says openly that a review was waved through. */
export function paceText(tooFast: number): string {
  return `${count(tooFast, 'decision')} took less than a third of the time it takes to read the threat.`
}

function buttons(review: Review): Block[] {
  const button = (verb: Verb, label: string, style?: 'primary'): Action => ({
    label,
    ...(style ? { style } : {}),
    press: { verb, review: review.id },
  })
  if (review.signedOff) return [actions(button('reopen_form', 'Something changed'))]
  const open = listed(review).filter(({ status }) => status === 'open').length
  return [
    actions(
      ...(open > 0 ? [button('next_threat', 'Go through them', 'primary')] : []),
      ...(open > 1 ? [button('several', 'One measure for several')] : []),
      button('add', 'Add a threat'),
      ...(openQuestions(review).length > 0 ? [button('open_questions', 'Open questions')] : []),
      ...(watched(review).length > 0 ? [button('watched', `Watched (${watched(review).length})`)] : []),
    ),
  ]
}
