// The same tracer through the web chat, the real Bolt and the real botbuilder: the surface port fits all three.
import { expect, test } from '@jest/globals'
import { theClock } from '../../src/domain/entry.ts'
import { workspaceStream } from '../../src/store/folded.ts'
import { commandKey, transact } from '../../src/store/transact.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { connected } from '../support/slack/connected.ts'
import { slackConversation } from '../support/slack/slack-conversation.ts'
import { recordedTeams, teamsDriver, tenant } from '../support/teams-driver.ts'
import { playTracer } from '../support/tracer.ts'
import { webDriver } from '../support/web-driver.ts'

const handles = ['paula', 'milan', 'rosa', 'sam', 'elena']
const slackUsers = { paula: 'UPAULA', milan: 'UMILAN', sam: 'USAM' }
const milanOf = (t: TestApp) => async () => (await t.as('milan')).person

/** Gives the local people accounts on a platform; the web is served by nobody then. */
async function linkPeople(t: TestApp, identity: (handle: string) => string): Promise<void> {
  const people = await Promise.all(handles.map(async (handle) => ({ handle, person: (await t.as(handle)).person })))
  const by = { actor: { person: theClock, role: 'system' as const, via: 'clock' as const } }
  await transact(t.app.store, {
    workspace: t.workspace,
    stream: workspaceStream,
    key: commandKey({ person: theClock, stream: workspaceStream, subject: 'link', seen: 0, verb: 'test' }),
    intent: null,
    at: t.app.now(),
    decide: () => ({
      events: people.map(({ handle, person }) => ({
        type: 'identity.linked' as const,
        data: { person, name: handle.charAt(0).toUpperCase() + handle.slice(1), identity: identity(handle) },
        ...by,
      })),
    }),
  })
}

const entries: Record<string, string[]> = {}

test('the web chat', async () => {
  const t = await testApp()
  const driver = await webDriver(t)
  entries.web = await playTracer(t, driver, milanOf(t))
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
  const recorded = recordedTeams()
  const t = await testApp({ teams: recorded.surface })
  await linkPeople(t, (handle) => `entra:${tenant}/${handle}`)
  entries.teams = await playTracer(t, teamsDriver(t, recorded), milanOf(t))
  await t.close()
})

test('all three left the same entries', () => {
  expect(entries.slack).toEqual(entries.web)
  expect(entries.teams).toEqual(entries.web)
})
