// Who someone on Slack is to us: their workspace, their person, and whether the account may act at all.
import type { webApi } from '@slack/bolt'
import type { Acting } from '../domain/entry.ts'
import type { App, Visitor } from '../reviews/app.ts'
import { becomeFirstLead, foundWorkspace, meet } from '../reviews/found-workspace.ts'
import type { Installed } from '../reviews/one-workspace.ts'
import { Retryable } from '../store/database.ts'
import { workspaceOf } from '../store/people.ts'
import { errorCode } from './error-code.ts'

/** What Slack says of an account: https://docs.slack.dev/reference/objects/user-object */
interface Account {
  name: string
  standing: Acting['standing']
  administers: boolean
}

/** An account with the person behind it, until it has to be asked again. */
interface Believed {
  account: Account
  person?: string
  /** When the person has to be looked up again. */
  lookAgain: number
  until: number
}

export interface Caller {
  /** The team our installation belongs to, not the caller's own where a channel is shared. */
  team: string
  user: string
  /** The Enterprise Grid organisation of the installation, if there is one. */
  enterprise?: string | undefined
}

/** Who calls, as Bolt made it out: the team and organisation are those whose installation it found, never the body's word. */
export function callerOf(
  context: { teamId?: string | undefined; enterpriseId?: string | undefined },
  user: string,
): Caller {
  return { team: context.teamId ?? '', user, enterprise: context.enterpriseId }
}

export interface Whos {
  /**
   * The visitor behind a click or a message. Members who are new are linked; guests, people of other organisations and
   * deactivated accounts are not, and decide nothing.
   * @param at the address of the place they are in; their direct messages when not given
   * @throws Retryable when Slack does not say who they are
   */
  visitor(client: webApi.WebClient, caller: Caller, at?: string): Promise<Visitor>
  /** Forgets an account, because Slack says it changed. */
  forget(user: string): void
}

/** An account can be deactivated at any time: nobody is believed to be a member for longer. */
const believedMs = 60_000
/** An account can become another person's; clicks that come together are one person's. */
const linkedMs = 5_000
const mostKept = 5_000

export function whosOnSlack(app: App): Whos {
  const accounts = new Map<string, Believed>()
  const workspaces = new Map<string, string>()

  const accountOf = async (client: webApi.WebClient, { team, user, enterprise }: Caller): Promise<Believed> => {
    const key = `${team}/${user}`
    const kept = accounts.get(key)
    if (kept && kept.until > Date.now()) return kept
    const account = await readAccount(client, { team, user, enterprise })
    if (accounts.size >= mostKept) accounts.clear()
    const believed = { account, until: Date.now() + believedMs, lookAgain: 0 }
    accounts.set(key, believed)
    return believed
  }
  const workspaceFor = async (client: webApi.WebClient, { team }: Caller): Promise<string> => {
    const kept = workspaces.get(team)
    if (kept) return kept
    const workspace =
      (await workspaceOf(app.store.database, `slack:${team}`)) ??
      (await foundWorkspace(app, { ...installedTeam({ id: team, name: await nameOfTeam(client, team) }), people: [] }))
    workspaces.set(team, workspace)
    return workspace
  }
  return {
    async visitor(client, caller, at) {
      const [believed, workspace] = await Promise.all([accountOf(client, caller), workspaceFor(client, caller)])
      const { account } = believed
      const identity = `slack:${caller.team}/${caller.user}`
      const place = { surface: 'slack', address: at ?? `${caller.team}/${caller.user}` } as const
      const who = { workspace, via: 'slack', standing: account.standing, place } as const
      if (account.standing !== 'member') return { ...who, person: `stranger ${caller.user}` }
      if (believed.person && believed.lookAgain > Date.now()) return { ...who, person: believed.person }
      const person = await meet(app, workspace, { identity, name: account.name })
      if (account.administers) await becomeFirstLead(app, workspace, person)
      Object.assign(believed, { person, lookAgain: Date.now() + linkedMs })
      return { ...who, person }
    },
    forget(user) {
      for (const key of accounts.keys()) if (key.endsWith(`/${user}`)) accounts.delete(key)
    },
  }
}

/** A team as an installation of ours. */
export function installedTeam({ id, name }: { id: string; name: string }): Installed {
  return { installation: `slack:${id}`, name: name.slice(0, 120), origin: `slack.com/${id}` }
}

async function readAccount(client: webApi.WebClient, { team, user, enterprise }: Caller): Promise<Account> {
  const { user: found } = await client.users.info({ user }).catch((error: unknown) => {
    // Asked again, Slack would know them no better.
    if (['user_not_found', 'user_not_visible'].includes(errorCode(error) ?? '')) return { user: undefined }
    throw new Retryable('Slack did not say who this is', 5, error)
  })
  const name = found?.profile?.real_name || found?.real_name || found?.name || user
  const home = found?.team_id === undefined || found.team_id === team
  const sameOrganisation = enterprise !== undefined && found?.enterprise_user?.enterprise_id === enterprise
  return { name: name.slice(0, 120), standing: standingOf(), administers: !!(found?.is_admin || found?.is_owner) }

  function standingOf(): Acting['standing'] {
    if (!found || found.deleted) return 'deactivated'
    if (found.is_stranger || (!home && !sameOrganisation)) return 'outsider'
    return found.is_restricted || found.is_ultra_restricted || found.is_bot ? 'guest' : 'member'
  }
}

async function nameOfTeam(client: webApi.WebClient, team: string): Promise<string> {
  const { team: name } = await client.auth.test().catch(() => ({ team: undefined }))
  return (name ?? team).slice(0, 120)
}
