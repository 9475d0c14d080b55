// The local web chat as a surface: a message is a row in its person's window.
import type { Surface } from '../delivery/surface.ts'
import type { Database } from '../store/database.ts'
import { putWebMessage, removeWebMessage } from '../store/web-messages.ts'

/** A post under a key that stands already changes it, so a post repeated after a crash is one message. */
export function webSurface(database: Database): Surface {
  return {
    name: 'web',
    async post(workspace, person, { key, card }) {
      await putWebMessage(database, { workspace, person, key }, { card })
      return { person, key }
    },
    async update(workspace, ref, { card }) {
      await putWebMessage(database, { workspace, ...(ref as Ref) }, { card })
    },
    async remove(workspace, ref) {
      await removeWebMessage(database, { workspace, ...(ref as Ref) })
    },
  }
}

interface Ref {
  person: string
  key: string
}
