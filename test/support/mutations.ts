// Payloads changed on the way: fields removed, replaced by something strange, or by somebody else's.
import fc from 'fast-check'

type Json = Record<string, unknown>
type Path = (string | number)[]
export type Change = (payload: Json) => void

/** Names that mean something to JavaScript. */
export const oddKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']

export const anyNumber = fc.noBias(fc.nat())
const nested = (depth: number): unknown => Array.from({ length: depth }).reduce((inner: unknown) => [inner], 'deep')

/** Values that are nothing one would expect. */
export const strange = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      ...[null, [], {}, [null], 0, -1, 1e308, true, '', '\0', '\ud800', '\u202e<!channel>'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      ...['x'.repeat(50_000), nested(1_000), { id: null }, { toString: 1, valueOf: 1 }],
      JSON.parse('{"__proto__":{"id":"U1","polluted":1}}'),
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
)

/** Every place in a payload, its containers included. */
function placesIn(value: unknown, path: Path = []): Path[] {
  const own = path.length > 0 ? [path] : []
  if (typeof value !== 'object' || value === null) return own
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

/** Sets a field, also under a key that means something to JavaScript. */
function setOwn<T extends object>(holder: T, key: string, value: unknown): T {
  return Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

/** Changes one place; `undefined` removes it. */
function change(payload: Json, path: Path, to: (before: unknown) => unknown): void {
  const last = path.at(-1) as string
  const holder = path.slice(0, -1).reduce((inner: unknown, key) => (inner as Json | undefined)?.[key], payload)
  if (typeof holder !== 'object' || holder === null) return
  const value = to((holder as Json)[last])
  if (value === undefined) delete (holder as Json)[last]
  else setOwn(holder, last, structuredClone(value))
}

const atPlace =
  (at: number, to: (before: unknown) => unknown): Change =>
  (payload) => {
    const places = placesIn(payload)
    change(payload, places[at % places.length] as Path, to)
  }

/** Puts another id in the place of one. */
const atId =
  (at: number, id: string, isId: (value: unknown) => boolean): Change =>
  (payload) => {
    const places = placesIn(payload).filter((path) =>
      isId(path.reduce((inner: unknown, key) => (inner as Json)[key], payload)),
    )
    const place = places[at % Math.max(1, places.length)]
    if (place) change(payload, place, () => id)
  }

/** A place removed, made strange, or given a property with an odd name; or another's id. */
export const anyMutation = (ids: fc.Arbitrary<string>, isId: (value: unknown) => boolean): fc.Arbitrary<Change> =>
  fc.oneof(
    { weight: 2, arbitrary: anyNumber.map((at) => atPlace(at, () => undefined)) },
    { weight: 3, arbitrary: fc.tuple(anyNumber, strange).map(([at, value]) => atPlace(at, () => value)) },
    { weight: 2, arbitrary: fc.tuple(anyNumber, ids).map(([at, id]) => atId(at, id, isId)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(anyNumber, fc.constantFrom(...oddKeys), strange)
        .map(([at, key, value]) =>
          atPlace(at, (before) =>
            typeof before === 'object' && before !== null ? setOwn({ ...before }, key, value) : before,
          ),
        ),
    },
  )
