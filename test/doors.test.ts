// Which way the doors open: a room imports only from the rooms it may.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'

const src = join(import.meta.dirname, '../src')
const inner = ['domain', 'knowledge', 'log', 'conversation', 'store', 'reviews', 'delivery']

/** What each room may import, itself aside; files beside the rooms (config, main …) are open to all. */
const doors: Record<string, string[]> = {
  domain: [],
  knowledge: ['domain'],
  log: ['domain'],
  conversation: ['domain'],
  store: ['domain', 'log'],
  reviews: ['domain', 'knowledge', 'log', 'conversation', 'store'],
  delivery: ['domain', 'knowledge', 'log', 'conversation', 'store', 'reviews'],
  jobs: inner,
  slack: inner,
  teams: inner,
  web: inner,
  cli: [...inner, 'web'],
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const roomOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] as string) : '')
const importsOf = (file: string): string[] =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map((match) => match[1] as string)

test('every room is on the plan', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => room && !doors[room])).toEqual([])
})

test('no door opens the wrong way', () => {
  const wrong = files.flatMap((file) => {
    const room = roomOf(file)
    if (room === '') return []
    return importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(src, resolve(dirname(join(src, file)), name)))
      .filter((target) => {
        const to = roomOf(target)
        return to !== '' && to !== '..' && to !== room && !doors[room]?.includes(to)
      })
      .map((target) => `${file} imports ${target}`)
  })
  expect(wrong).toEqual([])
})

test('only its own room imports a platform', () => {
  const owners: Record<string, string[]> = {
    botbuilder: ['teams'],
    '@slack/bolt': ['slack'],
    'pg-boss': ['jobs'],
    // The two listeners: the local web chat, and the public one beside the rooms; Teams reads the bodies it is sent.
    express: ['web', 'teams', ''],
  }
  const strays = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => owners[name] && !owners[name].includes(roomOf(file)))
      .map((name) => `${file} imports ${name}`),
  )
  expect(strays).toEqual([])
})

test('the Bot Framework SDK is one file', () => {
  const importing = files.filter((file) => importsOf(file).some((name) => /^(botbuilder|botframework)/.test(name)))
  expect(importing).toEqual(['teams/adapter.ts'])
})

test('the core reads no clock, draws no chance and does no input or output', () => {
  const impure = files
    .filter((file) => ['domain', 'knowledge'].includes(roomOf(file)))
    .filter((file) =>
      /\bDate\.now\(|new Date\(\)|Math\.random|node:fs|node:net|process\./.test(readFileSync(join(src, file), 'utf8')),
    )
  expect(impure).toEqual([])
})

test('files stay small enough to read in one go', () => {
  const long = files
    .map((file) => [file, readFileSync(join(src, file), 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 300)
  expect(long).toEqual([])
})
