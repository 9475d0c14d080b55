// The pictures of a card as `data:` addresses, which need no server that Teams could reach.
import { createHash } from 'node:crypto'
import type { Card, Picture } from '../conversation/card.ts'
import { smallPngFromSvg } from '../conversation/picture/small-png.ts'
import type { App } from '../reviews/app.ts'
import { pictureSvg } from '../reviews/pictures.ts'

export type Pictures = (picture: Picture) => string | undefined
export type DrawPictures = (workspace: string, card: Pick<Card, 'blocks'>) => Promise<Pictures>

const mostKept = 50

/** Draws the pictures of cards; the same picture is drawn once. */
export function drawPictures(app: App): DrawPictures {
  const kept = new Map<string, Promise<string>>()
  const drawn = async (workspace: string, { review, picture }: Picture): Promise<string | undefined> => {
    const svg = await pictureSvg(app, workspace, review, picture)
    if (svg === undefined) return undefined
    const hash = createHash('sha256').update(svg).digest('hex')
    const known = kept.get(hash)
    if (known) return await known
    const drawing = smallPngFromSvg(svg).then((png) => `data:image/png;base64,${png.toString('base64')}`)
    if (kept.size >= mostKept) kept.clear()
    kept.set(hash, drawing)
    return await drawing.catch((error: unknown) => {
      kept.delete(hash)
      throw error
    })
  }
  return async (workspace, { blocks }) => {
    const pictures = blocks.flatMap((block) => (block.kind === 'picture' ? [block] : []))
    const all = pictures.map(async (one) => {
      const url = await drawn(workspace, one).catch((error: unknown) => {
        // A picture must not keep its card from being posted.
        app.log.warn('a picture cannot be drawn', { error, review: one.review, picture: one.picture })
        return undefined
      })
      return [nameOf(one), url] as const
    })
    const byName = new Map(await Promise.all(all))
    return (picture) => byName.get(nameOf(picture))
  }
}

const nameOf = ({ picture, review, version }: Picture): string => JSON.stringify([picture, review, version])
