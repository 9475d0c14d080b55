// PNGs small enough to travel inside a message: few colours, made on a thread of its own.
import { Worker } from 'node:worker_threads'
import { pixelsFromSvg } from './render.ts'

/** Where a message has to hold the picture itself, this many pixels are sharp enough on a laptop and a phone. */
const width = 900

/**
 * A picture as a PNG of 32 colours, a quarter of the size of a full one.
 * @throws Error when the picture cannot be drawn
 */
export async function smallPngFromSvg(svg: string): Promise<Buffer> {
  const drawn = await pixelsFromSvg(svg, width)
  const worker = new Worker(new URL('./small-png-worker.ts', import.meta.url), { workerData: drawn })
  const bytes = await new Promise<Uint8Array>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the picture was not finished')))
  })
  return Buffer.from(bytes)
}
