// The thread that counts out the colours of a picture.
import { parentPort, workerData } from 'node:worker_threads'
import upng from 'upng-js'

const colours = 32

const { pixels, width, height } = workerData as { pixels: ArrayBuffer; width: number; height: number }
parentPort?.postMessage(new Uint8Array(upng.encode([pixels], width, height, colours)))
