// The pictures of a card as files of Slack: each is uploaded once per team, private, and shown by its id.
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import type { Card, Picture } from '../conversation/card.ts'
import { pngFromSvg } from '../conversation/picture/render.ts'
import type { App } from '../reviews/app.ts'
import { pictureSvg } from '../reviews/pictures.ts'
import { noteSlackFile, slackFileOf } from '../store/slack.ts'

/** A card waits this long for a picture; then it goes without, and the upload is still remembered for the next one. */
const patienceMs = 10_000
const looksAtMost = 20

interface Target {
  client: webApi.WebClient
  team: string
}

/**
 * Brings the pictures of a card to a team's Slack.
 * @param workspace whose review it is
 * @returns gives a picture's file; undefined for one that could not be brought, which is logged. It never throws:
 *   a picture must not keep its card from being posted
 */
export async function slackFiles(
  app: App,
  client: webApi.WebClient,
  team: string,
  workspace: string,
  card: Pick<Card, 'blocks'>,
  { patience = patienceMs } = {},
): Promise<(picture: Picture) => string | undefined> {
  const pictures = card.blocks.flatMap((block) => (block.kind === 'picture' ? [[nameOf(block), block] as const] : []))
  const files = await Promise.all(
    [...new Map(pictures)].map(async ([name, picture]) => {
      try {
        const bringing = bring(app, { client, team }, workspace, picture)
        return [name, await within(patience, bringing)] as const
      } catch (error) {
        app.log.warn('a picture is not in Slack', { error, review: picture.review, picture: picture.picture })
        return [name, undefined] as const
      }
    }),
  )
  const byName = new Map(files)
  return (picture) => byName.get(nameOf(picture))
}

const nameOf = ({ picture, review, version }: Picture): string => JSON.stringify([picture, review, version])

async function bring(
  app: App,
  target: Target,
  workspace: string,
  { review, picture, alt }: Picture,
): Promise<string | undefined> {
  const { database } = app.store
  const svg = await pictureSvg(app, workspace, review, picture)
  if (svg === undefined) return undefined
  const contentHash = createHash('sha256').update(svg).digest('hex')
  const known = await slackFileOf(database, target.team, contentHash)
  if (known !== undefined) return known
  const png = await pngFromSvg(svg)
  const file = await upload(target, { png, filename: `${picture}.png`, alt })
  await noteSlackFile(database, target.team, contentHash, file)
  return file
}

/** Uploads a file that only the bot sees until a message shows it; gives its id once a message can. */
async function upload(
  { client }: Target,
  { png, filename, alt }: { png: Buffer; filename: string; alt: string },
): Promise<string> {
  const { files } = await client.filesUploadV2({ file: png, filename, title: filename, alt_text: alt })
  let file: { id?: string; mimetype?: string } | undefined = files[0]?.files?.[0]
  // Slack takes a file in before it has looked at it, and refuses a message with it until then (java-slack-sdk, 1349).
  for (let look = 1; file?.id && !file.mimetype && look <= looksAtMost; look += 1) {
    await pause(Math.min(250 * look, 2000))
    file = (await client.files.info({ file: file.id })).file
  }
  if (!file?.id || !file.mimetype) throw new Error('Slack took the file and did not finish with it')
  return file.id
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, expiry])
  } finally {
    clearTimeout(timer)
  }
}
