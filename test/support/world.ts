// The pure core in memory: people, a workspace and one review, folded from entries that are really encoded.

import { systemOf } from '../../src/domain/component.ts'
import { addDays, dayOf } from '../../src/domain/day.ts'
import type { Context } from '../../src/domain/decide/context.ts'
import { takeDraft } from '../../src/domain/decide/draft.ts'
import { open } from '../../src/domain/decide/interview.ts'
import { decideWorkspace, type WorkspaceCommand } from '../../src/domain/decide/workspace.ts'
import { decide, type ReviewCommand } from '../../src/domain/decide.ts'
import type { Acting, DomainEvent, Entry, Recorded, ReviewEntry, WorkspaceEntry } from '../../src/domain/entry.ts'
import type { Place } from '../../src/domain/event.ts'
import { evolveReview } from '../../src/domain/evolve-review.ts'
import { fingerprintOf, reviewFingerprint, shortFingerprint } from '../../src/domain/fingerprint.ts'
import type { Intake } from '../../src/domain/intake.ts'
import { openQuestions } from '../../src/domain/open-questions.ts'
import { type Policy, standard } from '../../src/domain/policy.ts'
import { factsBehind, waves } from '../../src/domain/question.ts'
import type { Rating } from '../../src/domain/rating.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import { answersOf, listed, type Review } from '../../src/domain/review.ts'
import type { Treatment } from '../../src/domain/treatment.ts'
import { evolveWorkspace, noWorkspace, type Workspace } from '../../src/domain/workspace.ts'
import type { Role } from '../../src/domain/workspace-event.ts'
import { draft } from '../../src/knowledge/draft.ts'
import { encode } from '../../src/log/codec.ts'
import { noEntry } from '../../src/log/hash.ts'

export type Result = { entries: Entry[] } | { refusal: Refusal }

export const everyone: Record<string, Role[]> = {
  paula: ['requester'],
  milan: ['contributor'],
  rosa: ['risk_owner'],
  sam: ['security_lead'],
  sally: ['security_lead'],
  elena: ['executive'],
  audrey: ['auditor'],
  nora: [],
}

export const reviewId = '0123456789abcdef'
const place: Place = { surface: 'web', address: 'paula' }

/** A world with a clock that is set by hand. */
export class World {
  workspace: Workspace = noWorkspace
  review: Review | undefined
  readonly log: { review: Entry[]; workspace: Entry[] } = { review: [], workspace: [] }
  /** RFC 3339. */
  at = '2026-11-21T09:00:00.000Z'
  #prev = { review: noEntry, workspace: noEntry }

  constructor(people: Record<string, Role[]> = everyone, policy: Policy = standard) {
    const by = { actor: { person: 'system', role: 'system' as const, via: 'clock' as const } }
    const owner = Object.keys(people).find((person) => people[person]?.includes('risk_owner'))
    const events: DomainEvent[] = [
      { type: 'workspace.created', data: { name: 'Test', policy } },
      ...Object.entries(people).flatMap(([person, roles]): DomainEvent[] => [
        { type: 'identity.linked', data: { person, name: person, identity: `web:${person}` } },
        ...roles.map((role): DomainEvent => ({ type: 'role.granted', data: { person, role } })),
      ]),
      ...(owner ? [{ type: 'routing.changed', data: { area: 'default', owner } } satisfies DomainEvent] : []),
    ]
    this.#append(
      'workspace',
      events.map((event) => ({ ...event, ...by })),
    )
  }

  acting(person: string, standing: Acting['standing'] = 'member'): Acting {
    return { person, via: 'web', standing, at: this.at }
  }

  /** Moves the clock on by whole days. */
  pass(days: number): void {
    this.at = new Date(Date.parse(this.at) + days * 86_400_000).toISOString()
  }

  context(person: string, standing?: Acting['standing']): Context {
    if (!this.review) throw new Error('there is no review yet')
    return { review: this.review, workspace: this.workspace, acting: this.acting(person, standing) }
  }

  open(person = 'paula', name = 'Copilot'): Result {
    return this.#take('review', open({ feature: 'f1', name, place }, this.workspace, this.acting(person)))
  }

  /** Decides a command as this person, and drafts where the application would. */
  do(person: string, command: ReviewCommand, standing?: Acting['standing']): Result {
    const result = this.#take('review', decide(this.context(person, standing), command))
    if ('refusal' in result || !this.review || this.review.stage === 'interview') return result
    const changes = result.entries.some(({ type }) => type === 'fact.confirmed' || type === 'interview.completed')
    if (!changes) return result
    const system = systemOf(this.review.facts, answersOf(this.review))
    const drafted = this.#take('review', takeDraft(this.context(person, standing), draft(system)))
    return 'refusal' in drafted ? drafted : { entries: [...result.entries, ...drafted.entries] }
  }

  /** Changes the workspace as this person. */
  govern(person: string, command: WorkspaceCommand): Result {
    return this.#take('workspace', decideWorkspace(this.workspace, command, this.acting(person)))
  }

  /** Opens a review and answers everything from an intake, so that it is drafted. */
  draft(intake: Intake, person = 'paula'): void {
    if (!this.review) this.open(person)
    for (const wave of waves) {
      const answers = wave.map((question) => ({
        question,
        ...(intake.answers[question] === undefined ? {} : { words: intake.answers[question] }),
        facts: factsBehind[question].map((fact) => ({ fact, value: intake.facts[fact] }) as never),
      }))
      const seen = Math.max(...wave.map((question) => this.context(person).review.questions[question].lastSeq))
      const result = this.do(person, { type: 'answer', answers, seen })
      if ('refusal' in result) throw new Error(`the answers were refused: ${JSON.stringify(result.refusal)}`)
    }
  }

  /** Treats every listed threat, signed by whoever has to: Sam, then Rosa or Elena where two are needed. */
  treatAll(treatment: (rating: Rating) => Treatment = () => ({ kind: 'avoid', reason: 'No.' })): void {
    for (const { id, rating } of listed(this.context('paula').review)) {
      this.do('paula', { type: 'propose', ...this.on(id), rating, treatment: treatment(rating) })
      for (const signer of ['sam', 'rosa', 'elena']) {
        if (this.review?.threats[id]?.status === 'proposed')
          this.do(signer, { type: 'approve', ...this.on(id), sawUnknowns: true })
      }
    }
  }

  /** Milan owns every open question. */
  ownQuestions(): void {
    const { review } = this.context('paula')
    for (const { question, owned } of openQuestions(review)) {
      const seen = review.questions[question].lastSeq
      const due = addDays(dayOf(this.at), 14)
      if (!owned) this.do('paula', { type: 'delegate', questions: [question], to: 'milan', due, seen })
    }
  }

  /** What a card of this threat would send now. */
  on(id: string): { threat: string; shown: { seen: number; fingerprint: string } } {
    const { review } = this.context('paula')
    const threat = review.threats[id]
    if (!threat) return { threat: id, shown: { seen: 0, fingerprint: '' } }
    return { threat: id, shown: { seen: threat.lastSeq, fingerprint: shortFingerprint(fingerprintOf(review, threat)) } }
  }

  /** What the sign-off card would send now. */
  signOff(sawSetAside = true): ReviewCommand {
    const fingerprint = shortFingerprint(reviewFingerprint(this.context('paula').review))
    return { type: 'sign_off', fingerprint, sawSetAside }
  }

  #take(stream: 'review' | 'workspace', decided: { events: Recorded<DomainEvent>[] } | { refusal: Refusal }): Result {
    return 'refusal' in decided ? decided : { entries: this.#append(stream, decided.events) }
  }

  #append(stream: 'review' | 'workspace', events: Recorded<DomainEvent>[]): Entry[] {
    return events.map((event) => {
      const seq = this.log[stream].length + 1
      const { entry } = encode(event, {
        log: 'test',
        id: '01935d0c-0000-7000-8000-000000000000',
        stream: stream === 'review' ? `review/${reviewId}` : 'workspace',
        prev: this.#prev[stream],
        command: '0'.repeat(64),
        source: 'test',
        at: this.at,
        seq,
      })
      this.#prev[stream] = entry.receipt
      this.log[stream].push(entry)
      if (stream === 'review') this.review = evolveReview(reviewId, this.review, entry as ReviewEntry)
      else this.workspace = evolveWorkspace(this.workspace, entry as WorkspaceEntry)
      return entry
    })
  }
}
