// Forms, one at a time, in a dialog.
import type { Form } from '../../conversation/card.ts'
import { type OnPress, renderAction, renderBlocks } from './cards.ts'
import { byId, element } from './element.ts'
import { missingIn, showErrors } from './inputs.ts'

const dialog = byId<HTMLDialogElement>('dialog')

/** Shows a form in place of whatever the dialog showed. */
export function openForm({ title, blocks, submit }: Form, onPress: OnPress): void {
  const heading = element('h2', { id: 'dialog-title', tabindex: '-1' }, title)
  dialog.replaceChildren(heading)
  renderBlocks(dialog, blocks, onPress)
  const close = element('button', { type: 'button' }, submit ? 'Not now' : 'Close')
  close.addEventListener('click', () => dialog.close())
  // Everything that is missing is said at once, before anything is sent.
  const onSubmit: OnPress = (action, card, button) => {
    const missing = missingIn(card)
    showErrors(card, missing)
    if (Object.keys(missing).length === 0) onPress(action, card, button)
  }
  dialog.append(element('div', { class: 'foot' }, submit && renderAction(submit, dialog, onSubmit), close))
  if (!dialog.open) dialog.showModal()
  dialog.scrollTop = 0
  heading.focus()
}

export function closeForm(): void {
  dialog.close()
}
