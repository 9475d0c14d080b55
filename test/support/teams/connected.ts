// The real application connected to the fake Teams.
import { publicListener } from '../../../src/public.ts'
import { actingNow, type Visitor } from '../../../src/reviews/app.ts'
import { commandWorkspace } from '../../../src/reviews/workspace-command.ts'
import { personOf, workspaceOf } from '../../../src/store/people.ts'
import type { FarSide } from '../../../src/teams/adapter.ts'
import { connectTeams, type Teams } from '../../../src/teams/connect.ts'
import { appOn, type TestApp, testApp } from '../app.ts'
import { type FakeTeams, fakeTeams, oidOf } from './fake-teams.ts'

export interface Connected {
  fake: FakeTeams
  t: TestApp
  teams: Teams
  /** The workspace of the fake's tenant. */
  workspace(): Promise<string>
  /** The person behind an Entra object id. */
  personOf(oid: string): Promise<string>
  /** Resolves once every answer and message is out, and clients have shown them. */
  settled(): Promise<void>
  close(): Promise<void>
}

export async function connected(): Promise<Connected> {
  const fake = await fakeTeams()
  const on = await connectTo(fake)
  return {
    ...on,
    async close() {
      await on.close()
      await fake.close()
    },
  }
}

/**
 * Another process on the same Teams; on the same database, when its address is given.
 * @param budgets how much the bot thinks a conversation takes; by default nothing is kept back
 */
export async function connectTo(fake: FakeTeams, url?: string, budgets: FarSide['budgets'] = []): Promise<Connected> {
  const outside = publicListener()
  const { appId, tenant, far } = fake
  const settings = { mode: 'tenant', appId, tenant, secret: { kind: 'password', password: 'unused' } } as const
  let teams: Teams | undefined
  const surfaces = (app: TestApp['app']) => {
    teams = connectTeams(app, settings, outside.routes, { ...far, budgets })
    return { teams: teams.surface }
  }
  const t = url === undefined ? await testApp(surfaces) : await appOn(url, surfaces)
  const running = teams as unknown as Teams
  running.start()
  const listening = await outside.listen(0)
  fake.botAt(`http://127.0.0.1:${listening.port}/api/messages`)
  const workspace = async () => {
    const found = await workspaceOf(t.app.store.database, `entra:${tenant}`)
    if (!found) throw new Error('nobody has talked to the bot yet')
    return found
  }
  return {
    fake,
    t,
    teams: running,
    workspace,
    async personOf(oid) {
      const person = await personOf(t.app.store.database, await workspace(), `entra:${tenant}/${oid}`)
      if (!person) throw new Error(`${oid} is not linked`)
      return person
    },
    async settled() {
      await running.idle()
      await t.delivery.idle()
      await fake.quiet(30)
    },
    async close() {
      await running.stop()
      await listening.close()
      await t.close()
    },
  }
}

/** Someone on Teams, as the application sees them in their own chat. */
export async function visitorOf(on: Connected, oid: string): Promise<Visitor> {
  const place = { surface: 'teams', address: `${on.fake.tenant}/${oid}` } as const
  return { workspace: await on.workspace(), person: await on.personOf(oid), via: 'teams', standing: 'member', place }
}

/** Sam and Sally, the security leads, Paula and Milan, all known to the bot: Sam installed it first. */
export async function withTeam(on: Connected): Promise<void> {
  for (const handle of ['sam', 'sally', 'paula', 'milan']) {
    on.fake.addPerson(handle, { installed: false })
    await on.fake.as(handle).install()
    await on.settled()
  }
  const [sam, sally] = [await visitorOf(on, oidOf('sam')), await on.personOf(oidOf('sally'))]
  const grant = { type: 'grant', person: sally, role: 'security_lead' } as const
  await commandWorkspace(on.t.app, sam.workspace, actingNow(on.t.app, sam), grant, 0)
  await on.settled()
}
