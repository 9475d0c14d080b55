// Every command on a review, and the pure decision about it.
import { type Approve, approve, type Decline, decline } from './decide/approve.ts'
import { type Lapse, lapse } from './decide/clock.ts'
import type { Context, OnThreat, ReviewDecided } from './decide/context.ts'
import { type Answer, answer, type Delegate, delegate } from './decide/interview.ts'
import { bringEvidence, type Evidence, type Verify, verifyMitigation } from './decide/mitigation.ts'
import { type MitigateMany, mitigateMany, type Propose, propose, withdraw } from './decide/propose.ts'
import { type Reopen, reopen, type SignOff, signOff } from './decide/sign-off.ts'
import {
  type AddThreat,
  addThreat,
  type Correct,
  correct,
  type HandOver,
  handOver,
  type Merge,
  merge,
  promote,
  type Rate,
  rate,
} from './decide/threats.ts'

export type ReviewCommand =
  | ({ type: 'answer' } & Answer)
  | ({ type: 'delegate' } & Delegate)
  | ({ type: 'propose' } & Propose)
  | ({ type: 'mitigate_many' } & MitigateMany)
  | ({ type: 'withdraw' } & OnThreat)
  | ({ type: 'approve' } & Approve)
  | ({ type: 'decline' } & Decline)
  | ({ type: 'add_threat' } & AddThreat)
  | ({ type: 'correct' } & Correct)
  | ({ type: 'rate' } & Rate)
  | ({ type: 'merge' } & Merge)
  | ({ type: 'promote' } & OnThreat)
  | ({ type: 'hand_over' } & HandOver)
  | ({ type: 'evidence' } & Evidence)
  | ({ type: 'verify' } & Verify)
  | ({ type: 'sign_off' } & SignOff)
  | ({ type: 'reopen' } & Reopen)
  | ({ type: 'lapse' } & Lapse)

/**
 * Decides one command on a review: the events it makes, or why it is refused. Pure: time, ids and the acting person come
 * in with the command.
 */
export function decide(context: Context, command: ReviewCommand): ReviewDecided {
  switch (command.type) {
    case 'answer':
      return answer(context, command)
    case 'delegate':
      return delegate(context, command)
    case 'propose':
      return propose(context, command)
    case 'mitigate_many':
      return mitigateMany(context, command)
    case 'withdraw':
      return withdraw(context, command)
    case 'approve':
      return approve(context, command)
    case 'decline':
      return decline(context, command)
    case 'add_threat':
      return addThreat(context, command)
    case 'correct':
      return correct(context, command)
    case 'rate':
      return rate(context, command)
    case 'merge':
      return merge(context, command)
    case 'promote':
      return promote(context, command)
    case 'hand_over':
      return handOver(context, command)
    case 'evidence':
      return bringEvidence(context, command)
    case 'verify':
      return verifyMitigation(context, command)
    case 'sign_off':
      return signOff(context, command)
    case 'reopen':
      return reopen(context, command)
    case 'lapse':
      return lapse(context, command)
  }
}

/** The subject a command is about: its key is derived from it, so that the same click twice is the same command. */
export function subjectOf(command: ReviewCommand): { subject: string; seen: number } {
  switch (command.type) {
    case 'answer':
      return { subject: command.answers.map(({ question }) => question).join('+'), seen: command.seen }
    case 'delegate':
      return { subject: command.questions.join('+'), seen: command.seen }
    case 'mitigate_many':
      return {
        subject: command.threats.map(({ threat }) => threat).join('+'),
        seen: Math.max(0, ...command.threats.map(({ shown }) => shown.seen)),
      }
    case 'add_threat':
      return { subject: command.threat, seen: 0 }
    case 'sign_off':
      return { subject: command.fingerprint, seen: 0 }
    case 'reopen':
      return { subject: 'review', seen: command.seen }
    case 'lapse':
      return { subject: command.threat, seen: command.proposal }
    default:
      return { subject: command.threat, seen: command.shown.seen }
  }
}
