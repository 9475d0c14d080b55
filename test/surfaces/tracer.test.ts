// The same tracer through the web chat, the real Bolt and the real botbuilder: the surface port fits all three.
import { expect, test } from '@jest/globals'
import { testApp } from '../support/app.ts'
import { connected } from '../support/slack/connected.ts'
import { slackConversation } from '../support/slack/slack-conversation.ts'
import { connected as connectedTeams } from '../support/teams/connected.ts'
import { oidOf } from '../support/teams/fake-teams.ts'
import { teamsConversation } from '../support/teams/teams-conversation.ts'
import { playTracer } from '../support/tracer.ts'
import { webDriver } from '../support/web-driver.ts'

const slackUsers = { paula: 'UPAULA', milan: 'UMILAN', sam: 'USAM' }

const entries: Record<string, string[]> = {}

test('the web chat', async () => {
  const t = await testApp()
  const driver = await webDriver(t)
  entries.web = await playTracer(t, driver, async () => (await t.as('milan')).person)
  await driver.web.close()
  await t.close()
})

test('the real Bolt', async () => {
  const on = await connected()
  for (const [handle, user] of Object.entries(slackUsers)) {
    const real_name = handle.charAt(0).toUpperCase() + handle.slice(1)
    on.fake.addUser(user, { real_name, is_admin: handle === 'sam' })
    await on.fake.as(user).openHome()
  }
  await on.settled()
  const driver = slackConversation(on.fake, slackUsers, on.settled)
  entries.slack = await playTracer(on.t, driver, async () => 'UMILAN')
  expect(on.fake.refused).toEqual([])
  await on.close()
})

test('the real botbuilder', async () => {
  const on = await connectedTeams()
  for (const name of ['Sam', 'Paula', 'Milan']) {
    on.fake.addPerson(name.toLowerCase(), { name, installed: false })
    await on.fake.as(name.toLowerCase()).install()
  }
  await on.settled()
  const driver = teamsConversation(on.fake, on.settled)
  entries.teams = await playTracer(on.t, driver, () => on.personOf(oidOf('milan')))
  expect(on.fake.refused).toEqual([])
  await on.close()
})

test('all three left the same entries', () => {
  expect(entries.slack).toEqual(entries.web)
  expect(entries.teams).toEqual(entries.web)
})
