// The pictures of a review as it stands, drawn for any surface.
import type { Picture } from '../conversation/card.ts'
import { words } from '../conversation/people.ts'
import { svgFromDot } from '../conversation/picture/render.ts'
import { risksSvg } from '../conversation/picture/risks.ts'
import { systemDot } from '../conversation/picture/system.ts'
import { systemOf } from '../domain/component.ts'
import { answersOf, listed } from '../domain/review.ts'
import type { App } from './app.ts'
import { readReview } from './command.ts'

/** Draws a picture of a review; undefined when the workspace has no such review. */
export async function pictureSvg(
  app: App,
  workspace: string,
  review: string,
  picture: Picture['picture'],
): Promise<string | undefined> {
  const found = await readReview(app, workspace, review)
  if (!found) return undefined
  const { facts, feature } = found.review
  switch (picture) {
    case 'system':
      return await svgFromDot(systemDot(systemOf(facts, answersOf(found.review)), words(feature.name)))
    case 'risks':
      return risksSvg(listed(found.review))
    default:
      return picture satisfies never
  }
}
