// The same story on every surface ends in the same entries.
import { expect, test } from '@jest/globals'
import { actingNow } from '../../src/reviews/app.ts'
import { commandWorkspace } from '../../src/reviews/workspace-command.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { connected as onSlack } from '../support/slack/connected.ts'
import { slackConversation } from '../support/slack/slack-conversation.ts'
import { playStory } from '../support/story.ts'
import { connected as onTeams } from '../support/teams/connected.ts'
import { oidOf } from '../support/teams/fake-teams.ts'
import { teamsConversation } from '../support/teams/teams-conversation.ts'
import { webDriver } from '../support/web-driver.ts'

const names = ['Sam', 'Paula', 'Milan', 'Rosa']
const told: Record<string, unknown[]> = {}

/** Rosa owns the risks, as in the local workspace. */
async function withRosa(t: TestApp, workspace: string, sam: string, rosa: string): Promise<void> {
  const place = { surface: 'web', address: 'sam' } as const
  const acting = actingNow(t.app, { workspace, person: sam, via: 'web', standing: 'member', place })
  await commandWorkspace(t.app, workspace, acting, { type: 'grant', person: rosa, role: 'risk_owner' }, 0)
  await commandWorkspace(t.app, workspace, acting, { type: 'route', area: 'default', owner: rosa }, 0)
}

test('the web chat', async () => {
  const t = await testApp()
  const driver = await webDriver(t)
  told.web = await playStory(t, driver, async () => (await t.as('milan')).person)
  await driver.web.close()
  await t.close()
})

test('Slack', async () => {
  const on = await onSlack()
  const users = Object.fromEntries(names.map((name) => [name.toLowerCase(), `U${name.toUpperCase()}`]))
  for (const name of names) {
    on.fake.addUser(`U${name.toUpperCase()}`, { real_name: name, is_admin: name === 'Sam' })
    await on.fake.as(`U${name.toUpperCase()}`).openHome()
    await on.settled()
  }
  await withRosa(on.t, await on.workspace(), await on.personOf('USAM'), await on.personOf('UROSA'))
  told.slack = await playStory(on.t, slackConversation(on.fake, users, on.settled), async () => 'UMILAN')
  expect(on.fake.refused).toEqual([])
  await on.close()
})

test('Teams', async () => {
  const on = await onTeams()
  for (const name of names) {
    on.fake.addPerson(name.toLowerCase(), { name, installed: false })
    await on.fake.as(name.toLowerCase()).install()
    await on.settled()
  }
  await withRosa(on.t, await on.workspace(), await on.personOf(oidOf('sam')), await on.personOf(oidOf('rosa')))
  const driver = teamsConversation(on.fake, on.settled)
  told.teams = await playStory(on.t, driver, () => on.personOf(oidOf('milan')))
  expect(on.fake.refused).toEqual([])
  await on.close()
})

test('all three told the same story', () => {
  expect(told.web?.length).toBeGreaterThan(50)
  expect(told.slack).toEqual(told.web)
  expect(told.teams).toEqual(told.web)
})
