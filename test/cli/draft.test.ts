// `countersign draft`: one JSON object a line, no database, and broken files named by line and field.

import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { endChildren, startScript } from '../support/process.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryDataDir('countersign-draft')
  await writeFile(
    join(folder, 'good.json'),
    JSON.stringify({
      id: 'extra keys are ignored',
      intake: { feature_purpose: 'A chatbot.', users_exposure: 'Anyone.', nonsense: 'ignored' },
      structured: {
        ai_type: 'llm_chat',
        exposure: 'public',
        uses_tools: 'unknown',
        sensitive_data: ['personal'],
        nonsense: 1,
      },
    }),
  )
  await writeFile(
    join(folder, 'broken.json'),
    '{\n  "structured": {\n    "ai_type": "robot",\n    "sensitive_data": "personal"\n  }\n}',
  )
  await writeFile(join(folder, 'torn.json'), '{\n  "intake": {\n    "feature_purpose": "A chat')
})
afterAll(async () => {
  endChildren()
  await rm(folder, { recursive: true })
})

const run = (...args: string[]) =>
  startScript('src/cli/main.ts', ['draft', ...args], { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })
const file = (name: string) => join(folder, name)

test('prints one object a line, in order, in the promised shape', async () => {
  const child = run(file('good.json'), file('good.json'), '--json')
  expect(await child.ended).toBe(0)
  const lines = child
    .output()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toHaveLength(2)
  const [{ threats, openQuestions }] = lines
  expect(threats.length).toBeGreaterThan(4)
  expect(threats[0]).toEqual({
    id: expect.stringMatching(/^[a-z-]+@[a-z_]+-1$/),
    title: expect.any(String),
    statement: expect.stringMatching(/^[A-Z].*\.$/),
    component: expect.any(String),
    severity: expect.stringMatching(/^(low|medium|high|critical)$/),
    likelihood: expect.any(Number),
    impact: expect.any(Number),
    refs: { atlas: expect.any(Array), owasp: expect.any(Array), asi: expect.any(Array), stride: expect.any(Array) },
    evidence: expect.arrayContaining([{ question: expect.any(String), quote: expect.any(String) }]),
    conditionalOn: [],
    controls: expect.arrayContaining([{ id: expect.any(String), title: expect.any(String), kind: expect.any(String) }]),
    origin: 'floor',
    watched: false,
  })
  expect(openQuestions).toContain('uses_rag')
})

test('a broken file is named with line and field, and the others are still drafted', async () => {
  const child = run(file('broken.json'), file('torn.json'), file('none.json'), file('good.json'), '--json')
  expect(await child.ended).toBe(2)
  const output = child.output()
  expect(output).toMatch(/broken\.json:3: structured\.ai_type has to be llm_chat, llm_rag, .* or "unknown"/)
  expect(output).toMatch(/broken\.json:4: structured\.sensitive_data has to be a list of none, personal, /)
  expect(output).toMatch(/torn\.json:3: the file is not JSON/)
  expect(output).toMatch(/none\.json: .*no such file/)
  expect(output.split('\n').filter((line) => line.startsWith('{"threats"'))).toHaveLength(1)
})

test('without a file, or with an option that does not exist, it says how it is used', async () => {
  const none = run()
  expect(await none.ended).toBe(2)
  expect(none.output()).toContain('draft FILE... [--json]')
  const wrong = run('--yaml', file('good.json'))
  expect(await wrong.ended).toBe(2)
  expect(wrong.output()).toContain("Unknown option '--yaml'")
})
