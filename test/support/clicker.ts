// A replica that clicks when told: one JSON line in, one JSON line out.
//
// `clicker.ts URL [die-before-insert | die-before-commit | die-after-commit]` kills itself with SIGKILL at that point of
// its next command.
import { createInterface } from 'node:readline'
import type { ReviewCommand } from '../../src/domain/decide.ts'
import type { Visitor } from '../../src/reviews/app.ts'
import { actingNow } from '../../src/reviews/app.ts'
import { command } from '../../src/reviews/command.ts'
import { appOn } from './app.ts'

const [url = '', dying = ''] = process.argv.slice(2)
const t = await appOn(url)
let armed = false
const die = () => process.kill(process.pid, 'SIGKILL')
const { app } = t
if (dying === 'die-before-commit') {
  app.store.sendJobs = async () => {
    if (armed) die()
    await new Promise(() => {})
  }
}
if (dying === 'die-after-commit') app.committed = () => armed && die()
if (dying === 'die-before-insert') {
  const { source } = app.store
  // The source is read when the entries are written down: after the lock, before the insert.
  Object.defineProperty(app.store, 'source', { get: () => (armed ? die() : source) })
}
process.stdout.write('ready\n')

for await (const line of createInterface({ input: process.stdin })) {
  const { visitor, review, what } = JSON.parse(line) as { visitor: Visitor; review: string; what: ReviewCommand }
  armed = true
  const outcome = await command(app, t.workspace, review, actingNow(app, visitor), what)
  const answer =
    'refusal' in outcome ? { refusal: outcome.refusal } : { entries: outcome.entries, repeated: outcome.repeated }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
