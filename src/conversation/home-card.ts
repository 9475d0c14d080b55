// The smaller cards of someone's home: what is amiss, and where to go on.
import { actions, type Card, text } from './card.ts'

/** For someone to whom nothing else can be shown, with the reason. */
export function closedCard(reason: string): Card {
  return { title: 'Countersign', summary: reason, blocks: [text(reason, 'warning')] }
}

/** @param leads how many security leads there are: none, or only the one who reads it */
export function fewLeadsCard(leads: number): Card {
  const words =
    leads === 0
      ? 'Nobody here is a security lead yet. An administrator of this workspace becomes the first by opening this page.'
      : 'You are the only security lead, and nobody signs their own proposal. Please name a second one under Roles.'
  return { title: '', summary: words, blocks: [text(words, 'warning')] }
}

/** For those whose home does not show the status and the settings themselves. */
export function elsewhereCard(): Card {
  return {
    title: '',
    summary: 'Status and settings',
    blocks: [
      actions(
        { label: 'Status', accessibleLabel: 'Status of what concerns me', press: { verb: 'status' } },
        { label: 'Settings', press: { verb: 'settings' } },
      ),
    ],
  }
}
