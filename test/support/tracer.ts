// The tracer: one question, one threat, one proposed and one approved treatment, and a log that verifies.
import { expect } from '@jest/globals'
import { announcement, answers as waveValues } from '../../src/cli/demo/answers.ts'
import { checkStream } from '../../src/log/chain.ts'
import type { TestApp } from './app.ts'
import type { Driver } from './driver.ts'

/**
 * Plays the tracer through a surface and gives the types of the entries it left.
 * @param milan gives the person who does the mitigation
 */
export async function playTracer(t: TestApp, driver: Driver, milan: () => Promise<string>): Promise<string[]> {
  await driver.say('paula', announcement)
  await driver.press('paula', 'Next', waveValues[0])
  for (const label of ['Skip these', 'Skip these', 'Skip these', 'Skip these']) await driver.press('paula', label)
  expect(await driver.sees('paula')).toMatch(/For you to propose/)

  await driver.press('paula', 'Treat T1')
  await driver.press('paula', 'Propose', {
    likelihood: '3',
    impact: '4',
    treatment: 'mitigate',
    plan: 'Keep instructions and content apart, and test it before release.',
    due: inDays(30),
    doer: await milan(),
  })
  expect(await driver.sees('paula')).toMatch(/waits on/)
  await driver.leave('paula')

  await driver.press('sam', 'Decide T1')
  await driver.press('sam', 'Record my decision', { decision: 'sign' })
  expect(await driver.sees('sam')).toMatch(/In your name/)
  expect(await driver.sees('paula')).toMatch(/signed by Sam/)

  const entries = await t.app.store.database.run(
    ({ sql }) => sql`
      select workspace, entry_id as id, stream, seq::int, type, body, encode(leaf_hash, 'hex') as "leafHash"
      from declog.entry where stream like 'review/%' order by seq`,
  )
  const check = checkStream(entries as unknown as Parameters<typeof checkStream>[0])
  expect(check.findings).toEqual([])
  return entries.map(({ type }) => type)
}

/** A day so many days from now. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
