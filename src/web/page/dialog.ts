// Forms, one at a time, in a dialog.
import type { Form } from '../../conversation/card.ts'
import { type OnPress, renderAction, renderBlocks } from './cards.ts'
import { byId, element } from './element.ts'

const dialog = byId<HTMLDialogElement>('dialog')

/** Shows a form in place of whatever the dialog showed. */
export function openForm({ title, blocks, submit }: Form, onPress: OnPress): void {
  const heading = element('h2', { id: 'dialog-title', tabindex: '-1' }, title)
  dialog.replaceChildren(heading)
  renderBlocks(dialog, blocks, onPress)
  const close = element('button', { type: 'button' }, submit ? 'Not now' : 'Close')
  close.addEventListener('click', () => dialog.close())
  dialog.append(element('div', { class: 'foot' }, submit && renderAction(submit, dialog, onPress), close))
  if (!dialog.open) dialog.showModal()
  dialog.scrollTop = 0
  heading.focus()
}

export function closeForm(): void {
  dialog.close()
}
