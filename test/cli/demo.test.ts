// The demo plays the whole job through the real application, twice at once, and leaves what it promises.

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { endChildren, startScript } from '../support/process.ts'

const folders: string[] = []
afterAll(async () => {
  endChildren()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

test('twice at the same time, within its limits, with a report and pictures', async () => {
  const demos = await Promise.all(
    [1, 2].map(async () => {
      const out = await temporaryDataDir('countersign-demo-out')
      folders.push(out)
      return { out, child: startScript('src/cli/main.ts', ['demo', '--out', out]) }
    }),
  )
  for (const { out, child } of demos) {
    expect(await child.ended).toBe(0)
    const output = child.output()
    const [, toDraft, toSignOff, threats] =
      /Start to draft: (\d+) interactions\. Draft to sign-off: (\d+), by two people, for (\d+) threats\./.exec(
        output,
      ) ?? []
    expect(Number(toDraft)).toBeLessThanOrEqual(8)
    expect(Number(threats)).toBe(15)
    expect(Number(toSignOff)).toBeLessThanOrEqual(30)
    expect(output).toContain('You proposed this, so someone else has to sign it: Sam.')
    expect(output).toContain('The log is consistent.')
    const report = await readFile(join(out, 'report.md'), 'utf8')
    expect(report).toMatch(/^# Threat model: Support copilot on GPT-4o\n\nSigned off by Sam/)
    expect(report.match(/^### T\d+ /gm)).toHaveLength(15)
    for (const picture of ['system.png', 'risks.png']) {
      expect((await readFile(join(out, picture))).subarray(1, 4).toString()).toBe('PNG')
    }
    expect(await readFile(join(out, 'system.svg'), 'utf8')).toContain('Datadog')
  }
})
