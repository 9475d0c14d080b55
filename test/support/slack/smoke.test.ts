import { expect, test } from '@jest/globals'
import { announcement, answers } from '../../../src/cli/demo/answers.ts'
import { connected } from './connected.ts'
import { slackConversation } from './slack-conversation.ts'

test.each(['http', 'socket'] as const)('smoke %s', async (mode) => {
  const on = await connected(mode)
  try {
    const { fake } = on
    for (const u of ['U1PAULA', 'U2SAM']) fake.addUser(u)
    const d = slackConversation(fake, { paula: 'U1PAULA', sam: 'U2SAM' }, on.settled)
    await d.say('paula', announcement)
    await d.press('paula', 'Next', answers[0])
    await d.press('paula', 'Skip these')
    console.log(await d.sees('paula'), JSON.stringify(fake.refused), fake.calls.map(({ method, error }) => `${method}:${error ?? ''}`))
    await fake.as('U1PAULA').openHome()
    await on.settled()
    console.log(JSON.stringify(fake.home('U1PAULA')?.blocks).slice(0, 500))
    expect(fake.refused).toEqual([])
  } finally {
    await on.close()
  }
})
