// What every use case works with.
import type { Acting } from '../domain/entry.ts'
import type { Place } from '../domain/event.ts'
import type { Log } from '../log-lines.ts'
import type { Store } from '../store/transact.ts'

export interface App {
  log: Log
  store: Store
  /** The time, RFC 3339 in UTC. */
  now(): string
  /** Called after every commit, so that messages follow. */
  committed(workspace: string, stream: string): void
}

/** A person at one place of one workspace, as their surface made them out. */
export interface Visitor {
  workspace: string
  person: string
  via: Acting['via']
  standing: Acting['standing']
  place: Place
}

export function actingNow(app: App, { person, via, standing }: Visitor): Acting {
  return { person, via, standing, at: app.now() }
}
