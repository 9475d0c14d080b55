// The short sentences the bot says, and the help.
import { actions, type Card, type Form, input, text } from './card.ts'

export const said = {
  recorded: 'Recorded.',
  proposed: (people: string) => `Recorded; it waits on ${people} now.`,
  signed: 'Signed and recorded.',
  sentBack: 'Sent back, with your reason.',
  drafted: (threats: number) => `The draft stands: ${threats} threats to go through.`,
  asked: (name: string) => `${name} has the question in a direct message.`,
  noted: (question: string) => `Noted under “${question}”. Tap what fits on the card when you are ready.`,
  opened: (name: string) => `A review of “${name}” is open. Five short rounds of questions, then the draft.`,
  stopped: 'Fine. Everything so far is kept; say “resume” whenever you like.',
  nothingToResume: 'You have no interview under way. Say what you are building to start one.',
  noneLeft: 'Nothing waits for you here any more.',
  signedOff: 'Signed off and recorded.',
  broken: (reference: string) =>
    `That did not work, and it is our fault. Nothing was recorded. The reference is ${reference}.`,
  tryAgain: (seconds: number) =>
    `Something I need is not answering. Nothing was lost; please try again in ${seconds} seconds.`,
  notConfirmed:
    'Not confirmed yet: this takes longer than it should. The card will show whether it counted; pressing again does no harm.',
  looking: 'Looking it up …',
  working: 'is working on it …',
  pressAgain: 'That took too long to open. Please press it again.',
  malformed: 'This button is from another version or was changed on the way. Open it again from its card.',
  tooLong: (limit: number) =>
    `That is more than ${limit} characters. Please send it in parts, or paste the part that matters.`,
  unreadable: 'This message holds characters that cannot be stored; please type it again.',
  notNow: 'Not now',
  close: 'Close',
  refresh: 'Refresh',
  openForMe: 'Open for me',
  choose: 'Choose',
  chooseAnother: 'Choose another',
  pickPerson: 'Choose someone',
  fillIn: 'Please fill this in.',
  teamsElsewhere: 'into one Teams message. Say “mine” for what waits for you; the web chat shows everything.',
  standsTwice: 'This card came twice. The other one below is kept up to date; this one goes away.',
  answeredPersonally: 'I have answered you in our own chat.',
  addMeFirst:
    'I can only answer that in our own chat, and cannot write to you there yet. Add Countersign under Apps first.',
  cannotReachPicked:
    'I cannot write to them: they have to add Countersign under Apps first. Ask them to, then choose them again.',
  mentionMe:
    'I am here. Mention me and say what you are building, and I will ask the questions in this conversation. Threats are only shown to the people who work on them.',
  badCode:
    'I do not know that code here. It may be too old or used already, or the two apps are not connected to the same Countersign. Say “link” in the other app for a new one.',
  codeTyped: 'Thank you. Now go back to where you got the code, and confirm there that it was you.',
  codeNotTyped: 'Nobody has written that code to me yet. Write it in the other app, then press again.',
  howToStart: 'Tell me in a sentence what you are building, or press “New review”.',
}

/** For a security lead: a place that refuses messages. */
export function unreachableCard(): Card {
  const words =
    'I cannot write any more in a channel where a review takes place: I was removed, or it was archived. What happens there goes on in direct messages with the person who started it. Invite me again to bring new reviews back.'
  return { title: 'A channel is out of reach', summary: words, blocks: [text(words, 'warning')] }
}

/** For whoever started a review: someone it needs cannot be reached. */
export function unreachedCard(name: string): Card {
  const words = `I cannot write to ${name}: they have not added me here, or removed me. What waits for ${name} stays unseen until they do. Ask them to add Countersign under Apps, or hand their threats to someone else; this note goes away by itself.`
  return { title: `${name} cannot be reached`, summary: words, blocks: [text(words, 'warning')] }
}

export function helpCard(): Card {
  return {
    title: 'Countersign',
    summary:
      'Countersign: say what you are building to start a threat model; “status”, “mine” and “help” are understood.',
    blocks: [
      text(
        'I interview you about your AI feature, draft its threats, and see to it that people with authority decide each one.',
      ),
      {
        kind: 'facts',
        facts: [
          { label: 'start …', value: 'begin a review; or just say what you are building' },
          { label: 'mine', value: 'what waits for you' },
          { label: 'status', value: 'where the reviews stand' },
          { label: 'settings', value: 'roles, risk owners, policy; and say that you will be away' },
          { label: 'link', value: 'make your Slack and your Teams account one person' },
          { label: 'stop, resume', value: 'leave the interview and come back to it' },
        ],
      },
      actions(
        { label: 'New review', style: 'primary', press: { verb: 'start_form' } },
        { label: 'What waits for me', press: { verb: 'mine' } },
      ),
    ],
  }
}

/** @param nonce makes the review's id, so that sending the form twice opens one review */
export function startForm(nonce: string): Form {
  return {
    title: 'New review',
    blocks: [
      input({ kind: 'text', lines: 'one', limit: 120, name: 'name', label: 'What is the feature called?' }),
      input({
        kind: 'text',
        lines: 'several',
        limit: 4000,
        name: 'words',
        label: 'What does it do, and for whom?',
        optional: true,
      }),
    ],
    submit: { label: 'Start', style: 'primary', press: { verb: 'start', subject: nonce } },
  }
}
