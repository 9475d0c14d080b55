// Walks an event's data along its schema and changes the fields marked as personal.
import type { z } from 'zod'
import { isPersonal } from '../domain/words.ts'

type Schema = z.core.$ZodType
type Change = (value: unknown) => unknown

/** Nothing below most schemas is personal, so most data is never copied. */
const memo = new WeakMap<Schema, boolean>()

/**
 * The data with every personal field replaced by `change(field)`. Unions are followed by their discriminator, which is
 * never personal itself; data that fits no option is returned as it is and fails validation.
 */
export function changePersonal(schema: Schema, data: unknown, change: Change): unknown {
  if (data === undefined || !holdsPersonal(schema)) return data
  if (isPersonal(schema)) return change(data)
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      if (typeof data !== 'object' || data === null) return data
      return Object.fromEntries(
        Object.entries(data).map(([key, value]) => {
          const field = def.shape[key]
          return [key, field ? changePersonal(field, value, change) : value]
        }),
      )
    case 'array':
      return Array.isArray(data) ? data.map((item) => changePersonal(def.element, item, change)) : data
    case 'optional':
    case 'nullable':
      return changePersonal(def.innerType, data, change)
    case 'union': {
      const option = optionFor(def as z.core.$ZodDiscriminatedUnionDef, data)
      return option ? changePersonal(option, data, change) : data
    }
    default:
      throw new Error(`personal words inside a ${def.type} schema are not supported`)
  }
}

function holdsPersonal(schema: Schema): boolean {
  const known = memo.get(schema)
  if (known !== undefined) return known
  const holds = isPersonal(schema) || inner(schema).some(holdsPersonal)
  memo.set(schema, holds)
  return holds
}

function inner(schema: Schema): Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'object') return Object.values(def.shape)
  if (def.type === 'array') return [def.element]
  if (def.type === 'union') return [...def.options]
  if (def.type === 'optional' || def.type === 'nullable') return [def.innerType]
  return []
}

function optionFor({ discriminator, options }: z.core.$ZodDiscriminatedUnionDef, data: unknown): Schema | undefined {
  if (!discriminator) throw new Error('a union that holds personal words needs a discriminator')
  const kind = (data as Record<string, unknown>)[discriminator]
  return options.find((option) => {
    const { def } = (option as z.core.$ZodObject)._zod
    const literal = def.shape[discriminator] as z.core.$ZodLiteral | undefined
    return literal?._zod.def.values.includes(kind as string)
  })
}
