// `npm run demo [-- --out DIR]`: plays one whole review through the real application, in the terminal.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { markdownReport } from '../conversation/markdown.ts'
import { words } from '../conversation/people.ts'
import { pngFromSvg, svgFromDot } from '../conversation/picture/render.ts'
import { risksSvg } from '../conversation/picture/risks.ts'
import { systemDot } from '../conversation/picture/system.ts'
import { startDelivery } from '../delivery/sweeper.ts'
import { systemOf } from '../domain/component.ts'
import { answersOf, listed, type Review } from '../domain/review.ts'
import type { Workspace } from '../domain/workspace.ts'
import { jsonLog } from '../log-lines.ts'
import type { App } from '../reviews/app.ts'
import { readReview } from '../reviews/command.ts'
import { localPeople, localWorkspace } from '../reviews/local-workspace.ts'
import { temporaryDataDir } from '../store/embedded/temporary.ts'
import { openStore } from '../store/open-store.ts'
import { personOf } from '../store/people.ts'
import { readStatus } from '../store/status.ts'
import { verifyLog } from '../store/verify-log.ts'
import { source } from '../version.ts'
import { webSurface } from '../web/surface.ts'
import { type Played, play } from './demo/play.ts'
import { playerFor } from './demo/player.ts'
import type { Terminal } from './terminal.ts'
import { exitCode, inWords } from './verify.ts'

export const usage = 'demo [--out DIR]   play one whole review in the terminal'

/** A database of its own, in a directory that is removed again: a running bot, or a second demo, never meets it. */
export async function run(args: string[], { print, warn }: Terminal): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string', default: 'countersign-demo' } } })
  const out = resolve(values.out)
  await mkdir(out, { recursive: true })
  const dataDir = await temporaryDataDir('countersign-demo')
  warn('Starting a database for the demo …')
  const opened = await openStore({ databaseUrl: undefined, dataDir, source, asBot: true })
  const app: App = {
    store: opened.store,
    log: jsonLog(warn),
    now: () => new Date().toISOString(),
    committed: (...of) => delivery.soon(...of),
  }
  const delivery = startDelivery(app, { web: webSurface(app.store.database) })
  try {
    const workspace = await localWorkspace(app)
    const people = await cast(app, delivery, workspace)
    const read = async () => {
      const [row] = (await readStatus(app.store.database, { workspace })).reviews
      const found = row && (await readReview(app, workspace, row.review))
      if (!found) throw new Error('the demo has no review yet')
      return found
    }
    const review = async () => (await read()).review
    const played = await play({ people, review, now: app.now, print })
    print('\n━━ Verify ━━\n')
    const report = await verifyLog(opened.url, { replay: true, progress: () => {} })
    print(inWords(report))
    const found = await read()
    await leave(out, found.review, found.workspace, played, inWords(report))
    print(
      `\nStart to draft: ${played.toDraft} interactions. Draft to sign-off: ${played.toSignOff}, by two people, for ${listed(found.review).length} threats.`,
    )
    print(`The report and the pictures are in ${relative(process.cwd(), out) || out}/.`)
    return exitCode(report)
  } finally {
    await delivery.stop()
    await opened.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function cast(app: App, delivery: ReturnType<typeof startDelivery>, workspace: string) {
  const player = async (handle: string) => {
    const person = await personOf(app.store.database, workspace, `web:${handle}`)
    const name = localPeople.find((one) => one.handle === handle)?.name
    if (!person || !name) throw new Error(`the local workspace has no ${handle}`)
    const place = { surface: 'web', address: handle } as const
    return playerFor(app, delivery, name, { workspace, person, via: 'web', standing: 'member', place })
  }
  return { paula: await player('paula'), milan: await player('milan'), sam: await player('sam') }
}

async function leave(
  out: string,
  review: Review,
  workspace: Workspace,
  played: Played,
  verified: string,
): Promise<void> {
  const system = await svgFromDot(systemDot(systemOf(review.facts, answersOf(review)), words(review.feature.name)))
  const risks = risksSvg(listed(review))
  const report = [
    markdownReport(review, workspace, { system: 'system.png', risks: 'risks.png' }),
    '## Refused on the way',
    ...played.refused.map((line) => `- ${line}`),
    '## Counted',
    `Start to draft: ${played.toDraft} interactions. Draft to sign-off: ${played.toSignOff}, by two people.`,
    '## Verify',
    `\`\`\`\n${verified}\n\`\`\`\n`,
  ].join('\n\n')
  await Promise.all([
    writeFile(join(out, 'report.md'), report),
    writeFile(join(out, 'system.svg'), system),
    pngFromSvg(system).then((png) => writeFile(join(out, 'system.png'), png)),
    writeFile(join(out, 'risks.svg'), risks),
    pngFromSvg(risks).then((png) => writeFile(join(out, 'risks.png'), png)),
  ])
}
