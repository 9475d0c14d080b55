// A replica with writers that open one review after another and say which were acknowledged.
//
// `writer.ts URL NAME LOOPS`: prints `ack REVIEW RECEIPT MS` and `late MS`; a line on standard input ends it.
import { createInterface } from 'node:readline'
import { openReview } from '../../src/reviews/open-review.ts'
import { Retryable, surviveDriverFaults } from '../../src/store/database.ts'
import { appOn } from './app.ts'

const [url = '', name = '', loops = '8'] = process.argv.slice(2)
const t = await appOn(url)
surviveDriverFaults(t.app.store.database, (error) => {
  process.stdout.write(`fault ${String(error)}\n`)
  process.exit(1)
})
const paula = await t.as('paula')
let ending = false
createInterface({ input: process.stdin }).once('line', () => {
  ending = true
})

async function writer(n: number): Promise<void> {
  for (let i = 0; !ending; i += 1) {
    const origin = `${name}, writer ${n}, review ${i}`
    for (let done = false; !done; ) {
      const begun = performance.now()
      const took = () => Math.round(performance.now() - begun)
      try {
        const { review, outcome } = await openReview(t.app, paula, { name: origin, origin })
        if ('refusal' in outcome) throw new Error(outcome.refusal.code)
        process.stdout.write(`ack ${review} ${outcome.entries[0]?.receipt} ${took()}\n`)
        done = true
      } catch (error) {
        if (!(error instanceof Retryable)) throw error
        process.stdout.write(`late ${took()}\n`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }
}

await Promise.all(Array.from({ length: Number(loops) }, (_, n) => writer(n)))
process.stdout.write('done\n')
await t.close()
process.exit(0)
