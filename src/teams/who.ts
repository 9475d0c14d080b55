// Who someone in Teams is to us: their workspace, their person, and whether the account may act at all.
import type { Acting } from '../domain/entry.ts'
import type { App, Visitor } from '../reviews/app.ts'
import { foundWorkspace, meet } from '../reviews/found-workspace.ts'
import type { Installed } from '../reviews/one-workspace.ts'
import { Retryable } from '../store/database.ts'
import { personOf } from '../store/people.ts'
import { noteTeamsPlace } from '../store/teams.ts'
import { type Connector, ConnectorError, type Conversation, type Member } from './adapter.ts'
import { addressOf, isShared, type Place, personalAddress } from './place.ts'

/** What Teams says of an account, until it has to be asked again. */
interface Believed {
  name: string
  standing: Acting['standing']
  until: number
}

/** An account in a conversation, as an activity names it. */
export interface Caller {
  at: Conversation
  /** `29:…` */
  account: string
  objectId: string | undefined
  /** The tenant the activity came from. */
  tenant: string | undefined
  place: Place
}

/** The tenant a bot serves. Microsoft's local client has one of its own making, under whatever name. */
export interface Served {
  tenant: string
  anyTenant: boolean
}

/** The tenant as an installation of ours. */
export function installedTenant({ tenant }: Served): Installed {
  return { installation: `entra:${tenant}`, name: 'Microsoft Teams', origin: `entra/${tenant}` }
}

export interface Whos {
  /**
   * The visitor behind an activity. Members who are new are linked, and where they are reached is written down; guests,
   * people of other organisations and those who left are not, and decide nothing.
   * @throws Retryable when Teams does not say who they are
   */
  visitor(caller: Caller): Promise<Visitor>
  /** The person behind an object id that was picked; undefined when the bot cannot find out who that is. */
  picked(serviceUrl: string, objectId: string): Promise<string | undefined>
  /** Whether someone comes from the tenant this bot serves. */
  serves(caller: Caller): boolean
}

/** An account can be closed at any time: nobody is believed to be a member for longer. */
const believedMs = 60_000
const mostKept = 5_000

/** @param served the tenant this bot serves */
export function whosOnTeams(app: App, connector: Connector, served: Served): Whos {
  const { tenant } = served
  const believed = new Map<string, Believed>()
  let found: string | undefined

  const workspace = async (): Promise<string> => {
    found ??= await foundWorkspace(app, { ...installedTenant(served), people: [] })
    return found
  }
  /** @param member by what Teams is asked: the account, or an object id that was picked */
  const believe = async (at: Conversation, member: string, objectId: string, place: Place): Promise<Believed> => {
    const key = `${at.conversation} ${member}`
    const kept = believed.get(key)
    if (kept && kept.until > Date.now()) return kept
    const account = await readAccount(connector, at, { id: member, objectId }, served)
    const read: Believed = { ...account, until: Date.now() + believedMs }
    if (read.standing === 'member') {
      const { serviceUrl, conversation } = at
      const own = personalAddress(tenant, objectId)
      const mri = member.startsWith('29:') ? member : null
      const note = (address: string, reached: string | null, account: string | null) =>
        noteTeamsPlace(app.store.database, { address, serviceUrl, conversation: reached, account })
      if (isShared(place)) await note(addressOf(tenant, objectId, place), conversation, null)
      await note(own, isShared(place) ? null : conversation, mri)
    }
    if (believed.size >= mostKept) believed.clear()
    believed.set(key, read)
    return read
  }
  /** The person behind an account; looked up each time, since it may have become another's. */
  const linked = async (objectId: string, name: string): Promise<string> => {
    const identity = `entra:${personalAddress(tenant, objectId)}`
    return await meet(app, await workspace(), { identity, name: name || objectId })
  }
  const isServed = (from: string | undefined): boolean => served.anyTenant || from === tenant
  return {
    serves: (caller) => isServed(caller.tenant),
    async visitor({ at, account, objectId, tenant: from, place }) {
      const ours = objectId !== undefined && isServed(from)
      const { name, standing } = ours ? await believe(at, account, objectId, place) : outsider
      const person = ours && standing === 'member' ? await linked(objectId, name) : `stranger ${objectId ?? account}`
      const where = { surface: 'teams', address: addressOf(tenant, objectId ?? account, place) } as const
      return { workspace: await workspace(), person, via: 'teams', standing, place: where }
    },
    async picked(serviceUrl, objectId) {
      const met = await personOf(app.store.database, await workspace(), `entra:${personalAddress(tenant, objectId)}`)
      if (met) return met
      try {
        const conversation = await connector.open(serviceUrl, tenant, objectId)
        const place = { kind: 'personal', conversation } as const
        const { name, standing } = await believe({ serviceUrl, conversation }, objectId, objectId, place)
        return standing === 'member' ? await linked(objectId, name) : undefined
      } catch (error) {
        // Not added by them, or nobody: the bot can neither write to them nor learn their name.
        if (error instanceof ConnectorError && [400, 403, 404].includes(error.status ?? 0)) return undefined
        throw error instanceof ConnectorError ? new Retryable('Teams did not say who was picked', 5, error) : error
      }
    },
  }
}

const outsider = { name: '', standing: 'outsider' } as const

async function readAccount(
  connector: Connector,
  at: Conversation,
  { id, objectId }: { id: string; objectId: string },
  served: Served,
): Promise<Pick<Believed, 'name' | 'standing'>> {
  const member = await connector.member(at, id).catch((error: unknown) => {
    if (error instanceof ConnectorError && [403, 404].includes(error.status ?? 0)) return undefined
    throw new Retryable('Teams did not say who this is', 5, error)
  })
  // The activity says who someone is, and the conversation's own list has to agree.
  const agrees = (member?.aadObjectId ?? objectId).toLowerCase() === objectId
  return { name: (member?.name ?? '').slice(0, 120), standing: agrees ? standingOf(member, served) : 'outsider' }
}

/**
 * Guests have `#EXT#` in their principal name (https://learn.microsoft.com/entra/external-id/user-properties); people of
 * federated organisations belong to another tenant.
 */
function standingOf(member: Member | undefined, { tenant, anyTenant }: Served): Acting['standing'] {
  if (!member) return 'deactivated'
  const { tenantId = tenant, userRole = 'user', userPrincipalName = '' } = member
  if (!anyTenant && tenantId.toLowerCase() !== tenant) return 'outsider'
  return userRole === 'user' && !userPrincipalName.toUpperCase().includes('#EXT#') ? 'member' : 'guest'
}
