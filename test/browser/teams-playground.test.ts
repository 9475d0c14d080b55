// Whole reviews in Microsoft's own local Teams client, played by clicks in Chromium.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { announcement, answers } from '../../src/cli/demo/answers.ts'
import { listed } from '../../src/domain/review.ts'
import { publicListener, type Routes } from '../../src/public.ts'
import { readReview } from '../../src/reviews/command.ts'
import { oneWorkspace } from '../../src/reviews/one-workspace.ts'
import { workspaceOf } from '../../src/store/people.ts'
import { readStatus } from '../../src/store/status.ts'
import { verifyLog } from '../../src/store/verify-log.ts'
import { connectTeams, type Teams } from '../../src/teams/connect.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { emulatedSlack } from '../support/slack/emulated.ts'
import { type Playground, startPlayground } from '../support/teams/playground.ts'
import { cardsOn } from '../support/teams/playground-card.ts'
import { type PlaygroundPerson, playgroundPage } from '../support/teams/playground-page.ts'
import { openBrowser } from './page.ts'

const people = { sam: { id: 'aad-sam', name: 'Sam Berg' }, paula: { id: 'aad-paula', name: 'Paula Diaz' } }
let browser: Browser
const playgrounds: Playground[] = []

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await Promise.all(playgrounds.map((one) => one.close()))
})

/** Opens someone's own client. */
async function client(who: keyof typeof people, bot: string): Promise<PlaygroundPerson> {
  const others = Object.values(people).filter(({ id }) => id !== people[who].id)
  const playground = await startPlayground({ bot, user: people[who], others })
  playgrounds.push(playground)
  return await playgroundPage(browser, playground)
}

const local = (app: TestApp['app'], http: Routes): Teams => connectTeams(app, { mode: 'playground' }, http)

async function onlyReview(t: TestApp, installation: string) {
  const { database } = t.app.store
  const workspace = (await workspaceOf(database, installation)) ?? ''
  const { reviews } = await readStatus(database, { workspace })
  expect(reviews).toHaveLength(1)
  const found = await readReview(t.app, workspace, reviews[0]?.review ?? '')
  if (!found) throw new Error('there is no review')
  return found.review
}

/** The values of every option of a choice on the newest card that has it. */
async function optionsOn(person: PlaygroundPerson, id: string): Promise<string[]> {
  const inputs = (await cardsOn(person.page)).flatMap((card) => card.inputs)
  const found = inputs.find((input) => input.id === id)
  if (!found) throw new Error(`no card has a choice ${id}`)
  return found.choices.map(({ value }) => value)
}

test('from the first word to the sign-off, by two people in two clients', async () => {
  const outside = publicListener()
  let teams: Teams | undefined
  const t = await testApp((app) => {
    teams = local(app, outside.routes)
    return { teams: teams.surface }
  })
  const listening = await outside.listen(0, '127.0.0.1')
  const bot = `http://127.0.0.1:${listening.port}/api/messages`
  const sam = await client('sam', bot)
  await sam.sees(/only security lead/)
  const paula = await client('paula', bot)
  await paula.say(announcement)
  await paula.sees(/questions 1 of 5/)
  await paula.picture('playground-interview')
  for (const values of answers) await paula.press(values === answers.at(-1) ? 'Draft the threats' : 'Next', values)
  await paula.sees(/For you to propose \(15\)/)
  await paula.picture('playground-draft')

  await paula.press('One measure for several')
  const threats = (await optionsOn(paula, 'threats[]')).slice(0, -2)
  const plan = 'Pin packages, mark passages as data, and test before every release.'
  await paula.press(/^Propose for/, { threats, plan })
  await paula.press('Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  await paula.press('Propose', {
    ...{ treatment: 'accept', reason: 'The old process has it too.', expires: inDays(20) },
    consequence: 'Now and then somebody waits.',
  })
  await paula.sees(/In your name \(15\)/)

  await sam.press('Decide T1')
  await sam.sees(/It rests on|An assumption/)
  await sam.picture('playground-sign')
  for (let left = 15; left > 0; left -= 1) await sam.press('Sign it')
  await sam.sees(/Nothing waits for you|In your name \(15\)/)
  await paula.sees(/15 decided/)
  await paula.press('Open questions')
  await paula.press('Ask', { to: people.sam.id })
  await sam.press(/^Sign off/, { sawSetAside: true })
  await paula.sees(/Signed off by Sam Berg/)
  await paula.picture('playground-signed-off')

  await teams?.idle()
  await t.delivery.idle()
  const review = await onlyReview(t, 'entra:playground')
  expect([review.stage, listed(review).filter(({ status }) => status === 'treated').length]).toEqual(['signed_off', 15])
  expect([...sam.faults, ...paula.faults]).toEqual([])
  const report = await verifyLog(t.url, { replay: true, progress: () => {} })
  expect(report.findings).toEqual([])
  await teams?.stop()
  await listening.close()
  await t.close()
}, 240_000)

test('started in the Slack emulator, decided in the playground', async () => {
  let teams: Teams | undefined
  const slack = await emulatedSlack({ paula: { name: 'Paula' }, sam: { name: 'Sam', is_admin: true } }, (app, http) => {
    teams = local(app, http)
    return { teams: teams.surface }
  })
  const team = slack.on.slack.installed()
  if (!team || !teams) throw new Error('both platforms were expected')
  await oneWorkspace(slack.on.t.app, [team, teams.installed])
  await slack.openHome('sam')
  const sam = await client('sam', `${slack.on.url}/api/messages`)

  await slack.say('sam', 'link')
  const code = /“link ([A-Z0-9-]+)”/.exec(await slack.sees('sam'))?.[1] ?? ''
  await sam.say(`link ${code}`)
  await sam.sees(/confirm there/)
  await slack.press('sam', 'I have written it')
  await slack.press('sam', 'That is me, link it')
  await slack.leave('sam')

  await slack.say('paula', announcement)
  await slack.press('paula', 'Next', answers[0])
  for (let round = 2; round <= 5; round += 1) await slack.press('paula', 'Skip these')
  await slack.press('paula', 'Go through them')
  await slack.press('paula', 'Propose', { treatment: 'avoid', reason: 'Left out of the first version.' })
  await slack.leave('paula')
  expect(await slack.sees('sam')).toMatch(/\[Decide\]/)

  await sam.press('Decide T1')
  await sam.picture('playground-decide-what-slack-started')
  await sam.press('Sign it')
  await sam.sees(/signed by Sam/)
  await teams.idle()
  await slack.on.settled()
  expect(await slack.sees('paula')).toMatch(/avoid, signed by Sam/)
  expect(await slack.sees('sam')).not.toMatch(/\[Decide\]/)
  const review = await onlyReview(slack.on.t, team.installation)
  expect(listed(review).filter(({ status }) => status === 'treated')).toHaveLength(1)
  expect([sam.faults, slack.refused]).toEqual([[], []])
  await teams.stop()
  await slack.close()
}, 120_000)

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
