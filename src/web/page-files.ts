// Serves the page: plain files, and its scripts with their types taken off. There is no build step.
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { Router } from 'express'

const folder = join(import.meta.dirname, 'page')

export function pageFiles(): Router {
  const router = Router()
  router.get('/', (_, response) => response.sendFile(join(folder, 'index.html')))
  router.get('/page/style.css', (_, response) => response.sendFile(join(folder, 'style.css')))
  router.get('/page/icon.svg', (_, response) => response.sendFile(join(folder, 'icon.svg')))
  router.get('/page/:script', async (request, response, next) => {
    const { script } = request.params
    if (!/^[a-z-]+\.ts$/.test(script)) return next()
    const source = await readFile(join(folder, script), 'utf8').catch(() => undefined)
    if (source === undefined) return next()
    response.type('text/javascript').send(stripTypeScriptTypes(source))
  })
  return router
}
