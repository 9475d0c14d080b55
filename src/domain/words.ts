// A person's own words: kept apart from the hashed bytes of the log, and erasable.
import { z } from 'zod'

/** What stands where words were erased. Only erasure makes one; a person cannot type it. */
export const erased = { erased: true } as const
type Erased = typeof erased
export type Words = string | Erased

const marks = z.registry<{ personal: true }>()

/** Lone surrogates have no UTF-8 form and PostgreSQL refuses U+0000, so neither may reach a body or a value. */
export const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** A schema for a field that holds personal words of at most `limit` characters: plain text, or erased. */
export function personal(limit = 4000) {
  const text = z.string().min(1).max(limit).refine(storable, 'holds characters that cannot be stored')
  const schema = z.union([text, z.strictObject({ erased: z.literal(true) })])
  marks.add(schema, { personal: true })
  return schema as z.ZodType<Words>
}

/** Whether `personal()` made this schema. */
export function isPersonal(schema: z.core.$ZodType): boolean {
  return marks.has(schema)
}

/** The plain text, or undefined where it was erased. */
export function plain(words: Words): string | undefined {
  return typeof words === 'string' ? words : undefined
}
