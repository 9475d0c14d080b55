// `npm run teams:package`: checks the manifest and the icons for Teams and packs them into the file one uploads.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import draft04 from 'ajv-draft-04'
import { strToU8, zipSync } from 'fflate'
import { z } from 'zod'
import { Instruction } from '../instruction.ts'
import { terminal } from './terminal.ts'

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)

const Environment = z.object({
  MICROSOFT_APP_ID: z.guid(
    'has to be the application (client) ID of the bot’s registration, like 00000000-1111-2222-3333-444444444444',
  ),
  // Teams demands pages of a publisher; who packs the app for an organisation puts its own here.
  COUNTERSIGN_WEBSITE: z
    .url({ protocol: /^https$/, error: 'has to be an address that begins with https://' })
    .default('https://example.com'),
})

/**
 * The bytes of the app package.
 * @param folder holds manifest.json with its placeholders, color.png and outline.png
 * @throws Instruction naming everything that is wrong, and where
 */
export async function packageOf(folder: string, environment: Record<string, string | undefined>): Promise<Uint8Array> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = Environment.safeParse(given)
  if (!read.success) throw refusal(read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const manifest = filledIn(await readFile(join(folder, 'manifest.json'), 'utf8'), { ...read.data, VERSION: version })
  const color = await readFile(join(folder, 'color.png'))
  const outline = await readFile(join(folder, 'outline.png'))
  const problems = [
    ...manifestProblems(manifest),
    ...sizeProblems('color.png', color, 192),
    ...outlineProblems('outline.png', outline),
  ]
  if (problems.length > 0) throw refusal(problems)
  const files = {
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    'color.png': color,
    'outline.png': outline,
  }
  // One date for all: the same manifest makes the same bytes. A zip holds local time, so this is midnight everywhere.
  return zipSync(files, { mtime: new Date(1980, 0, 1) })
}

function refusal(problems: string[]): Instruction {
  return new Instruction(problems.join('\n'))
}

/** Fills values in after parsing, so that no value can change the structure; an unknown placeholder stays. */
function filledIn(template: string, values: Record<string, string>): unknown {
  try {
    return JSON.parse(template, (_, value: unknown) =>
      typeof value === 'string' ? value.replace(/\$\{\{(\w+)\}\}/g, (all, name: string) => values[name] ?? all) : value,
    )
  } catch (error) {
    throw refusal([`manifest.json: ${(error as Error).message}`])
  }
}

function manifestProblems(manifest: unknown): string[] {
  const schema = require('@microsoft/app-manifest/build/json-schemas/teams/v1.22/MicrosoftTeams.schema.json') as object
  // The only format is the address of the schema itself, which nothing ever fetches.
  const validate = new draft04.default({ allErrors: true, strict: false, validateFormats: false }).compile(schema)
  validate(manifest)
  const broken = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const about = params.additionalProperty ?? params.allowedValues ?? params.allowedValue
    return `manifest.json: ${instancePath || '/'} ${message}${about === undefined ? '' : ` (${about})`}`
  })
  const open = JSON.stringify(manifest).matchAll(/\$\{\{\w+\}\}/g)
  return [...broken, ...[...open].map(([placeholder]) => `manifest.json: nothing fills in ${placeholder}`)]
}

function sizeProblems(name: string, png: Buffer, size: number): string[] {
  if (png.length < 24 || png.toString('latin1', 1, 4) !== 'PNG') return [`${name} is not a PNG`]
  // Width and height are the first fields of a PNG's first chunk.
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  return width === size && height === size ? [] : [`${name} is ${width} × ${height}, and has to be ${size} × ${size}`]
}

/** Teams colours the outline itself and wants it white on nothing. */
function outlineProblems(name: string, png: Buffer): string[] {
  const size = 32
  const wrongSize = sizeProblems(name, png, size)
  if (wrongSize.length > 0) return wrongSize
  const image = `<image width="${size}" height="${size}" href="data:image/png;base64,${png.toString('base64')}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${image}</svg>`
  const { pixels } = new Resvg(svg).render()
  let clear = 0
  for (let at = 0; at < pixels.length; at += 4) {
    // Colours come multiplied by opacity: white of any opacity is four equal numbers.
    const [red, green, blue, opacity] = pixels.subarray(at, at + 4)
    if (red !== opacity || green !== opacity || blue !== opacity) {
      return [`${name}: the pixel at ${(at / 4) % size}, ${Math.floor(at / 4 / size)} is not white`]
    }
    if (opacity === 0) clear++
  }
  if (clear === 0) return [`${name} has no transparent background`]
  return clear === size * size ? [`${name} shows nothing`] : []
}

if (import.meta.main) {
  try {
    const path = resolve('countersign-teams.zip')
    await writeFile(path, await packageOf(join(root, 'manifests/teams'), process.env))
    terminal.print(`${path} is ready: in Teams, open Apps, Manage your apps, Upload an app, and choose it.`)
  } catch (error) {
    if (!(error instanceof Instruction)) throw error
    terminal.warn(error.message)
    process.exitCode = 2
  }
}
