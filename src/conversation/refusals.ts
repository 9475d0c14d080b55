// Why something was refused and what to do about it, in words.
import type { FieldProblem, Refusal } from '../domain/refusal.ts'
import type { Workspace } from '../domain/workspace.ts'
import { roleLabels, severityLabels, signerLabels, stageLabels, statusLabels } from './labels.ts'
import { anyOf, day, moment, nameOfPerson } from './people.ts'

const standings = {
  guest: 'Guests of this workspace can read along but decide nothing',
  outsider: 'People from another organisation decide nothing here',
  deactivated: 'This account is deactivated',
}

/** One or two sentences: the reason, then the way on. */
export function refusalText(refusal: Refusal, workspace: Workspace): string {
  const name = (person: string) => nameOfPerson(workspace, person)
  const who = (people: string[]) => anyOf(workspace, people)
  switch (refusal.code) {
    case 'not_a_member':
      return `${standings[refusal.standing]}. Ask a member of the team to do it.`
    case 'not_known':
      return 'I do not know you in this workspace yet. A security lead can give you a role.'
    case 'needs_role':
      return `This takes the role ${refusal.roles.map((role) => roleLabels[role]).join(' or ')}. A security lead can grant it.`
    case 'not_working_on_it':
      return `You are not working on this review. Ask ${name(refusal.requester)}, who started it, to ask you a question, or a security lead for a role.`
    case 'wrong_stage':
      return `The review is in the stage “${stageLabels[refusal.stage]}”, so this does not apply now.`
    case 'no_such_thing':
      return 'That is no longer there. Ask for the status to see what is.'
    case 'already_decided':
      return `${name(refusal.by)} was first, on ${moment(refusal.at)}: it stands as “${statusLabels[refusal.status]}” now. Nothing of yours was recorded.`
    case 'changed_since_shown':
      return `This changed since you saw it (${name(refusal.by)}, ${moment(refusal.at)}). Nothing was recorded; open it again to see it as it is now.`
    case 'nothing_proposed':
      return 'There is no proposal to decide on. It was withdrawn, sent back or never made.'
    case 'own_proposal':
      return `You proposed this, so someone else has to sign it: ${who(refusal.next)}.`
    case 'own_request':
      return `You started this review, so someone else has to sign it off: ${who(refusal.next)}.`
    case 'already_signed':
      return `You have signed this already; the other signature comes from ${who(refusal.next)}.`
    case 'lacks_authority':
      return `A ${severityLabels[refusal.severity].toLowerCase()} risk is signed by ${refusal.signers.map((one) => signerLabels[one]).join(' or ')}. Ask ${who(refusal.next)}.`
    case 'three_people':
      return `This workspace keeps requester, risk owner and security lead three people. Ask ${who(refusal.next)}.`
    case 'only_lead_lowers':
      return `Only a security lead may rate a threat below the catalogue. Ask ${who(refusal.next)}, or keep the rating.`
    case 'only_proposer_withdraws':
      return `Only ${name(refusal.by)} can take this proposal back. Whoever may sign it can send it back with a reason.`
    case 'own_evidence':
      return 'You brought this evidence, so someone else has to verify it.'
    case 'nothing_to_verify':
      return 'There is nothing to bring evidence for or to verify here now.'
    case 'merge_into_milder':
      return 'A threat can only be merged into one that is rated at least as high.'
    case 'not_watched':
      return 'This threat is on the watch list. Bring it into the list first.'
    case 'not_ready':
      return `Not yet: ${refusal.open} threats wait for a decision and ${refusal.unknowns} open questions for someone who answers them.`
    case 'nothing_said':
      return 'Nothing changed, so nothing was recorded.'
    case 'last_security_lead':
      return 'The last security lead cannot be taken away. Grant the role to someone else first.'
    case 'own_policy_proposal':
      return 'You proposed this loosening; another security lead has to confirm it.'
    case 'account_in_use':
      return `That account has taken part as ${name(refusal.by)} already, or holds a role; what it did stays in its own name. Ask for the code there, and type it in the other app instead.`
    case 'not_due':
      return 'Its day has not come.'
    case 'different_intent':
      return 'You already sent something else from this very card. Open it again to see what stands.'
    case 'field':
      return problemText(refusal.problem)
  }
}

/** What is wrong with a field, to stand under it. */
export function problemText(problem: FieldProblem): string {
  switch (problem.code) {
    case 'reason_missing':
      return 'Please write a sentence here.'
    case 'date_past':
      return 'Please choose a day that is still to come.'
    case 'date_too_far':
      return `For a ${severityLabels[problem.severity].toLowerCase()} risk the latest day is ${day(problem.latest)}.`
    case 'residual_below':
      return 'What is left cannot be lower than the confirmed rating until someone has verified a control.'
    case 'tick_missing':
      return 'Please tick that you have seen this.'
    case 'needs_owner_role':
      return 'Choose someone who is a risk owner or security lead.'
    case 'not_a_person':
      return 'Choose someone of this workspace.'
    case 'only_reads':
      return 'Choose someone else: an auditor reads everything and decides nothing.'
    case 'missing':
      return 'Please choose something.'
    case 'not_a_choice':
      return 'Please choose one of the list.'
    case 'too_long':
      return `Please keep it under ${problem.limit} characters.`
    case 'not_storable':
      return 'This holds characters that cannot be stored; please type it again.'
    case 'no_quote':
      return 'Choose the answer that says so.'
  }
}
