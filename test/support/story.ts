// One story for every surface: a review with decisions of each kind, played through a driver, and what it leaves in the log.
import { expect } from '@jest/globals'
import { announcement, answers } from '../../src/cli/demo/answers.ts'
import { checkStream } from '../../src/log/chain.ts'
import type { TestApp } from './app.ts'
import type { Driver } from './driver.ts'

/**
 * Plays the story as Paula, who proposes, and Sam, who decides.
 * @param milan gives the person who is asked and who does a mitigation, as a picker of the surface names them
 * @returns what every entry of the review says, but for who its people are and when it was
 */
export async function playStory(t: TestApp, driver: Driver, milan: () => Promise<string>): Promise<unknown[]> {
  const { press } = driver
  await driver.say('paula', announcement)
  for (const values of answers) {
    await press('paula', values === answers.at(-1) ? 'Draft the threats' : 'Next', values)
  }
  await press('paula', 'Treat T1')
  await press('paula', 'Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  await press('paula', 'Propose', {
    ...{ treatment: 'accept', reason: 'It is as likely without the copilot.', expires: inDays(60) },
    ...{ consequence: 'A key has to be changed.', residualLikelihood: '3', residualImpact: '5' },
  })
  await press('paula', 'Propose', {
    ...{ treatment: 'mitigate', plan: 'Keep instructions and content apart.', due: inDays(30), doer: await milan() },
  })
  await press('paula', 'Propose', { treatment: 'not_applicable', reason: 'There is no such content.' })
  await driver.leave('paula')

  await press('sam', 'Decide T1')
  await press('sam', 'Record my decision', { decision: 'sign' })
  await press('sam', 'Record my decision', { decision: 'decline', reason: 'Ninety days are too long for a key.' })
  await press('sam', 'Record my decision', { decision: 'sign' })
  await driver.leave('sam')

  await press('paula', 'Treat T2')
  await press('paula', 'Propose', {
    treatment: 'transfer',
    reason: 'The platform team holds the keys.',
    to: 'Platform',
  })
  await driver.leave('paula')
  await press('sam', 'Decide T2')
  await press('sam', 'Record my decision', { decision: 'sign' })
  await driver.leave('sam')
  await press('paula', 'Open questions')
  await press('paula', 'Ask', { to: await milan(), due: inDays(10) })
  expect(await driver.sees('paula')).toMatch(/15 threats, 3 decided/)

  const rows = await t.app.store.database.run(
    ({ sql }) => sql<{ body: string }[]>`
      select workspace, entry_id as id, stream, seq::int, type, body, encode(leaf_hash, 'hex') as "leafHash"
      from declog.entry where stream like 'review/%' order by seq`,
  )
  const check = checkStream(rows as unknown as Parameters<typeof checkStream>[0])
  expect(check.findings).toEqual([])
  return alike(rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>))
}

/** What is left of entries once people go by the order of their appearance, and what a surface brings along is gone. */
function alike(entries: Record<string, unknown>[]): unknown[] {
  const people = new Map<string, string>()
  const numbered = (person: string): string => {
    if (!people.has(person)) people.set(person, `person ${people.size + 1}`)
    return people.get(person) as string
  }
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value === 'string') {
      // Salted commitments and fingerprints over ids differ from run to run.
      if (/^[0-9a-f]{16,64}$/.test(value)) return 'hash'
      return value.replaceAll(/p-[0-9a-f-]{36}/g, numbered)
    }
    if (typeof value !== 'object' || value === null) return value
    const own = Object.entries(value).filter(([name]) => !['place', 'seconds', 'feature'].includes(name))
    return Object.fromEntries(own.map(([name, one]) => [name, plain(one)]))
  }
  return entries.map(({ type, actor, authority, data }) => {
    const { person, role } = actor as { person: string; role: string }
    const { rule } = (authority ?? {}) as { rule?: string }
    return { type, by: numbered(person), role, rule, data: plain(data) }
  })
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
