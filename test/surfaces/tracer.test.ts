// The same tracer through the web chat, the real Bolt and the real botbuilder: the surface port fits all three.
import { expect, test } from '@jest/globals'
import { theClock } from '../../src/domain/entry.ts'
import { workspaceStream } from '../../src/store/folded.ts'
import { commandKey, transact } from '../../src/store/transact.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { recordedSlack, slackDriver, team } from '../support/slack-driver.ts'
import { recordedTeams, teamsDriver, tenant } from '../support/teams-driver.ts'
import { playTracer } from '../support/tracer.ts'
import { webDriver } from '../support/web-driver.ts'

const handles = ['paula', 'milan', 'rosa', 'sam', 'elena']

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
  entries.web = await playTracer(t, driver)
  await driver.web.close()
  await t.close()
})

test('the real Bolt', async () => {
  const recorded = recordedSlack()
  const t = await testApp({ slack: recorded.surface })
  const users = Object.fromEntries(handles.map((handle) => [handle, `U${handle.toUpperCase()}`]))
  await linkPeople(t, (handle) => `slack:${team}/${users[handle]}`)
  entries.slack = await playTracer(t, slackDriver(t, recorded, users))
  expect(recorded.slack.calls.filter(({ method, body }) => method === 'chat.postMessage' && !body.text)).toEqual([])
  await t.close()
})

test('the real botbuilder', async () => {
  const recorded = recordedTeams()
  const t = await testApp({ teams: recorded.surface })
  await linkPeople(t, (handle) => `entra:${tenant}/${handle}`)
  entries.teams = await playTracer(t, teamsDriver(t, recorded))
  await t.close()
})

test('all three left the same entries', () => {
  expect(entries.slack).toEqual(entries.web)
  expect(entries.teams).toEqual(entries.web)
})
