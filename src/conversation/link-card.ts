// Linking a second account to a person: the code, and the question whether it was really they who typed it.
import { actions, type Card, type Form, text } from './card.ts'
import { shortReceipt } from './people.ts'

/** @param codeHash under which the code is kept @param minutes how long it lives */
export function codeCard(code: string, codeHash: string, minutes: number): Card {
  const how = `Write to me in the other app, from the account that is yours as well: “link ${code}”. You have ${minutes} minutes. Then come back and press the button.`
  return {
    title: 'Link another account',
    summary: 'Link another account: a code to write to me in the other app.',
    blocks: [
      text(how),
      text(code, 'strong'),
      text('Never pass this code on: whoever writes it, and is confirmed by you, acts in your name.', 'warning'),
      actions({ label: 'I have written it', style: 'primary', press: { verb: 'link_check', subject: codeHash } }),
    ],
  }
}

/** @param who the name its platform gives the account @param where the platform */
export function confirmForm(who: string, where: string, codeHash: string, seen: number): Form {
  return {
    title: 'Is that you?',
    blocks: [
      text(`“${who}” wrote the code in ${where}.`, 'strong'),
      text(
        'If that is your own account, confirm it: what either account does is then done by you, and is recorded so. If it is not, press nothing and ask for a new code.',
      ),
    ],
    submit: {
      label: 'That is me, link it',
      style: 'primary',
      press: { verb: 'link_confirm', subject: codeHash, seen },
    },
  }
}

/** @param receipt of the entry that records it */
export function linkedCard(platform: string, receipt: string): Card {
  const words = `Linked. What you do in ${platform} is yours as well from now on.`
  return { title: 'Linked', summary: words, blocks: [text(words), text(`Receipt ${shortReceipt(receipt)}`, 'quiet')] }
}

/** The platform of an identity, by its name. */
export function platformName(identity: string): string {
  const names: Record<string, string> = { slack: 'Slack', entra: 'Microsoft Teams', web: 'the web chat' }
  return names[identity.split(':')[0] ?? ''] ?? 'another app'
}
