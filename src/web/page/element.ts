// Makes elements; text is always text, never markup.

type Child = Node | string | undefined | false

/** An element with attributes and children; `undefined` and `false` attributes and children are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children.filter((child): child is Node | string => child !== undefined && child !== false))
  return made
}

export function byId<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T
}
