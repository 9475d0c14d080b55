// The app package for Teams: made by the real command, held against Teams' schema, and refused where something is wrong.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Resvg } from '@resvg/resvg-js'
import { strFromU8, unzipSync } from 'fflate'
import { packageOf } from '../../src/cli/teams-package.ts'
import { helpCard } from '../../src/conversation/texts.ts'
import { understand } from '../../src/conversation/understand.ts'

interface Manifest {
  $schema: string
  manifestVersion: string
  version: string
  id: string
  developer: { websiteUrl: string; privacyUrl: string; termsOfUseUrl: string }
  description: { short: string; full: string }
  name: { short: string; full: string }
  icons: { color: string; outline: string }
  bots: [{ botId: string; scopes: string[]; commandLists: CommandList[] }]
  composeExtensions: [{ botId: string; commands: { id: string; context: string[]; fetchTask: boolean }[] }]
}
interface CommandList {
  scopes: string[]
  commands: { title: string; description: string }[]
}

const root = join(import.meta.dirname, '../..')
const source = join(root, 'manifests/teams')
const appId = '00000000-1111-2222-3333-444444444444'
const execute = promisify(execFile)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-teams-'))
  folders.push(folder)
})
const folders: string[] = []
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true }))))

/** Runs the command in the folder, as npm does. */
async function run(environment: Record<string, string>) {
  const script = join(root, 'src/cli/teams-package.ts')
  const env = { PATH: process.env.PATH, MICROSOFT_APP_ID: '', COUNTERSIGN_WEBSITE: '', ...environment }
  return await execute(process.execPath, ['--disable-warning=ExperimentalWarning', script], { cwd: folder, env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  )
}

let packed: Record<string, Uint8Array>
let manifest: Manifest
beforeAll(async () => {
  packed = unzipSync(await packageOf(source, { MICROSOFT_APP_ID: appId }))
  manifest = JSON.parse(strFromU8(packed['manifest.json'] as Uint8Array)) as Manifest
})

test('the command leaves the package where it is called, the same bytes every time', async () => {
  const environment = { MICROSOFT_APP_ID: appId, COUNTERSIGN_WEBSITE: 'https://intranet.test/countersign' }
  const path = join(folder, 'countersign-teams.zip')
  const { code, stdout, stderr } = await run({ ...environment, TZ: 'Asia/Tokyo' })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/countersign-teams\.zip is ready: in Teams, .*\n$/)
  const first = await readFile(path)
  const files = unzipSync(first)
  expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png'])
  expect(JSON.parse(strFromU8(files['manifest.json'] as Uint8Array))).toMatchObject({
    id: appId,
    bots: [{ botId: appId }],
    composeExtensions: [{ botId: appId }],
    developer: {
      websiteUrl: environment.COUNTERSIGN_WEBSITE,
      privacyUrl: environment.COUNTERSIGN_WEBSITE,
      termsOfUseUrl: environment.COUNTERSIGN_WEBSITE,
    },
  })
  await run({ ...environment, TZ: 'America/New_York' })
  expect(first.equals(await readFile(path))).toBe(true)
})

test.each([
  ['no app id', {}, 'MICROSOFT_APP_ID has to be the application (client) ID'],
  ['an app id that is none', { MICROSOFT_APP_ID: 'countersign' }, 'MICROSOFT_APP_ID has to be the application'],
  ['a website without https', { MICROSOFT_APP_ID: appId, COUNTERSIGN_WEBSITE: 'http://x.test' }, 'COUNTERSIGN_WEBSITE'],
])('%s is named, and nothing is written', async (_, environment, message) => {
  const { code, stdout, stderr } = await run(environment)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(message)
  expect(stderr).not.toContain('    at ')
  expect(await readdir(folder)).toEqual([])
})

test('keeps to the limits of Teams, with the version of this program', async () => {
  expect(manifest.$schema).toContain(`/teams/v${manifest.manifestVersion}/`)
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  expect(manifest.version).toBe(version)
  expect(manifest.name.short.length).toBeLessThanOrEqual(30)
  expect(manifest.description.short.length).toBeLessThanOrEqual(80)
  expect(manifest.description.full.length).toBeLessThanOrEqual(4000)
  expect(manifest.developer.websiteUrl).toMatch(/^https:/)
})

test('offers, in each place the bot works, commands the bot understands, in the words of its help', () => {
  const [{ scopes, commandLists }] = manifest.bots
  expect(commandLists.flatMap((list) => list.scopes)).toEqual(scopes)
  const facts = helpCard().blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []))
  for (const { commands } of commandLists) {
    for (const { title, description } of commands) {
      expect(understand(title)).toMatchObject({ kind: title })
      const help = facts.find(({ label }) => label.split(' ')[0] === title)
      if (title !== 'help') expect(description.toLowerCase()).toBe(help?.value.toLowerCase())
    }
  }
})

test('adds one action to the menu of a message', () => {
  const [{ commands }] = manifest.composeExtensions
  expect(commands).toMatchObject([{ id: 'threat_model_this', context: ['message'], fetchTask: true }])
})

// Both were drawn from src/web/page/icon.svg with @resvg/resvg-js: the sign on its blue without rounded corners,
// which Teams cuts itself, inside the middle 96 pixels; and the sign alone in white with thinner lines.
test('brings its icons in the sizes Teams shows', () => {
  const sizeOf = (file: string) => {
    const png = Buffer.from(packed[file] as Uint8Array)
    return [png.readUInt32BE(16), png.readUInt32BE(20)]
  }
  expect(sizeOf(manifest.icons.color)).toEqual([192, 192])
  expect(sizeOf(manifest.icons.outline)).toEqual([32, 32])
})

const square = (size: number, attributes: string) =>
  new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size / 2}" height="${size}" ${attributes}/></svg>`,
  )
    .render()
    .asPng()

test.each<[string, string, (was: string) => string | Buffer, string]>([
  [
    'text that is too long',
    'manifest.json',
    (was) => was.replace('A real', 'A'.repeat(80)),
    '/description/short must NOT',
  ],
  [
    'a field Teams does not know',
    'manifest.json',
    (was) => was.replace('"icons"', '"icon": {}, "icons"'),
    '/ must NOT have additional properties (icon)',
  ],
  [
    'a field that is missing',
    'manifest.json',
    (was) => was.replace('"accentColor": "#1d3557",', ''),
    "/ must have required property 'accentColor'",
  ],
  [
    'a scope that is none',
    'manifest.json',
    (was) => was.replace('"team", "groupChat"]', '"world"]'),
    '/bots/0/scopes/1 must be equal to one of the allowed values (team,',
  ],
  [
    'another version of the schema',
    'manifest.json',
    (was) => was.replace('"1.22"', '"devPreview"'),
    '/manifestVersion must be equal to constant (1.22)',
  ],
  [
    'a placeholder nobody fills',
    'manifest.json',
    (was) => was.replace('"validDomains": []', `"validDomains": ["$\{{HOST}}"]`),
    `nothing fills in $\{{HOST}}`,
  ],
  ['a manifest that is torn', 'manifest.json', (was) => was.slice(0, 500), 'manifest.json: '],
  ['a colour icon of another size', 'color.png', () => square(96, ''), 'color.png is 96 × 96, and has to be 192 × 192'],
  ['an icon that is no picture', 'color.png', () => 'text', 'color.png is not a PNG'],
  ['an outline in black', 'outline.png', () => square(32, ''), 'outline.png: the pixel at 0, 0 is not white'],
  [
    'an outline without background',
    'outline.png',
    () => square(32, 'fill="#fff" transform="scale(2)"'),
    'outline.png has no transparent background',
  ],
  ['an outline with nothing in it', 'outline.png', () => square(32, 'opacity="0"'), 'outline.png shows nothing'],
])('%s is refused by name and place', async (_, file, broken, problem) => {
  await cp(source, folder, { recursive: true })
  await writeFile(join(folder, file), broken(await readFile(join(folder, file), 'utf8')))
  const refused = packageOf(folder, { MICROSOFT_APP_ID: appId })
  await expect(refused).rejects.toMatchObject({ name: 'Instruction', message: expect.stringContaining(problem) })
})
