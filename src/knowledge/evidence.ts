// Finds the words a threat rests on in the team's own answers.
import type { System } from '../domain/component.ts'
import type { Quote } from '../domain/naming.ts'
import type { Rule } from './rule.ts'

const saysNothing = /^\s*(?:unknown|not known|n\/a|\?|-)?[\s.]*$/i

/** At most two quotes, one per question: the sentence the rule's cue marks, or the answer's first. */
export function evidenceFor({ quotes, cue }: Rule, { answers }: System): Quote[] {
  const found = quotes.flatMap((question): Quote[] => {
    const answer = answers[question]
    if (!answer || saysNothing.test(answer)) return []
    const sentences = sentencesOf(answer)
    const telling = cue ? sentences.find(({ start, end }) => cue.test(answer.slice(start, end))) : undefined
    const chosen = telling ?? sentences[0]
    return chosen ? [{ question, ...chosen }] : []
  })
  return found.slice(0, 2)
}

/** The sentences of an answer, without the space around them. */
function sentencesOf(answer: string): { start: number; end: number }[] {
  return [...answer.matchAll(/[^.!?;\n]+(?:[.!?;](?!\s|$)[^.!?;\n]*)*[.!?;]?/g)].flatMap((match) => {
    const text = match[0].trim().replace(/[;,]$/, '')
    if (text === '') return []
    const start = match.index + match[0].indexOf(text)
    return [{ start, end: start + text.length }]
  })
}
