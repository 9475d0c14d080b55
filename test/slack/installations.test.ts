// Slack's tokens at rest: nothing readable stands in the table, nothing changed or moved is taken, nothing outlives delete.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt'
import fc from 'fast-check'
import { Instruction } from '../../src/instruction.ts'
import { installationStore, readSecretKey } from '../../src/slack/installations.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let fresh: FreshDatabase
let database: Database
beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.url)
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const key = randomBytes(32)
/** A store that has nothing in memory. */
const cold = (withKey = key): InstallationStore => installationStore(database, withKey)
let store: InstallationStore
beforeEach(async () => {
  await database.run(({ sql }) => sql`truncate countersign.slack_installation`)
  store = cold()
})

const bot = (name: string) => ({ token: `xoxb-${name}`, scopes: ['chat:write'], id: 'B1', userId: 'U1' })
const inTeam = (id: string, name = id): Installation<'v2', false> => ({
  team: { id, name: 'Bäckerei 🥐' },
  enterprise: { id: 'E1' },
  user: { id: 'U2', token: undefined, scopes: undefined },
  bot: bot(name),
  isEnterpriseInstall: false,
  authVersion: 'v2',
})
const inOrganisation: Installation<'v2', true> = {
  team: undefined,
  enterprise: { id: 'E1' },
  user: { id: 'U2', token: undefined, scopes: undefined },
  bot: bot('E1'),
  isEnterpriseInstall: true,
  authVersion: 'v2',
}
const ofTeam = (teamId: string): InstallationQuery<false> => ({
  teamId,
  enterpriseId: 'E1',
  isEnterpriseInstall: false,
})
const ofOrganisation: InstallationQuery<true> = { teamId: undefined, enterpriseId: 'E1', isEnterpriseInstall: true }

async function sealed(id: string): Promise<Buffer> {
  const [row] = await database.run(
    ({ sql }) => sql<{ sealed: Buffer }[]>`select sealed from countersign.slack_installation where key = ${id}`,
  )
  return row?.sealed as Buffer
}
const setSealed = (id: string, bytes: Buffer) =>
  database.run(({ sql }) => sql`update countersign.slack_installation set sealed = ${bytes} where key = ${id}`)

async function refusal(reading: Promise<unknown>): Promise<Instruction> {
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Instruction)
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('xoxb')
  return error as Instruction
}

describe('kept', () => {
  test('what was stored comes back, from memory and from the database, teams and organisations apart', async () => {
    await store.storeInstallation(inTeam('T1'))
    await store.storeInstallation(inTeam('T2'))
    await store.storeInstallation(inOrganisation)
    for (const one of [store, store, cold()]) {
      expect(await one.fetchInstallation(ofTeam('T1'))).toEqual(inTeam('T1'))
      expect(await one.fetchInstallation(ofTeam('T2'))).toEqual(inTeam('T2'))
      expect(await one.fetchInstallation(ofOrganisation)).toEqual(inOrganisation)
    }
  })

  test('a team of an organisation is asked for at the organisation when that is where it was installed', async () => {
    await store.storeInstallation(inOrganisation)
    expect(await store.fetchInstallation({ ...ofOrganisation, teamId: 'T1' as never })).toEqual(inOrganisation)
    await expect(store.fetchInstallation(ofTeam('T1'))).rejects.toThrow('Slack T1 has not installed Countersign')
  })

  test('the newest installation of a team is the one', async () => {
    await store.storeInstallation(inTeam('T1', 'old'))
    await store.fetchInstallation(ofTeam('T1'))
    await store.storeInstallation(inTeam('T1', 'new'))
    expect((await store.fetchInstallation(ofTeam('T1'))).bot?.token).toBe('xoxb-new')
  })

  test('what a caller does to its copy stays with the caller', async () => {
    await store.storeInstallation(inTeam('T1'))
    const copy = await store.fetchInstallation(ofTeam('T1'))
    Object.assign(copy.bot ?? {}, { token: 'other' })
    expect((await store.fetchInstallation(ofTeam('T1'))).bot?.token).toBe('xoxb-T1')
  })

  test('an installation without its id is refused, without its tokens', async () => {
    const nowhere = { ...inTeam('T1'), team: undefined } as unknown as Installation
    await expect(store.storeInstallation(nowhere)).rejects.toThrow(/^Slack named no team for an installation$/)
  })
})

describe('in the table', () => {
  test('nothing can be read', async () => {
    await store.storeInstallation(inTeam('T1'))
    const [row] = await database.run(
      ({ sql }) => sql<{ all: string }[]>`
        select t::text || encode(sealed, 'escape') as all from countersign.slack_installation t`,
    )
    expect(row?.all).not.toMatch(/xox|token|chat:write/)
    expect((await sealed('T1')).includes('xoxb')).toBe(false)
  })

  test('the same installation written twice differs', async () => {
    await store.storeInstallation(inTeam('T1'))
    const first = await sealed('T1')
    await store.storeInstallation(inTeam('T1'))
    const second = await sealed('T1')
    expect(second.equals(first)).toBe(false)
    expect(second.subarray(1, 13).equals(first.subarray(1, 13))).toBe(false)
  })

  test('a bit that flipped anywhere is refused', async () => {
    await store.storeInstallation(inTeam('T1'))
    const good = await sealed('T1')
    const flip = async (bit: number) => {
      const bad = Buffer.from(good)
      bad[bit >> 3] = (bad[bit >> 3] as number) ^ (1 << (bit & 7))
      await setSealed('T1', bad)
      const { message } = await refusal(cold().fetchInstallation(ofTeam('T1')))
      expect(message).toContain('changed in the database. To go on there, install Countersign in that Slack again')
    }
    // Every bit of version, nonce and tag, and any of the text.
    for (let bit = 0; bit < 30 * 8; bit += 1) await flip(bit)
    await fc.assert(fc.asyncProperty(fc.nat(good.length * 8 - 1), flip), { numRuns: 50 })
    await setSealed('T1', good)
    expect(await cold().fetchInstallation(ofTeam('T1'))).toEqual(inTeam('T1'))
  })

  test.each([0, 1, 13, 20, 28, 29, 100])('a row cut to %i bytes is refused', async (length) => {
    await store.storeInstallation(inTeam('T1'))
    await setSealed('T1', (await sealed('T1')).subarray(0, length))
    await refusal(cold().fetchInstallation(ofTeam('T1')))
  })

  test('rows that changed places are refused', async () => {
    await store.storeInstallation(inTeam('T1'))
    await store.storeInstallation(inTeam('T2'))
    const [one, two] = [await sealed('T1'), await sealed('T2')]
    await setSealed('T1', two)
    await setSealed('T2', one)
    for (const id of ['T1', 'T2']) await refusal(cold().fetchInstallation(ofTeam(id)))
  })

  test('another key is refused, and what to do is said', async () => {
    await store.storeInstallation(inTeam('T1'))
    const { message } = await refusal(cold(randomBytes(32)).fetchInstallation(ofTeam('T1')))
    expect(message).toBe(
      'The Slack tokens of T1 were encrypted with another key. Set the same COUNTERSIGN_SECRET_KEY as before, or install Countersign in that Slack again.',
    )
  })
})

describe('in memory', () => {
  const remove = (one: InstallationStore, query: InstallationQuery<boolean>) => one.deleteInstallation?.(query)

  test('a deleted installation is gone at once, and only that one', async () => {
    await store.storeInstallation(inTeam('T1'))
    await store.storeInstallation(inOrganisation)
    await store.fetchInstallation(ofTeam('T1'))
    await remove(store, ofTeam('T1'))
    await expect(store.fetchInstallation(ofTeam('T1'))).rejects.toThrow('has not installed')
    await expect(cold().fetchInstallation(ofTeam('T1'))).rejects.toThrow('has not installed')
    expect(await store.fetchInstallation(ofOrganisation)).toEqual(inOrganisation)
    await remove(store, ofOrganisation)
    await expect(store.fetchInstallation(ofOrganisation)).rejects.toThrow('has not installed')
  })

  test('a read that was under way during a delete leaves nothing behind', async () => {
    for (let round = 0; round < 30; round += 1) {
      await store.storeInstallation(inTeam('T1'))
      const reads = Array.from({ length: 5 }, () => store.fetchInstallation(ofTeam('T1')))
      await Promise.all([...reads.map((one) => one.catch(() => {})), remove(store, ofTeam('T1'))])
      await expect(store.fetchInstallation(ofTeam('T1'))).rejects.toThrow('has not installed')
    }
  })

  test('reads within a minute ask the database once; after it, what another process did is seen', async () => {
    await store.storeInstallation(inTeam('T1', 'old'))
    await store.fetchInstallation(ofTeam('T1'))
    await cold().storeInstallation(inTeam('T1', 'new'))
    const clock = jest.spyOn(Date, 'now')
    const start = Date.now()
    try {
      clock.mockReturnValue(start + 50_000)
      expect((await store.fetchInstallation(ofTeam('T1'))).bot?.token).toBe('xoxb-old')
      clock.mockReturnValue(start + 61_000)
      expect((await store.fetchInstallation(ofTeam('T1'))).bot?.token).toBe('xoxb-new')
    } finally {
      clock.mockRestore()
    }
  })
})

describe('the secret key', () => {
  const bytes = randomBytes(32)
  test.each([
    ['base64', bytes.toString('base64')],
    ['base64 without its padding', bytes.toString('base64').replace('=', '')],
    ['hex', bytes.toString('hex')],
    ['capital hex', bytes.toString('hex').toUpperCase()],
    ['with a line break', `${bytes.toString('base64')}\n`],
  ])('%s', (_, text) => expect(readSecretKey(text).equals(bytes)).toBe(true))

  test.each(['', 'secret', bytes.toString('hex').slice(2), `${bytes.toString('hex')}00`, 'x'.repeat(64)])(
    '“%s” is refused without being repeated',
    (text) => {
      expect(() => readSecretKey(text)).toThrow(Instruction)
      expect(() => readSecretKey(text)).toThrow(
        /^COUNTERSIGN_SECRET_KEY has to be 32 bytes as base64 or 64 hex digits. Make one with: openssl rand -base64 32$/,
      )
    },
  )
})
