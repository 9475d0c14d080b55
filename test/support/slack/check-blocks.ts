// What is wrong with the content of a message or view, pictures included.
import { blockKitProblems } from '../block-kit-limits.ts'
import type { Json } from './wire.ts'
import type { World } from './world.ts'

/** Everything Slack would refuse of a message or view, in words. */
export function contentProblems(world: World, content: Json): string[] {
  const { blocks = [], text } = content
  // What does not parse as JSON arrives as text.
  if (!Array.isArray(blocks)) return ['blocks are not a list']
  if (text !== undefined && typeof text !== 'string') return ['text is not text']
  return [
    ...blockKitProblems({ ...content, ...(text === undefined ? {} : { text }), blocks }),
    ...lostPictures(world, blocks),
  ]
}

/** Pictures that were never uploaded. */
function lostPictures(world: World, blocks: unknown[]): string[] {
  const ids = [...JSON.stringify(blocks).matchAll(/"slack_file":\{"id":"([^"]*)"/g)].map(([, id]) => id as string)
  return ids.filter((id) => !world.files.has(id)).map((id) => `slack_file ${id} is not there`)
}
