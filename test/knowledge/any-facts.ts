// Systems at random, for properties of the floor.
import fc from 'fast-check'
import { type Facts, factKeys, factValues } from '../../src/domain/fact.ts'

/** Any value a fact can have, unknown among them. */
export const anyFacts: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(
    factKeys.map((key) => {
      const schema = factValues[key]
      const value: fc.Arbitrary<unknown> =
        schema.type === 'boolean'
          ? fc.boolean()
          : schema.type === 'enum'
            ? fc.constantFrom(...schema.options)
            : fc.uniqueArray(fc.constantFrom(...schema.element.options), { minLength: 1, maxLength: 4 })
      return [key, fc.oneof({ weight: 5, arbitrary: value }, { weight: 2, arbitrary: fc.constant('unknown') })]
    }),
  ),
) as never
