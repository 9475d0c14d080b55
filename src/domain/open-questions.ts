// Unknown facts that threats hang on, and who owes the answer by when.
import type { FactKey } from './fact.ts'
import { type QuestionKey, questionOf } from './question.ts'
import { listed, type Review, watched } from './review.ts'

export interface OpenQuestion {
  question: QuestionKey
  facts: FactKey[]
  /** How many threats would change with the answer. */
  threats: number
  owned: { person: string; due: string } | null
}

/** The open questions of a review, the one that most threats hang on first. */
export function openQuestions(review: Review): OpenQuestion[] {
  const found = new Map<QuestionKey, OpenQuestion>()
  for (const threat of [...listed(review), ...watched(review)]) {
    const unknown = threat.conditionalOn.filter((fact) => review.facts[fact] === 'unknown')
    for (const question of new Set(unknown.map(questionOf))) {
      const open = found.get(question) ?? { question, facts: [], threats: 0, owned: ownerOf(review, question) }
      const facts = unknown.filter((fact) => questionOf(fact) === question)
      found.set(question, { ...open, facts: [...new Set([...open.facts, ...facts])], threats: open.threats + 1 })
    }
  }
  return [...found.values()].sort((a, b) => b.threats - a.threats)
}

function ownerOf(review: Review, question: QuestionKey) {
  return review.questions[question].asked ?? null
}
