// The name this program writes into every entry it makes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogueVersion } from './knowledge/catalogue.ts'

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string
}

export const source = `countersign/${version} ${catalogueVersion}`
