// One person with accounts on two platforms: one account is shown a code, the other types it, the first confirms. Both are
// proved to be at hand, names and addresses prove nothing, and the link is an entry in the log.
import { createHash, randomInt } from 'node:crypto'
import { codeCard, confirmForm, linkedCard, platformName } from '../conversation/link-card.ts'
import { nameOfPerson } from '../conversation/people.ts'
import { refusalText } from '../conversation/refusals.ts'
import type { Reply } from '../conversation/reply.ts'
import { said } from '../conversation/texts.ts'
import { outsider } from '../domain/authority.ts'
import type { Workspace } from '../domain/workspace.ts'
import { claimCode, claimOf, dropCode, isUnused, putCode } from '../store/identity-codes.ts'
import { identitiesOf } from '../store/people.ts'
import { type App, actingNow, type Visitor } from './app.ts'
import { readWorkspace } from './command.ts'
import { refused } from './reply.ts'
import { commandWorkspace } from './workspace-command.ts'

const minutes = 10
/** Without letters and digits that look alike; ten of them are 49 bits, of which nobody tries many in ten minutes. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const platforms = { slack: 'slack:', teams: 'entra:', web: 'web:' } as const

const hashOf = (code: string): string => createHash('sha256').update(code.toUpperCase().replace('-', '')).digest('hex')

/** Shows a new code. */
export async function showCode(app: App, visitor: Visitor): Promise<Reply> {
  return await inside(app, visitor, async () => {
    const letters = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')
    const codeHash = hashOf(letters)
    await putCode(app.store.database, { codeHash, workspace: visitor.workspace, person: visitor.person, minutes })
    return { kind: 'card', card: codeCard(`${letters.slice(0, 5)}-${letters.slice(5)}`, codeHash, minutes) }
  })
}

/** Takes a code that was shown on the other platform. */
export async function typeCode(app: App, visitor: Visitor, code: string): Promise<Reply> {
  return await inside(app, visitor, async (workspace) => {
    const { database } = app.store
    const prefix = platforms[visitor.via as keyof typeof platforms]
    const identities = await identitiesOf(database, visitor.workspace, visitor.person)
    const claimant = identities.find((one) => prefix !== undefined && one.startsWith(prefix))
    if (!claimant) return { kind: 'refused', text: said.badCode }
    if (!(await isUnused(database, visitor.workspace, visitor.person))) {
      return { kind: 'refused', text: refusalText({ code: 'account_in_use', by: visitor.person }, workspace) }
    }
    const claim = { claimant, claimedBy: visitor.person, claimantName: nameOfPerson(workspace, visitor.person) }
    const waiting = await claimCode(database, hashOf(code), { workspace: visitor.workspace, ...claim })
    return waiting ? { kind: 'done', text: said.codeTyped } : { kind: 'refused', text: said.badCode }
  })
}

/** Shows who typed the code, to be confirmed. */
export async function checkCode(app: App, visitor: Visitor, codeHash: string): Promise<Reply> {
  return await inside(app, visitor, async (workspace) => {
    const claim = isHash(codeHash) ? await claimOf(app.store.database, codeHash, visitor) : undefined
    if (!claim) return { kind: 'refused', text: said.badCode }
    const { claimant, claimantName } = claim
    if (claimant === null) return { kind: 'refused', text: said.codeNotTyped }
    const form = confirmForm(claimantName ?? '', platformName(claimant), codeHash, workspace.seq)
    return { kind: 'form', form }
  })
}

/** Makes the account that typed the code the visitor's own. */
export async function confirmCode(app: App, visitor: Visitor, codeHash: string, seen: number): Promise<Reply> {
  return await inside(app, visitor, async () => {
    const { database } = app.store
    const claim = isHash(codeHash) ? await claimOf(database, codeHash, visitor) : undefined
    if (!claim?.claimant || !claim.claimedBy) return { kind: 'refused', text: said.badCode }
    const { claimant: identity, claimedBy, claimantName } = claim
    const unused = await isUnused(database, visitor.workspace, claimedBy)
    const what = { type: 'link', identity, name: claimantName ?? identity, claimant: claimedBy, unused } as const
    const outcome = await commandWorkspace(app, visitor.workspace, actingNow(app, visitor), what, seen)
    if ('refusal' in outcome) return refused(outcome)
    await dropCode(database, codeHash)
    return { kind: 'card', card: linkedCard(platformName(identity), outcome.entries[0]?.receipt ?? '') }
  })
}

const isHash = (given: string): boolean => /^[0-9a-f]{64}$/.test(given)

async function inside(app: App, visitor: Visitor, act: (workspace: Workspace) => Promise<Reply>): Promise<Reply> {
  const workspace = await readWorkspace(app, visitor.workspace)
  const outside = outsider(workspace, actingNow(app, visitor))
  return outside ? { kind: 'refused', text: refusalText(outside, workspace) } : await act(workspace)
}
