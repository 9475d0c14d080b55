// One person on two platforms: linked by a code, starting in Slack and deciding in Teams, with both sides' cards up to date.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { announcement, answers } from '../../src/cli/demo/answers.ts'
import { readWorkspace } from '../../src/reviews/command.ts'
import { oneWorkspace } from '../../src/reviews/one-workspace.ts'
import { workspaceOf } from '../../src/store/people.ts'
import { type Both, bothConnected } from '../support/both.ts'
import type { Driver } from '../support/driver.ts'
import { slackConversation } from '../support/slack/slack-conversation.ts'
import { oidOf } from '../support/teams/fake-teams.ts'
import { teamsConversation } from '../support/teams/teams-conversation.ts'

let on: Both
let slack: Driver
let teams: Driver

beforeAll(async () => {
  on = await bothConnected()
  for (const [user, real_name] of Object.entries({ UPAULA: 'Paula', USAM: 'Sam', UEVE: 'Eve' })) {
    on.slack.addUser(user, { real_name, is_admin: user === 'USAM' })
  }
  for (const name of ['Paula', 'Sam', 'Eve']) on.teams.addPerson(name.toLowerCase(), { name, installed: false })
  slack = slackConversation(on.slack, { paula: 'UPAULA', sam: 'USAM', eve: 'UEVE' }, on.settled)
  teams = teamsConversation(on.teams, on.settled)
  await on.slack.as('USAM').openHome()
  await on.settled()
  for (const handle of ['paula', 'sam', 'eve']) {
    await on.teams.as(handle).install()
    await on.settled()
  }
})
afterAll(() => on.close())

const entra = (handle: string) => `entra:${on.teams.tenant}/${oidOf(handle)}`
const slackId = (user: string) => `slack:${on.slack.team}/${user}`
const codeIn = (seen: string): string => /“link ([A-Z0-9]{5}-[A-Z0-9]{5})”/.exec(seen)?.[1] ?? ''
const newest = async (driver: Driver, handle: string): Promise<string> =>
  codeIn((await driver.sees(handle)).split('Link another account').at(-1) ?? '')
const types = async (): Promise<string[]> => {
  const rows = await on.t.app.store.database.run(
    ({ sql }) => sql<{ type: string }[]>`
      select type from declog.entry where workspace = ${on.workspace} and stream = 'workspace' order by seq`,
  )
  return rows.map(({ type }) => type)
}

test('a Slack team and a tenant that one process serves are one workspace, and the log says so', async () => {
  const { installations } = await readWorkspace(on.t.app, on.workspace)
  expect(installations).toEqual([`slack:${on.slack.team}`, `entra:${on.teams.tenant}`])
})

test('two that were used apart before stay two', async () => {
  const other = { installation: 'entra:other', name: 'Other', origin: 'entra/other' }
  await oneWorkspace(on.t.app, [other])
  const team = { installation: `slack:${on.slack.team}`, name: '', origin: '' }
  expect(await oneWorkspace(on.t.app, [team, other])).toBe(false)
  expect(await workspaceOf(on.t.app.store.database, 'entra:other')).not.toBe(on.workspace)
})

test('the same name on both platforms is not the same person', async () => {
  expect(await on.person(entra('sam'))).not.toBe(await on.person(slackId('USAM')))
})

test('a code that nobody was shown links nothing', async () => {
  await teams.say('sam', 'link ABCDE-FGHJK')
  expect(await teams.sees('sam')).toMatch(/do not know that code/)
})

test('a code links nothing before whoever was shown it confirms who typed it', async () => {
  await slack.say('sam', 'link')
  await slack.press('sam', 'I have written it')
  expect(await slack.sees('sam')).toMatch(/Nobody has written that code/)
  await teams.say('eve', `link ${await newest(slack, 'sam')}`)
  expect(await teams.sees('eve')).toMatch(/confirm there/)
  await slack.press('sam', 'I have written it')
  expect(await slack.sees('sam')).toMatch(/“Eve” wrote the code in Microsoft Teams/)
  await slack.leave('sam')
  expect(await on.person(entra('eve'))).not.toBe(await on.person(slackId('USAM')))
})

test('a code that was typed once is worth nothing to the next', async () => {
  await teams.say('sam', `link ${await newest(slack, 'sam')}`)
  expect(await teams.sees('sam')).toMatch(/do not know that code/)
})

test('shown, typed and confirmed, two accounts are one person, and nobody gained a role', async () => {
  const before = (await readWorkspace(on.t.app, on.workspace)).members
  await slack.say('sam', 'link')
  await teams.say('sam', `link ${(await newest(slack, 'sam')).toLowerCase()}`)
  const second = (await on.person(entra('sam'))) as string
  await slack.press('sam', 'I have written it')
  await slack.press('sam', 'That is me, link it')
  expect(await slack.sees('sam')).toMatch(/Linked/)
  const sam = (await on.person(slackId('USAM'))) as string
  expect(await on.person(entra('sam'))).toBe(sam)
  const { members } = await readWorkspace(on.t.app, on.workspace)
  expect(members[sam]?.roles).toEqual(before[sam]?.roles)
  expect([members[second]?.roles, members[second]?.identities]).toEqual([[], []])
  expect((await types()).slice(-3)).toEqual(['identity.linked', 'role.revoked', 'role.revoked'])
})

test('started in Slack, proposed there, decided in Teams: both sides show it', async () => {
  await slack.say('paula', announcement)
  for (const values of answers)
    await slack.press('paula', values === answers.at(-1) ? 'Draft the threats' : 'Next', values)
  await slack.press('paula', 'Go through them')
  await slack.press('paula', 'Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  await slack.leave('paula')
  expect(await teams.sees('sam')).toMatch(/For you to sign or send back \(1\)/)
  expect(await slack.sees('sam')).toMatch(/\[Decide\]/)
  await teams.press('sam', 'Decide T1')
  await teams.press('sam', 'Record my decision', { decision: 'sign' })
  expect(await teams.sees('sam')).toMatch(/avoid, signed by Sam/)
  expect(await slack.sees('sam')).toMatch(/avoid, signed by Sam/)
  expect(await slack.sees('sam')).not.toMatch(/\[Decide\]/)
  expect(await slack.sees('paula')).toMatch(/avoid, signed by Sam/)
})

test('the entry says through which platform it was decided', async () => {
  const rows = await on.t.app.store.database.run(
    ({ sql }) => sql<{ via: string }[]>`
      select body::jsonb -> 'actor' ->> 'via' as via from declog.entry where type = 'treatment.approved'`,
  )
  expect(rows.map(({ via }) => via)).toEqual(['teams'])
})

test('an account that has taken part already is not merged into another', async () => {
  await teams.say('paula', 'We are building a translator for contracts')
  await slack.say('paula', 'link')
  await teams.say('paula', `link ${await newest(slack, 'paula')}`)
  expect(await teams.sees('paula')).toMatch(/taken part as Paula already/)
})

test('neither platform refused anything', () => {
  expect([on.slack.refused, on.teams.refused]).toEqual([[], []])
})
