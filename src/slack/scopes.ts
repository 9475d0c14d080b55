// What the bot asks to be allowed on Slack, the least that does the job; manifests/slack.json asks for the same.

export const scopes = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'im:history',
  'im:write',
  'users:read',
]
