// Serves the pictures of a review to people of its workspace.
import { Router } from 'express'
import { pngFromSvg } from '../conversation/picture/render.ts'
import type { App } from '../reviews/app.ts'
import { pictureSvg } from '../reviews/pictures.ts'

export function pictureFiles(app: App, workspace: string): Router {
  const router = Router()
  router.get('/pictures/:review/:name.:type', async (request, response, next) => {
    const { review, name, type } = request.params
    if ((name !== 'system' && name !== 'risks') || !['svg', 'png'].includes(type)) return next()
    const svg = await pictureSvg(app, workspace, review, name)
    if (svg === undefined) return next()
    // The address carries the picture's version, so what it shows never changes under it.
    response.set('cache-control', 'private, max-age=3600')
    if (type === 'svg') response.type('image/svg+xml').send(svg)
    else response.type('image/png').send(await pngFromSvg(svg))
  })
  return router
}
