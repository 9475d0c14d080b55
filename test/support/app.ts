// The real application on a fresh database, with people to act as.

import type { Surfaces } from '../../src/delivery/places.ts'
import { type Delivery, startDelivery } from '../../src/delivery/sweeper.ts'
import type { App, Visitor } from '../../src/reviews/app.ts'
import { localWorkspace } from '../../src/reviews/local-workspace.ts'
import { openDatabase } from '../../src/store/database.ts'
import { foldCache } from '../../src/store/folded.ts'
import { personOf } from '../../src/store/people.ts'
import { webSurface } from '../../src/web/surface.ts'
import { freshDatabase } from './database.ts'

export interface TestApp {
  app: App
  url: string
  workspace: string
  delivery: Delivery
  /** Everything the program logged. */
  logged: { level: string; message: string; fields: Record<string, unknown> | undefined }[]
  /** A person of the local workspace, by the handle of their web identity. */
  as(handle: string): Promise<Visitor>
  close(): Promise<void>
}

/** @param surfaces the surfaces to deliver to besides the web */
export async function testApp(surfaces: Extra = {}): Promise<TestApp> {
  const fresh = await freshDatabase()
  const running = await appOn(fresh.url, surfaces)
  return {
    ...running,
    async close() {
      await running.close()
      await fresh.drop()
    },
  }
}

/** Surfaces, or what makes them for the application that they serve. */
type Extra = Surfaces | ((app: App) => Surfaces)

/** The application on a database that exists: a second replica, or a restart. */
export async function appOn(url: string, surfaces: Extra = {}, connections = 10): Promise<TestApp> {
  const database = openDatabase(url, { connections })
  const logged: TestApp['logged'] = []
  const keep = (level: string) => (message: string, fields?: Record<string, unknown>) => {
    logged.push({ level, message, fields })
  }
  const app: App = {
    store: { database, cache: foldCache(), source: 'countersign/test' },
    log: { info: keep('info'), warn: keep('warn'), error: keep('error') },
    now: () => new Date().toISOString(),
    committed: (...of) => delivery.soon(...of),
  }
  const extra = typeof surfaces === 'function' ? surfaces(app) : surfaces
  const delivery = startDelivery(app, { web: webSurface(database), ...extra })
  const workspace = await localWorkspace(app)
  return {
    ...{ app, url, workspace, delivery, logged },
    async as(handle) {
      const person = await personOf(database, workspace, `web:${handle}`)
      if (!person) throw new Error(`the local workspace has no ${handle}`)
      return { workspace, person, via: 'web', standing: 'member', place: { surface: 'web', address: handle } }
    },
    async close() {
      await delivery.stop()
      await database.close()
    },
  }
}
