// The demo's story: one whole review, from the first sentence to the signature, with two decisions refused on the way.

import { inputsOf } from '../../conversation/card.ts'
import { plainText } from '../../conversation/plain-text.ts'
import type { Reply } from '../../conversation/reply.ts'
import { numberOf, ratingText, statementOf, titleOf } from '../../conversation/threat-blocks.ts'
import { readShownValue } from '../../conversation/threat-side-forms.ts'
import { addDays, dayOf } from '../../domain/day.ts'
import { answersOf, listed, quoted, type Review, type ThreatState } from '../../domain/review.ts'
import { announcement, answers } from './answers.ts'
import type { Player } from './player.ts'
import { groups, singles } from './treatments.ts'

export interface Stage {
  people: { paula: Player; milan: Player; sam: Player }
  /** The review as it stands. */
  review(): Promise<Review>
  now(): string
  print(text: string): void
}

export interface Played {
  toDraft: number
  toSignOff: number
  refused: string[]
}

/** @throws when the story does not go as told, which is a fault of the program */
export async function play(stage: Stage): Promise<Played> {
  const { paula, sam } = stage.people
  await interview(stage)
  const toDraft = paula.interactions
  await propose(stage)
  const refused = await tryWithoutAuthority(stage)
  await sign(stage)
  return { toDraft, toSignOff: paula.interactions + sam.interactions - toDraft, refused }
}

async function interview({ people: { paula }, review, print }: Stage): Promise<void> {
  heading(print, 'The interview')
  print(`Paula: ${announcement}`)
  print(`Bot:   ${done(await paula.say(announcement))}`)
  for (const [wave, values] of answers.entries()) {
    const card = (await paula.window()).at(-1)
    print(`\n  ${card?.title}`)
    for (const [name, value] of Object.entries(values)) {
      if (name.endsWith('.words')) print(`    “${value}”`)
    }
    const reply = await paula.press(wave === answers.length - 1 ? 'Draft the threats' : 'Next', values)
    print(`  Bot: ${done(reply)}`)
  }
  heading(print, 'The draft')
  const card = (await paula.window()).at(-2)
  if (card) print(plainText(card))
  const state = await review()
  for (const threat of listed(state)) {
    const said = threat.evidence.map((quote) => quoted(state, quote)).join(' … ')
    print(`\n  ${numberOf(state, threat)}  ${titleOf(threat)} · ${ratingText(threat.rating)}`)
    print(`      ${statementOf(state, threat)}`)
    print(`      because you said: “${said}”`)
  }
}

async function propose({ people, review, now, print }: Stage): Promise<void> {
  const { paula, milan } = people
  heading(print, 'Paula proposes')
  const day = (days: number) => addDays(dayOf(now()), days)
  for (const { rules, plan } of groups) {
    await paula.press('One measure for several')
    const offered = inputsOf(paula.form?.blocks ?? []).find(({ name }) => name === 'threats')
    const values = offered?.kind === 'choices' ? offered.options.map(({ value }) => value) : []
    const threats = values.filter((value) => rules.includes(ruleOf(readShownValue(value)?.threat ?? '')))
    await paula.press('Propose for these', { threats, plan, due: day(30), doer: milan.visitor.person })
    print(`  ${threats.length} threats: mitigate. “${plan}”`)
  }
  await paula.press('Go through them')
  while (paula.form) {
    const threat = await shown(paula, await review())
    const single = singles[ruleOf(threat.id)]
    if (!single) throw new Error(`the demo has no treatment for ${threat.id}`)
    const state = await review()
    const values = single(day, milan.visitor.person, (words) => quoteOf(state, words))
    print(
      `  ${numberOf(state, threat)} ${titleOf(threat)}: ${values.treatment}. “${values.reason ?? values.claim ?? values.plan}”`,
    )
    done(await paula.press('Propose', values))
  }
  await paula.press('Open questions')
  done(await paula.press('Ask', { to: milan.visitor.person, due: day(14) }))
  print('  Open question: Milan finds out within two weeks.')
}

/** The one who proposed, and one without authority, press the button on Sam's card: both are told why not and who may. */
async function tryWithoutAuthority({ people: { paula, milan, sam }, review, print }: Stage): Promise<string[]> {
  heading(print, 'Two decisions that are refused')
  const [first] = listed(await review())
  await sam.press(`Decide ${first ? numberOf(await review(), first) : ''}`)
  const signing = sam.form?.submit
  if (!signing) throw new Error('Sam has nothing to sign')
  const refused: string[] = []
  for (const player of [paula, milan]) {
    const reply = await player.pressTheirs(signing, { decision: 'sign' })
    if (reply.kind !== 'refused') throw new Error(`${player.name} was not refused`)
    print(`  ${player.name} signs ${sam.form?.title}\n  Bot, in private: ${reply.text}\n`)
    refused.push(`${player.name}: ${reply.text}`)
  }
  return refused
}

async function sign({ people: { sam }, review, print }: Stage): Promise<void> {
  heading(print, 'Sam decides, one threat at a time')
  while (sam.form) {
    const state = await review()
    const threat = await shown(sam, state)
    const values = { decision: 'sign', sawUnknowns: true }
    const reply = await sam.press('Record my decision', values)
    const receipt = reply.kind === 'done' ? reply.receipt?.slice(0, 24) : undefined
    print(`  ${numberOf(state, threat)} ${titleOf(threat)}: ${done(reply)} Receipt ${receipt}`)
  }
  heading(print, 'Sign-off')
  const card = (await sam.window()).at(-1)
  if (card) print(plainText(card))
  const reply = await sam.press('Sign off', { sawSetAside: true })
  print(`\n  Sam: Sign off\n  Bot: ${done(reply)}`)
}

/** The threat of the form in front of a player. */
async function shown(player: Player, review: Review): Promise<ThreatState> {
  const threat = review.threats[player.form?.submit?.press.subject ?? '']
  if (!threat) throw new Error(`${player.name} has no threat in front of them`)
  return threat
}

function done(reply: Reply): string {
  if (reply.kind === 'done' || reply.kind === 'refused') return reply.text
  throw new Error(`the program answered ${JSON.stringify(reply)}`)
}

function quoteOf(review: Review, words: RegExp): string {
  const [question, said] = Object.entries(answersOf(review)).find(([, text]) => words.test(text)) ?? ['', '']
  const { answer } = review.questions[question as keyof Review['questions']]
  return `${answer}:0:${said.length}`
}

const ruleOf = (threat: string): string => threat.split('@')[0] ?? ''

function heading(print: Stage['print'], words: string): void {
  print(`\n━━ ${words} ${'━'.repeat(Math.max(0, 70 - words.length))}\n`)
}
