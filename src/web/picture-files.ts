// Serves the pictures of a review to people of its workspace.
import { Router } from 'express'
import { words } from '../conversation/people.ts'
import { pngFromSvg, svgFromDot } from '../conversation/picture/render.ts'
import { risksSvg } from '../conversation/picture/risks.ts'
import { systemDot } from '../conversation/picture/system.ts'
import { systemOf } from '../domain/component.ts'
import { answersOf, listed } from '../domain/review.ts'
import type { App } from '../reviews/app.ts'
import { readReview } from '../reviews/command.ts'

export function pictureFiles(app: App, workspace: string): Router {
  const router = Router()
  router.get('/pictures/:review/:name.:type', async (request, response, next) => {
    const { review: id, name, type } = request.params
    const found = await readReview(app, workspace, id)
    if (!found || !['system', 'risks'].includes(name) || !['svg', 'png'].includes(type)) return next()
    const { review } = found
    const svg =
      name === 'system'
        ? await svgFromDot(systemDot(systemOf(review.facts, answersOf(review)), words(review.feature.name)))
        : risksSvg(listed(review))
    // The address carries the picture's version, so what it shows never changes under it.
    response.set('cache-control', 'private, max-age=3600')
    if (type === 'svg') response.type('image/svg+xml').send(svg)
    else response.type('image/png').send(pngFromSvg(svg))
  })
  return router
}
