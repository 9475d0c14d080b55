// Installations that come and go: who installs the bot leads the workspace's security; who removes it takes the tokens along.
import { type App as BoltApp, type InstallationStore, webApi } from '@slack/bolt'
import type { App } from '../reviews/app.ts'
import { becomeFirstLead } from '../reviews/found-workspace.ts'
import { TokensRevoked } from './payload.ts'
import { whosOnSlack } from './who.ts'

/** The store, with the person who installs the bot made the workspace's first security lead. */
export function withFirstLead(app: App, store: InstallationStore, slackApiUrl: string): InstallationStore {
  return {
    ...store,
    async storeInstallation(installation, ...rest) {
      await store.storeInstallation(installation, ...rest)
      const { team, enterprise, user, bot } = installation
      if (!team || !bot) return
      const client = new webApi.WebClient(bot.token, { slackApiUrl })
      const caller = { team: team.id, user: user.id, enterprise: enterprise?.id }
      const { workspace, person, standing } = await whosOnSlack(app).visitor(client, caller)
      if (standing === 'member') await becomeFirstLead(app, workspace, person)
    },
  }
}

/** Forgets the tokens of a team that removed the bot or revoked them. */
export function keepInstallations(bolt: BoltApp, app: App, store: InstallationStore): void {
  const forget = async (teamId: string | undefined, enterpriseId: string | undefined): Promise<void> => {
    const isEnterpriseInstall = teamId === undefined
    await store.deleteInstallation?.({ teamId, enterpriseId, isEnterpriseInstall } as never)
    app.log.warn('Slack took the bot’s tokens back', { team: teamId, enterprise: enterpriseId })
  }
  bolt.event('app_uninstalled', async ({ context }) => forget(context.teamId, context.enterpriseId))
  bolt.event('tokens_revoked', async ({ event, context }) => {
    const read = TokensRevoked.safeParse(event)
    if (read.success && read.data.tokens.bot.length > 0) await forget(context.teamId, context.enterpriseId)
  })
}
