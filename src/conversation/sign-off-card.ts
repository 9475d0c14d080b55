// The sign-off: what the signature stands for, before it is given.
import { setAside, signatories, unfinished } from '../domain/decide/sign-off.ts'
import { reviewFingerprint, shortFingerprint } from '../domain/fingerprint.ts'
import { openQuestions } from '../domain/open-questions.ts'
import { tooFast } from '../domain/pace.ts'
import { listed, type Review, watched } from '../domain/review.ts'
import { type TreatmentKind, treatmentKinds } from '../domain/treatment.ts'
import type { Workspace } from '../domain/workspace.ts'
import { actions, type Block, type Card, input, text } from './card.ts'
import { count, questionTexts, treatmentLabels } from './labels.ts'
import { day, moment, nameOfPerson, shortReceipt, words } from './people.ts'
import { risksPicture } from './pictures.ts'
import { paceText } from './review-card.ts'
import { numberOf, ratingText, titleOf } from './threat-blocks.ts'

/** The people who get the sign-off card: none before everything is treated. */
export function signOffPeople(review: Review, workspace: Workspace): string[] {
  const { open, unknowns } = unfinished(review)
  if (!review.drafted || open + unknowns > 0) return []
  return signatories(review, workspace)
}

export function signOffCard(review: Review, workspace: Workspace): Card {
  const name = words(review.feature.name)
  const title = `${name}: sign-off`
  if (review.signedOff) {
    const { by, at, receipt } = review.signedOff
    const line = `Signed off by ${nameOfPerson(workspace, by)}, ${moment(at)} · receipt ${shortReceipt(receipt)}`
    return { title, summary: `${title}. ${line}`, blocks: [text(line, 'strong')] }
  }
  const aside = setAside(review)
  const set = aside.watched + aside.merged + aside.dismissed
  return {
    title,
    summary: `${title}: every threat is treated and every unknown answered or owned.`,
    blocks: [
      text(`Every threat is treated. With your signature ${name} may ship with the risks below.`, 'strong'),
      treatments(review),
      risksPicture(review),
      ...asideBlocks(review),
      ...ownedBlocks(review, workspace),
      ...(tooFast(review) > 0 ? [text(paceText(tooFast(review)), 'warning')] : []),
      ...(set > 0
        ? [
            input({
              kind: 'tick',
              name: 'sawSetAside',
              label: `I have looked at what is not in the list: ${asideText(aside)}`,
            }),
          ]
        : []),
      actions({
        label: 'Sign off',
        accessibleLabel: `Sign off ${name}`,
        style: 'primary',
        press: { verb: 'sign_off', review: review.id, shown: shortFingerprint(reviewFingerprint(review)) },
      }),
    ],
  }
}

function asideText({ watched, merged, dismissed }: ReturnType<typeof setAside>): string {
  const parts = [
    [watched, 'watched'],
    [merged, 'merged'],
    [dismissed, 'ruled out'],
  ] as const
  return parts
    .filter(([many]) => many > 0)
    .map(([many, what]) => `${many} ${what}`)
    .join(', ')
}

function treatments(review: Review): Block {
  const kinds = listed(review).flatMap(({ proposal }) => proposal?.treatment.kind ?? [])
  const of = (kind: TreatmentKind) => kinds.filter((one) => one === kind).length
  const facts = treatmentKinds
    .filter((kind) => of(kind) > 0)
    .map((kind) => ({ label: treatmentLabels[kind], value: count(of(kind), 'threat') }))
  return { kind: 'facts', facts }
}

function asideBlocks(review: Review): Block[] {
  const item = (threat: Parameters<typeof titleOf>[0], detail: string) => ({
    title: `${numberOf(review, threat)} · ${titleOf(threat)}`,
    detail,
  })
  const gone = Object.values(review.threats).filter(({ status }) => status === 'merged' || status === 'dismissed')
  const items = [
    ...watched(review).map((threat) => item(threat, `watched, ${ratingText(threat.rating)}`)),
    ...gone.map((threat) => {
      const into = threat.mergedInto ? review.threats[threat.mergedInto] : undefined
      return item(threat, into ? `merged into ${numberOf(review, into)}` : 'ruled out by a changed answer')
    }),
  ]
  return items.length > 0 ? [{ kind: 'items', label: 'Not in the list', items }] : []
}

function ownedBlocks(review: Review, workspace: Workspace): Block[] {
  const items = openQuestions(review).map(({ question, threats, owned }) => ({
    title: questionTexts[question].ask,
    detail: `${count(threats, 'threat hangs', 'threats hang')} on it; ${owned ? `${nameOfPerson(workspace, owned.person)} answers by ${day(owned.due)}` : 'nobody asked'}`,
  }))
  return items.length > 0 ? [{ kind: 'items', label: 'Still unknown', items }] : []
}
