// Where Slack's tokens are kept: one encrypted row per team or organisation that installed the bot.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt'
import { Instruction } from '../instruction.ts'
import type { Database } from '../store/database.ts'
import {
  putSealedInstallation,
  removeInstallation,
  type SealedInstallation,
  sealedInstallation,
} from '../store/slack.ts'

/** Every event reads its installation; another process's change is seen after this at the latest. */
const keptMs = 60_000
const keptAtMost = 1000

/**
 * Bolt's store of installations, on the database. Tokens are encrypted there, and in memory between events. A team has
 * one installation, the newest: whose user id a query carries makes no difference.
 * @param key 32 bytes; see {@link readSecretKey}
 * @returns a store whose reads throw an Instruction when a row cannot be decrypted, an Error when there is none
 */
export function installationStore(database: Database, key: Buffer): InstallationStore {
  const kept = new Map<string, { row: SealedInstallation; until: number }>()
  let writes = 0
  const forget = (id: string) => {
    writes += 1
    kept.delete(id)
  }
  const read = async (id: string): Promise<SealedInstallation | undefined> => {
    const known = kept.get(id)
    if (known && known.until > Date.now()) return known.row
    const before = writes
    const row = await sealedInstallation(database, id)
    // What was read while something was written may be the old row, and would outlive it.
    if (row && before === writes) keep(id, row)
    return row
  }
  const keep = (id: string, row: SealedInstallation) => {
    kept.delete(id)
    const [oldest] = kept.keys()
    if (oldest !== undefined && kept.size >= keptAtMost) kept.delete(oldest)
    kept.set(id, { row, until: Date.now() + keptMs })
  }
  return {
    async storeInstallation(installation) {
      const { isEnterpriseInstall, enterprise, team } = installation
      const id = idOf(isEnterpriseInstall === true, enterprise?.id, team?.id)
      try {
        await putSealedInstallation(database, id, seal(key, id, JSON.stringify(installation)))
      } finally {
        forget(id)
      }
    },
    async fetchInstallation(query) {
      const id = asked(query)
      const row = await read(id)
      if (!row) throw new Error(`Slack ${id} has not installed Countersign`)
      return JSON.parse(open(key, id, row)) as Installation<'v1' | 'v2', boolean>
    },
    async deleteInstallation(query) {
      const id = asked(query)
      try {
        await removeInstallation(database, id)
      } finally {
        forget(id)
      }
    },
  }
}

function asked({ isEnterpriseInstall, enterpriseId, teamId }: InstallationQuery<boolean>): string {
  return idOf(isEnterpriseInstall, enterpriseId, teamId)
}

function idOf(orgWide: boolean, enterprise: string | undefined, team: string | undefined): string {
  const id = orgWide ? enterprise : team
  if (!id) throw new Error(`Slack named no ${orgWide ? 'organisation' : 'team'} for an installation`)
  return id
}

/** How a sealed row is laid out: version (1 byte), nonce (12), tag (16), ciphertext. */
const version = 1
const [nonceAt, tagAt, bodyAt] = [1, 13, 29]
const algorithm = 'aes-256-gcm'
const keyIdOf = (key: Buffer): string => createHash('sha256').update('key id').update(key).digest('hex').slice(0, 16)
/** What a row is bound to: sealed under one id, it does not open under another. */
const boundTo = (id: string): Buffer => Buffer.from(JSON.stringify(['slack_installation', version, id]))

function seal(key: Buffer, id: string, text: string): SealedInstallation {
  const nonce = randomBytes(tagAt - nonceAt)
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: bodyAt - tagAt }).setAAD(boundTo(id))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { sealed: Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]), keyId: keyIdOf(key) }
}

function open(key: Buffer, id: string, { sealed, keyId }: SealedInstallation): string {
  try {
    if (sealed[0] !== version) throw new Error('the version is not known')
    const nonce = sealed.subarray(nonceAt, tagAt)
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: bodyAt - tagAt })
    decipher.setAAD(boundTo(id)).setAuthTag(sealed.subarray(tagAt, bodyAt))
    return Buffer.concat([decipher.update(sealed.subarray(bodyAt)), decipher.final()]).toString('utf8')
  } catch {
    const again = 'install Countersign in that Slack again'
    throw new Instruction(
      keyId === keyIdOf(key)
        ? `The Slack tokens of ${id} were changed in the database. To go on there, ${again}.`
        : `The Slack tokens of ${id} were encrypted with another key. Set the same COUNTERSIGN_SECRET_KEY as before, or ${again}.`,
    )
  }
}

/**
 * Reads the key that tokens are encrypted with.
 * @param text 32 bytes as base64 or as 64 hex digits
 * @throws Instruction saying how to make one
 */
export function readSecretKey(text: string): Buffer {
  const given = text.trim()
  if (/^[0-9a-f]{64}$/i.test(given)) return Buffer.from(given, 'hex')
  if (/^[A-Za-z0-9+/]{43}=?$/.test(given)) return Buffer.from(given, 'base64')
  throw new Instruction(
    'COUNTERSIGN_SECRET_KEY has to be 32 bytes as base64 or 64 hex digits. Make one with: openssl rand -base64 32',
  )
}
