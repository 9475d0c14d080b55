// From the start command to the line that says it runs.
import { rm } from 'node:fs/promises'
import { temporaryDataDir } from '../../src/store/embedded/temporary.ts'
import { endChildren, startScript } from '../support/process.ts'
import { heading, line, median, ms, ratio, timed } from './measure.ts'

export async function benchStarts(): Promise<void> {
  const dataDir = await temporaryDataDir('countersign-bench')
  const settings = { COUNTERSIGN_DATA_DIR: dataDir, COUNTERSIGN_PORT: '0', DATABASE_URL: '' }
  const start = () =>
    timed(async () => {
      const bot = startScript('src/main.ts', [], settings)
      await bot.line('Countersign runs.')
      stop = async () => {
        bot.process.kill('SIGINT')
        await bot.ended
      }
    })
  let stop = async () => {}
  const first = await start()
  await stop()
  const later: number[] = []
  const bare: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    later.push(await start())
    await stop()
    bare.push(await timed(() => startScript('src/version.ts', [], {}).ended))
  }
  heading('Start to ready')
  line('the first time, with a new database', ms(first), `${ratio(first, median(bare))} × Node alone`)
  line('every other time', ms(median(later)), `${ratio(median(later), median(bare))} × Node alone`)
  endChildren()
  await rm(dataDir, { recursive: true, force: true })
}
