// Entries as bytes: what goes in comes out, personal words stay outside, and what cannot be written exactly is refused.
import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Recorded } from '../../src/domain/entry.ts'
import { erased } from '../../src/domain/words.ts'
import { canonical } from '../../src/log/canonical.ts'
import { commitmentsIn, decode, type Encoded, encode } from '../../src/log/codec.ts'
import { commitmentTo, leafHash, noEntry } from '../../src/log/hash.ts'
import { supportCopilot } from '../support/intakes.ts'
import { World } from '../support/world.ts'

const placed = {
  log: 'test',
  id: '01935d0c-0000-7000-8000-000000000000',
  stream: 'review/r1',
  seq: 1,
  prev: noEntry,
  at: '2026-11-21T09:00:00.000Z',
  command: '0'.repeat(64),
  source: 'test',
}
const by = { actor: { person: 'paula', role: 'requester' as const, via: 'web' as const } }
const answered = (words: string): Recorded => ({
  type: 'question.answered',
  data: { question: 'feature_purpose', words, settled: true },
  ...by,
})
const revealing = ({ secrets }: Encoded) => {
  const words = new Map(secrets.map(({ commitment, value }) => [commitment, value]))
  return (commitment: string) => words.get(commitment)
}

describe('every entry of a whole review', () => {
  let world: World
  beforeAll(() => {
    world = new World()
    world.draft(supportCopilot)
    const id = 'direct-injection@model-1'
    const rating = world.context('paula').review.threats[id]?.rating as { likelihood: number; impact: number }
    const treatment = {
      kind: 'accept' as const,
      reason: 'Secret reason',
      consequence: 'Secret consequence',
      expires: '2026-12-20',
      residual: rating,
    }
    world.do('milan', { type: 'correct', ...world.on(id), title: 'Secret title', statement: 'Secret statement' })
    world.do('paula', { type: 'propose', ...world.on(id), rating, treatment })
  })

  test('comes back as it was', () => {
    for (const entry of world.log.review) {
      const { type, data, actor, authority } = entry
      const encoded = encode({ type, data, actor, authority } as Recorded, { ...placed, seq: entry.seq, at: entry.at })
      expect(decode(encoded.body, revealing(encoded))).toEqual(encoded.entry)
      expect(encoded.entry.data).toEqual(data)
    }
  })

  test('holds none of the words people wrote', () => {
    const secret = ['Secret', 'Confluence', 'Datadog', 'LangChain', 'Copilot']
    for (const { type, data, actor, authority, at, seq } of world.log.review) {
      const { body } = encode({ type, data, actor, authority } as Recorded, { ...placed, seq, at })
      expect(secret.filter((word) => body.includes(word))).toEqual([])
    }
  })
})

test('the leaf hash is SHA-256 over a zero byte and the body', () => {
  expect(leafHash('')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
})

test('the same words twice have two commitments, and each opens with its salt only', () => {
  const [a, b] = [encode(answered('the same'), placed), encode(answered('the same'), placed)]
  expect(a.secrets[0]?.commitment).not.toBe(b.secrets[0]?.commitment)
  const [secret] = a.secrets
  if (!secret) throw new Error('no words were committed to')
  expect(commitmentTo(secret.value, secret.salt)).toBe(secret.commitment)
  expect(commitmentTo('the Same', secret.salt)).not.toBe(secret.commitment)
})

test('words that are gone read as erased', () => {
  const { body } = encode(answered('to be forgotten'), placed)
  expect(decode(body, () => undefined).data).toMatchObject({ words: erased })
  expect(commitmentsIn(body)).toHaveLength(1)
})

describe('what cannot be written exactly is refused', () => {
  test.each([
    ['a float', { n: 1.5 }],
    ['an integer that would be rounded', { n: 2 ** 53 + 1 }],
    ['U+0000', { s: 'a\0b' }],
    ['a lone surrogate', { s: '\ud800' }],
    ['a hole in a list', { l: [undefined] }],
    ['a body over 65,535 bytes', { s: 'é'.repeat(40_000) }],
  ])('%s', (_, body) => {
    expect(() => canonical(body)).toThrow(RangeError)
  })

  test('words with a lone surrogate, words already erased, and keys nobody knows', () => {
    expect(() => encode(answered('\udfff'), placed)).toThrow()
    expect(() => encode(answered(erased as never), placed)).toThrow(RangeError)
    const unknown = { type: 'question.skipped', data: { question: 'secrets_keys', extra: 1 }, ...by } as never
    expect(() => encode(unknown, placed)).toThrow()
    expect(() => encode({ type: 'made.up', data: {}, ...by } as never, placed)).toThrow(RangeError)
  })

  test('a body that another version wrote', () => {
    const { body } = encode(answered('x'), placed)
    expect(() => decode(body.replace('"v":1', '"v":2'), () => 'x')).toThrow()
  })
})

test('the canonical form does not depend on the order of keys', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string({ unit: 'grapheme' }),
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean()),
      ),
      (body) => {
        const turned = Object.fromEntries(Object.entries(body).reverse())
        expect(canonical(turned)).toBe(canonical(body))
        expect(JSON.parse(canonical(body))).toEqual(body)
      },
    ),
    { seed: 4711 },
  )
})
