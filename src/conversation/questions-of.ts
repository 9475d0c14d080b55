// Which questions a button is about: a wave by its number, or questions by their keys.
import { QuestionKey, waves } from '../domain/question.ts'

/** @param subject `2` for the third wave, or `question+question` */
export function questionsOf(subject: string): QuestionKey[] {
  if (/^\d$/.test(subject)) return [...(waves[Number(subject)] ?? [])]
  return subject.split('+').filter((key): key is QuestionKey => QuestionKey.safeParse(key).success)
}
