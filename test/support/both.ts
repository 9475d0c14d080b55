// One application connected to the fake Slack and the fake Teams at once, as one workspace.
import { publicListener } from '../../src/public.ts'
import { oneWorkspace } from '../../src/reviews/one-workspace.ts'
import { connectSlack } from '../../src/slack/connect.ts'
import { personOf, workspaceOf } from '../../src/store/people.ts'
import { connectTeams } from '../../src/teams/connect.ts'
import { type TestApp, testApp } from './app.ts'
import { type FakeSlack, fakeSlack } from './slack/fake-slack.ts'
import { type FakeTeams, fakeTeams } from './teams/fake-teams.ts'

export interface Both {
  slack: FakeSlack
  teams: FakeTeams
  t: TestApp
  workspace: string
  /** The person behind an identity; undefined for nobody. */
  person(identity: string): Promise<string | undefined>
  /** Resolves once every answer and message is out. */
  settled(): Promise<void>
  close(): Promise<void>
}

export async function bothConnected(): Promise<Both> {
  const [slack, teams] = [await fakeSlack(), await fakeTeams()]
  const outside = publicListener()
  const { apiUrl, bot } = slack
  const { appId, tenant, far } = teams
  const slackSettings = { mode: 'http', apiUrl, botToken: bot.token, signingSecret: bot.signingSecret } as const
  const secret = { kind: 'password', password: 'unused' } as const
  const connect = (app: TestApp['app']) => ({
    slack: connectSlack(app, slackSettings, outside.routes),
    teams: connectTeams(app, { mode: 'tenant', appId, tenant, secret }, outside.routes, far),
  })
  let made: ReturnType<typeof connect> | undefined
  const t = await testApp((app) => {
    made = connect(app)
    return { slack: made.slack.surface, teams: made.teams.surface }
  })
  const running = made as unknown as ReturnType<typeof connect>
  await running.slack.start()
  running.teams.start()
  const team = running.slack.installed()
  if (!team) throw new Error('one Slack team was expected')
  await oneWorkspace(t.app, [team, running.teams.installed])
  const listening = await outside.listen(0)
  slack.botAt(`http://127.0.0.1:${listening.port}/slack/events`)
  teams.botAt(`http://127.0.0.1:${listening.port}/api/messages`)
  const workspace = (await workspaceOf(t.app.store.database, team.installation)) as string
  return {
    ...{ slack, teams, t, workspace },
    person: (identity) => personOf(t.app.store.database, workspace, identity),
    async settled() {
      await running.slack.idle()
      await running.teams.idle()
      await t.delivery.idle()
      await Promise.all([slack.quiet(30), teams.quiet(30)])
    },
    async close() {
      await running.slack.stop()
      await running.teams.stop()
      await listening.close()
      await t.close()
      await Promise.all([slack.close(), teams.close()])
    },
  }
}
