// Inputs of cards and forms: how they look, what was filled in, what is wrong with them.
import type { Input, Option, Values } from '../../conversation/card.ts'
import { element } from './element.ts'

let made = 0

/** Up to this many options are shown as chips to tap, more as a list to choose from. */
const chips = 12

/** A field with its label, hint and room for an error. */
export function renderInput(input: Input): HTMLElement {
  made += 1
  const id = `input-${made}`
  const hint = input.hint ? element('p', { class: 'hint', id: `${id}-hint` }, input.hint) : undefined
  const label = input.optional || input.kind === 'tick' ? input.label : `${input.label} *`
  const field = control(input, id, label, hint)
  field.dataset.input = input.name
  field.classList.add('field')
  if (!input.optional && input.kind !== 'tick') field.dataset.required = 'true'
  if (input.when) field.dataset.when = JSON.stringify(input.when)
  field.append(element('p', { class: 'error', id: `${id}-error`, hidden: true }))
  return field
}

function control(input: Input, id: string, label: string, hint: HTMLElement | undefined): HTMLElement {
  const described = [hint?.id, `${id}-error`].filter(Boolean).join(' ')
  const common = { id, name: input.name, 'aria-describedby': described }
  switch (input.kind) {
    case 'text': {
      const field =
        input.lines === 'several'
          ? element('textarea', { ...common, rows: '2', maxlength: String(input.limit) })
          : element('input', { ...common, type: 'text', maxlength: String(input.limit) })
      field.value = input.value ?? ''
      return element('div', {}, element('label', { for: id }, label), hint, field)
    }
    case 'date': {
      const field = element('input', { ...common, type: 'date', min: input.from, max: input.to })
      field.value = input.value ?? ''
      return element('div', {}, element('label', { for: id }, label), hint, element('br'), field)
    }
    case 'tick': {
      const field = element('input', { ...common, type: 'checkbox', checked: input.value })
      return element('div', {}, element('label', { class: 'tick' }, field, element('span', {}, label)), hint)
    }
    case 'choice':
      if (input.options.length > chips) return select(input, common, label, hint)
      return group('radio', input.options, [input.value ?? ''], common, label, hint)
    case 'choices':
      return group('checkbox', input.options, input.value ?? [], common, label, hint)
    default:
      return input satisfies never
  }
}

type Common = Record<'id' | 'name' | 'aria-describedby', string>

function select(
  input: Extract<Input, { kind: 'choice' }>,
  common: Common,
  label: string,
  hint: HTMLElement | undefined,
) {
  const options = [{ value: '', label: 'Choose…' }, ...input.options]
  const field = element(
    'select',
    common,
    ...options.map(({ value, label }) => element('option', { value, selected: value === input.value }, label)),
  )
  return element('div', {}, element('label', { for: common.id }, label), hint, element('br'), field)
}

function group(
  type: 'radio' | 'checkbox',
  options: Option[],
  chosen: string[],
  common: Common,
  label: string,
  hint: HTMLElement | undefined,
) {
  const one = (option: Option) =>
    element(
      'label',
      {},
      element('input', {
        type,
        // Radios of one question belong together, and apart from the same question on another card.
        name: `${common.id}-${common.name}`,
        value: option.value,
        checked: chosen.includes(option.value),
      }),
      option.label,
    )
  const choices = element('div', { class: 'chips' }, ...options.map(one))
  return element(
    'fieldset',
    { 'aria-describedby': common['aria-describedby'] },
    element('legend', {}, label),
    hint,
    choices,
  )
}

const fieldsIn = (container: HTMLElement) => [...container.querySelectorAll<HTMLElement>('[data-input]')]

/** What was filled in; fields that do not apply are left out. */
export function valuesOf(container: HTMLElement): Values {
  const values: Values = {}
  for (const field of fieldsIn(container)) {
    if (!field.hidden) values[field.dataset.input as string] = filledIn(field)
  }
  return values
}

/** What still has to be filled in, by field. */
export function missingIn(container: HTMLElement): Record<string, string> {
  const missing = fieldsIn(container).filter(
    (field) => !field.hidden && field.dataset.required && String(filledIn(field)).trim() === '',
  )
  return Object.fromEntries(
    missing.map((field) => [
      field.dataset.input as string,
      field.querySelector('textarea, [type="text"]') ? 'Please write something here.' : 'Please choose something.',
    ]),
  )
}

function filledIn(field: HTMLElement): Values[string] {
  const inputs = [...field.querySelectorAll<HTMLInputElement>('input, textarea, select')]
  const [first] = inputs
  if (first?.type === 'radio') return inputs.find(({ checked }) => checked)?.value ?? ''
  if (first?.type !== 'checkbox') return first?.value ?? ''
  if (field.querySelector('.chips')) return inputs.filter(({ checked }) => checked).map(({ value }) => value)
  return first.checked
}

/** A card that is drawn anew keeps what was typed or tapped into it and not sent yet. */
export function keepTouched(from: HTMLElement, to: HTMLElement): void {
  const touched = fieldsIn(from).filter((field) => field.dataset.touched)
  const values = Object.fromEntries(touched.map((field) => [field.dataset.input as string, filledIn(field)]))
  for (const field of fieldsIn(to)) {
    const value = values[field.dataset.input as string]
    if (value === undefined) continue
    field.dataset.touched = 'true'
    for (const input of field.querySelectorAll<HTMLInputElement>('input, textarea, select')) {
      if (input.type === 'radio') input.checked = input.value === value
      else if (input.type === 'checkbox')
        input.checked = Array.isArray(value) ? value.includes(input.value) : value === true
      else input.value = String(value)
    }
  }
}

/** Shows only the fields that apply to what is chosen, now and at every change. */
export function followConditions(container: HTMLElement): void {
  const apply = () => {
    for (const field of fieldsIn(container)) {
      if (!field.dataset.when) continue
      const when = JSON.parse(field.dataset.when) as { input: string; is: string[] }
      const other = fieldsIn(container).find((one) => one.dataset.input === when.input)
      field.hidden = !other || other.hidden || !when.is.includes(String(filledIn(other)))
    }
  }
  container.addEventListener('input', (event) => {
    const field = (event.target as HTMLElement).closest<HTMLElement>('[data-input]')
    if (field) field.dataset.touched = 'true'
    apply()
  })
  apply()
}

/** Puts each error under its field and goes to the first; gives those that have no field here. */
export function showErrors(container: HTMLElement, errors: Record<string, string>): string[] {
  const left = new Map(Object.entries(errors))
  let first: HTMLElement | undefined
  for (const field of fieldsIn(container)) {
    const error = left.get(field.dataset.input as string)
    left.delete(field.dataset.input as string)
    const place = field.querySelector<HTMLElement>('.error')
    if (!place) continue
    place.textContent = error ?? ''
    place.hidden = error === undefined
    const input = field.querySelector<HTMLElement>('input, textarea, select')
    input?.setAttribute('aria-invalid', String(error !== undefined))
    if (error !== undefined) first ??= input ?? undefined
  }
  first?.focus()
  return [...left.values()]
}
