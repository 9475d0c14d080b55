// The manifest that is pasted into Slack: within Slack's limits, and asking for what the program uses.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { scopes } from '../../src/slack/scopes.ts'

interface Manifest {
  display_information: { name: string; description: string; long_description: string }
  features: {
    agent_view: { agent_description: string; suggested_prompts: object[] }
    shortcuts: { name: string; description: string }[]
  }
  oauth_config: { scopes: { bot: string[] } }
  settings: { event_subscriptions: { bot_events: string[] } }
}

const root = join(import.meta.dirname, '../..')
let manifest: Manifest
beforeAll(async () => {
  manifest = JSON.parse(await readFile(join(root, 'manifests/slack.json'), 'utf8')) as Manifest
})

test('keeps to Slack’s limits', () => {
  const { display_information: shown, features } = manifest
  expect(shown.name.length).toBeLessThanOrEqual(35)
  expect(shown.description.length).toBeLessThanOrEqual(140)
  expect(shown.long_description.length).toBeGreaterThanOrEqual(174)
  expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300)
  expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4)
  expect(features.shortcuts.filter(({ name }) => name.length > 24)).toEqual([])
})

test('asks for the scopes the program asks for by OAuth', () => {
  expect(manifest.oauth_config.scopes.bot).toEqual(scopes)
})

test('subscribes to every event the program listens to, and no other', async () => {
  const files = ['words.ts', 'installed.ts']
  const sources = await Promise.all(files.map((file) => readFile(join(root, 'src/slack', file), 'utf8')))
  const heard = [...sources.join('\n').matchAll(/bolt\.event\('([a-z_]+)'/g)].map(([, name]) => name as string)
  const wanted = heard.flatMap((name) =>
    name === 'message' ? ['message.channels', 'message.groups', 'message.im'] : name,
  )
  expect(manifest.settings.event_subscriptions.bot_events).toEqual([...new Set(wanted)].sort())
})
