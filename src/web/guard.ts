// Keeps the local web chat local: its own host, its own origin, nothing a foreign page could send or frame.
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { loopbackNames } from '../loopback.ts'

/** Headers that keep scripts, frames and requests to the page's own. */
export const headers: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
})

/**
 * Refuses requests that name another host (a foreign name that was pointed here) or that another site's page makes.
 * @param port the port the page is served on
 */
export function ownOrigin(port: () => number): RequestHandler {
  return (request, response, next) => {
    const hosts = loopbackNames.map((name) => `${name}:${port()}`)
    const { host = '', origin } = request.headers
    const reading = request.method === 'GET' || request.method === 'HEAD'
    const foreign = origin === undefined ? !reading : !hosts.some((one) => origin === `http://${one}`)
    if (!hosts.includes(host) || foreign) {
      response
        .status(403)
        .type('text')
        .send('This page is for this machine only. Open it under the address printed at the start.')
      return
    }
    next()
  }
}
