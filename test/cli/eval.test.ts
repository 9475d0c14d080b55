// `countersign eval`: the numbers of a few small cases, worked out by hand, and what it says of broken ones.

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Case, readCase } from '../../src/cli/eval/case.ts'
import { contradictionsIn } from '../../src/cli/eval/contradictions.ts'
import { scoreOf, type Threat } from '../../src/cli/eval/score.ts'
import { type Drafter, stabilityOf } from '../../src/cli/eval/stability.ts'
import { unknownFacts } from '../../src/domain/fact.ts'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { endChildren, startScript } from '../support/process.ts'

const chat = {
  intake: { feature_purpose: 'A chatbot for our shop.', users_exposure: 'Anyone' },
  structured: { ai_type: 'llm_chat', exposure: 'public', user_types: ['consumers', 'children'] },
}
const detector = {
  structured: { ai_type: 'predictive_classifier', exposure: 'customer', uses_rag: false, uses_tools: false },
}

let folder: string
beforeAll(async () => {
  folder = await temporaryDataDir('countersign-eval')
  const write = async (name: string, files: Record<string, object | string>) => {
    await mkdir(join(folder, name))
    for (const [file, content] of Object.entries(files)) {
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      await writeFile(join(folder, name, file), text)
    }
  }
  // No catalogue names the techniques T9001 and up, so these numbers stand whatever the rules become.
  await write('tiny', {
    'shop-one.json': {
      ...chat,
      id: 'one',
      title: 'The shop’s\nchatbot',
      expected: { atlas_parents: ['AML.T0051.000', 'AML.T9001'], owasp_llm: ['LLM01:2025', 'LLM99:2025'] },
    },
    'shop-two.json': { ...chat, expected: { atlas_parents: ['AML.T9001'], owasp_llm: ['LLM98:2025'] } },
    'sensor.json': {
      ...detector,
      family: 'detectors',
      expected: {
        atlas_parents: ['AML.T9002', 'AML.T0051', 'AML.T9003', 'AML.T9004'],
        owasp_llm: ['LLM01:2025'],
        owasp_llm_applicable: false,
      },
    },
    'readme.txt': 'no case',
  })
  await write('broken', {
    'a-good.json': { ...chat, expected: { atlas_parents: ['AML.T0051'] } },
    'b-fact.json': '{\n  "structured": {\n    "ai_type": "robot"\n  },\n  "expected": {}\n}',
    'c-none.json': '{\n  "intake": {}\n}',
    'd-refs.json':
      '{\n  "expected": {\n    "atlas_parents": [\n      "AML.T0051",\n      "T0051"\n    ],\n    "owasp_llm": "LLM01:2025"\n  }\n}',
    'e-torn.json': '{\n  "expected": {',
    'f-list.json': '[]',
  })
  await write('empty', { 'notes.md': '' })
  await write('hopeless', { 'a.json': '{' })
  tiny = await evaluated('tiny')
})
afterAll(async () => {
  endChildren()
  await rm(folder, { recursive: true })
})

const run = (...args: string[]) =>
  startScript('src/cli/main.ts', args, { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })
let tiny: Awaited<ReturnType<typeof evaluated>>
const evaluated = async (name: string, code = 0) => {
  const child = run('eval', join(folder, name), '--json')
  expect(await child.ended).toBe(code)
  const documents = child
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  expect(documents).toHaveLength(1)
  return JSON.parse(documents[0] as string)
}

test('three cases score what can be worked out by hand', async () => {
  const drafting = run('draft', join(folder, 'tiny/shop-one.json'), '--json')
  await drafting.ended
  const { threats } = JSON.parse(drafting.output())
  const categories = new Set(threats.slice(0, 15).flatMap((one: Threat) => one.refs.owasp[0] ?? []))

  const { cases, summary } = tiny
  const [sensor, one, two] = cases
  expect(cases.map(({ file }: Case) => file)).toEqual(['sensor.json', 'shop-one.json', 'shop-two.json'])
  expect(one).toMatchObject({
    id: 'one',
    family: 'shop',
    length: threats.length,
    recall: { 10: 0.5, 15: 0.5, 20: 0.5 },
  })
  expect(one.missed).toEqual([{ id: 'AML.T9001' }, { id: 'LLM99:2025' }])
  // One of two expected categories, among all those that are named: 2 · 1 / (2 + named).
  expect(one.f1).toBeCloseTo(2 / (2 + categories.size))
  expect(two).toMatchObject({ id: 'shop-two', recall: { 10: 0, 15: 0, 20: 0 }, f1: 0, length: threats.length })
  expect(sensor).toMatchObject({ family: 'detectors', recall: { 10: 0, 15: 0, 20: 0 }, f1: null })
  expect(sensor.missed.map(({ id }: { id: string }) => id)).not.toContain('LLM01:2025')

  expect(summary).toMatchObject({ cases: 3, f1Cases: 2, duplicates: 0, threats: 2 * threats.length + sensor.length })
  expect(summary.recall[15]).toBeCloseTo(1 / 6)
  expect(summary.f1).toBeCloseTo(1 / (2 + categories.size))
  expect(summary.length).toBeCloseTo((2 * threats.length + sensor.length) / 3)
})

test('the frequency list is made without the case’s own family', async () => {
  const { cases, summary } = tiny
  const [sensor, one, two] = cases
  // The detector’s four techniques, of which the chatbot shares T0051; its sibling’s T9001 is not among them.
  expect(one).toMatchObject({ frequency: { 15: 0.5 }, lift: { 15: 0 } })
  expect(two).toMatchObject({ frequency: { 15: 0 }, lift: { 15: 0 } })
  expect(sensor).toMatchObject({ frequency: { 15: 0.25 }, lift: { 15: -0.25 } })
  expect(summary.lift[15]).toBeCloseTo(-0.25 / 3)
  const alone = await evaluated('broken', 2)
  expect(alone.cases).toMatchObject([
    { file: 'a-good.json', family: 'a', recall: { 15: 1 }, frequency: null, lift: null },
  ])
})

test('edits that change no fact keep every id', () => {
  const { cases, summary } = tiny
  const [sensor, one] = cases
  // Two answers with spaces and with a sentence, and three facts said again; the detector has four facts.
  expect(one.stability).toMatchObject({ edits: 7, jaccard: 1 })
  expect(sensor.stability).toMatchObject({ edits: 4, jaccard: 1 })
  expect(summary.stability).toMatchObject({ edits: 18, jaccard: 1, changes: expect.any(Number) })
  expect(summary.stability.kept).toBeGreaterThan(0.9)
})

test('--json is one document with everything in it', async () => {
  const document = await evaluated('broken', 2)
  const depths = { 10: 1, 15: 1, 20: 1 }
  expect(document).toEqual({
    drafter: 'floor',
    catalogue: expect.stringMatching(/^floor\/\d+$/),
    cases: [
      {
        ...{ file: 'a-good.json', id: 'a-good', family: 'a', length: expect.any(Number), listed: expect.any(Number) },
        ...{ recall: depths, frequency: null, lift: null, f1: null, missed: [], contradictions: [], duplicates: [] },
        stability: {
          edits: 7,
          jaccard: 1,
          changes: expect.any(Number),
          kept: expect.any(Number),
          moved: expect.any(Array),
        },
      },
    ],
    broken: expect.arrayContaining([{ file: 'c-none.json', line: 1, field: 'expected', problem: expect.any(String) }]),
    summary: {
      ...{
        cases: 1,
        recall: depths,
        frequency: null,
        lift: null,
        f1: null,
        f1Cases: 0,
        contradictions: 0,
        duplicates: 0,
      },
      ...{ length: expect.any(Number), listed: expect.any(Number), threats: expect.any(Number) },
      stability: { edits: 7, jaccard: 1, changes: expect.any(Number), kept: expect.any(Number) },
    },
  })
})

test('in words, it fits a hundred columns', async () => {
  const child = run('eval', join(folder, 'tiny'))
  expect(await child.ended).toBe(0)
  const output = child.output()
  expect(output).toMatch(/^3 cases, drafted by the floor \(floor\/\d+\)$/m)
  expect(output).toMatch(/^one {2}The shop’s chatbot +0\.50 +0\.\d\d +\d+$/m)
  expect(output).toMatch(/^ +missed +AML\.T9001; LLM99:2025$/m)
  expect(output).toMatch(/^sensor +0\.00 +– +\d+$/m)
  expect(output).toMatch(/^ +missed +AML\.T9002; AML\.T0051 LLM Prompt Injection; AML\.T9003; AML\.T9004$/m)
  expect(output).toMatch(/^recall by ATLAS technique +0\.167 +0\.167 +0\.167$/m)
  expect(output).toMatch(/^lift over it +-0\.083 +-0\.083 +-0\.083$/m)
  expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
})

test('a broken case is named with line and field, and the others are still scored', async () => {
  const child = run('eval', join(folder, 'broken'))
  expect(await child.ended).toBe(2)
  const output = child.output()
  expect(output).toMatch(/b-fact\.json:3: structured\.ai_type has to be llm_chat, /)
  expect(output).toMatch(/c-none\.json:1: expected has to hold the expected references/)
  expect(output).toMatch(
    /d-refs\.json:5: expected\.atlas_parents\.1 has to be an ATLAS technique, such as AML\.T0051$/m,
  )
  expect(output).toMatch(/d-refs\.json:7: expected\.owasp_llm .*expected array/)
  expect(output).toMatch(/e-torn\.json:2: the file is not JSON/)
  expect(output).toMatch(/f-list\.json:1: the file /)
  expect(output).toMatch(/^1 case, drafted by the floor/m)
})

test('without a case, or a directory, it says so', async () => {
  const wrong: [args: string[], words: string][] = [
    [[], 'eval DIR [--json]'],
    [[folder, folder], 'Name one directory'],
    [[join(folder, 'empty')], 'holds no case'],
    [[join(folder, 'nowhere')], 'no such file or directory'],
    [[join(folder, 'hopeless')], 'a.json:1: the file is not JSON'],
  ]
  const children = wrong.map(([args]) => run('eval', ...args))
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(wrong.map(() => 2))
  for (const [i, [, words]] of wrong.entries()) expect(children[i]?.output()).toContain(words)
})

const aCase = (expected: object, structured = {}): Case => {
  const read = readCase('a.json', JSON.stringify({ structured, expected }))
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read
}
const threat = (id: string, atlas: string[], owasp: string[] = []): Threat => ({
  id,
  watched: false,
  refs: { atlas, owasp },
})

test('only first references count, and recall looks as far down as it says', () => {
  const filler = (from: number, n: number) => Array.from({ length: n }, (_, i) => threat(`f-${from + i}`, []))
  const threats = [
    threat('a', ['AML.T0001.002', 'AML.T0009'], ['LLM01:2025', 'LLM09:2025']),
    ...filler(0, 9),
    threat('b', ['AML.T0002'], ['LLM02:2025']),
    ...filler(9, 4),
    threat('c', ['AML.T0003'], ['LLM03:2025']),
    threat('a', ['AML.T0001']),
  ]
  const one = aCase({
    atlas_parents: ['AML.T0001', 'AML.T0002', 'AML.T0003', 'AML.T0009'],
    owasp_llm: ['LLM01:2025', 'LLM09:2025', 'LLM03:2025'],
  })
  const score = scoreOf(one, threats, [one])
  expect(score).toMatchObject({ recall: { 10: 0.25, 15: 0.5, 20: 0.75 }, length: 17, duplicates: ['a'] })
  // Two categories stand among the first fifteen, one of the three expected: 2 · 1 / (3 + 2).
  expect(score.f1).toBeCloseTo(0.4)
  expect(score.missed).toEqual(['AML.T0003', 'AML.T0009', 'LLM09:2025', 'LLM03:2025'])
})

test('a threat the facts rule out is a contradiction; the unknown rules nothing out', () => {
  const threats = [
    threat('retrieval', ['AML.T0070']),
    threat('vectors', [], ['LLM08:2025']),
    threat('tool-data', ['AML.T0085.001']),
    threat('rag-data', ['AML.T0085.000']),
    threat('agency', ['AML.T0048'], ['LLM06:2025']),
    threat('memory', ['AML.T0080.000']),
    threat('poisoning', ['AML.T0020']),
    threat('injection', ['AML.T0051.001']),
    threat('second', ['AML.T0015', 'AML.T0051'], ['LLM03:2025', 'LLM06:2025']),
  ]
  const found = (facts: object) => contradictionsIn({ ...unknownFacts(), ...facts }, threats).map(({ id }) => id)
  expect(found({})).toEqual([])
  expect(found({ uses_rag: false })).toEqual(['retrieval', 'vectors'])
  expect(found({ uses_tools: false })).toEqual(['tool-data', 'agency'])
  expect(found({ has_memory: 'not_applicable' })).toEqual(['memory'])
  expect(found({ trains_or_fine_tunes: false })).toEqual(['poisoning'])
  expect(found({ trains_or_fine_tunes: false, user_data_reused_for_training: true })).toEqual([])
  for (const ai_type of ['predictive_classifier', 'biometric', 'translation'])
    expect(found({ ai_type })).toEqual(['injection'])
  const all = {
    ai_type: 'biometric',
    uses_rag: false,
    uses_tools: false,
    has_memory: false,
    trains_or_fine_tunes: false,
  }
  expect(found(all)).toHaveLength(7)
  const one = aCase({}, { uses_rag: false })
  expect(scoreOf(one, threats, [one]).contradictions).toHaveLength(2)
})

test('a drafter that renames or drops threats loses stability, and what moved is named', () => {
  const { intake } = aCase({}, { uses_rag: true, output_handling: ['plain_text', 'human_read'] })
  const basis = [{ fact: 'uses_rag' as const, value: true }]
  const fickle: Drafter = ({ facts }) => ({
    threats: [
      { id: 'rests', basis, conditionalOn: [] },
      { id: 'hangs', basis: [], conditionalOn: ['uses_rag'] },
      { id: `order-${[facts.output_handling].flat()[0]}`, basis: [], conditionalOn: ['output_handling'] },
      ...(facts.uses_rag === true ? [{ id: 'silent', basis: [], conditionalOn: [] }] : []),
    ],
  })
  const { edits, jaccard, changes, kept, moved } = stabilityOf(intake, fickle)
  // Two facts are said again; the choice in another order renames one id of four: 3 kept of 5.
  expect(edits).toBe(2)
  expect(jaccard).toBeCloseTo((1 + 3 / 5) / 2)
  // False and unknown each lose one of the two that do not rest on retrieval; no other change loses anything.
  expect(kept).toBeCloseTo((changes - 2 * 0.5) / changes)
  expect(moved).toEqual([
    { edit: 'output_handling is said again', ids: ['order-plain_text', 'order-human_read'] },
    { edit: 'uses_rag becomes false', ids: ['silent'] },
    { edit: 'uses_rag becomes unknown', ids: ['silent'] },
  ])
})
