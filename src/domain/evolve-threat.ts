// One threat after one more entry about it.
import type { ReviewEntry } from './entry.ts'
import type { Rating } from './rating.ts'
import type { ThreatState } from './review.ts'

const threatEntries = [
  'threat.raised',
  'threat.watched',
  'threat.promoted',
  'threat.routed',
  'threat.delegated',
  'threat.confirmed',
  'threat.corrected',
  'threat.merged',
  'threat.dismissed',
  'treatment.proposed',
  'treatment.approved',
  'treatment.declined',
  'treatment.withdrawn',
  'mitigation.evidenced',
  'mitigation.verified',
  'acceptance.expired',
  'threat.reopened',
] as const
type ThreatEntry = ReviewEntry<(typeof threatEntries)[number]>

export function isThreatEntry(entry: ReviewEntry): entry is ThreatEntry {
  return (threatEntries as readonly string[]).includes(entry.type)
}

/**
 * Folds one entry into a threat.
 * @throws when an entry speaks of a threat that was never raised, which only a damaged log does
 */
export function evolveThreat(state: ThreatState | undefined, entry: ThreatEntry): ThreatState {
  const { at, seq, actor } = entry
  const last = { lastSeq: seq, lastBy: actor.person, lastAt: at }
  if (entry.type === 'threat.raised') return { ...raised(state, entry), ...last }
  if (!state) throw new Error(`entry ${seq} speaks of ${entry.data.threat}, which was never raised`)
  return { ...apply(state, entry), ...last }
}

/** A first raising, or a new revision: what was decided on the old one no longer stands. */
function raised(state: ThreatState | undefined, entry: ReviewEntry<'threat.raised'>): ThreatState {
  const { threat, origin, revision, ...content } = entry.data
  return {
    ...content,
    id: threat,
    origin,
    revision,
    status: 'open',
    watched: state?.watched ?? false,
    floor: content.rating,
    owner: state?.owner ?? '',
    waitingSince: entry.at,
    lastSeq: entry.seq,
    lastBy: entry.actor.person,
    lastAt: entry.at,
  }
}

/** Other words, another look: a rating that was lowered for the old words does not carry over. */
function notBelow({ rating, floor }: ThreatState): Rating {
  return { likelihood: Math.max(rating.likelihood, floor.likelihood), impact: Math.max(rating.impact, floor.impact) }
}

function apply(state: ThreatState, entry: Exclude<ThreatEntry, ReviewEntry<'threat.raised'>>): ThreatState {
  const { at, seq, receipt, actor } = entry
  const by = actor.person
  const open = { status: 'open', proposal: undefined, waitingSince: at } as const
  switch (entry.type) {
    case 'threat.watched':
      return { ...state, watched: true }
    case 'threat.promoted':
      return { ...state, watched: false, waitingSince: at }
    case 'threat.routed':
      return { ...state, owner: entry.data.owner }
    case 'threat.delegated':
      return { ...state, owner: entry.data.to }
    case 'threat.confirmed':
      return { ...state, rating: entry.data.rating, confirmed: { by, at, revision: entry.data.revision } }
    case 'threat.corrected': {
      const { revision, title, statement } = entry.data
      const text = { by: 'person' as const, title, statement }
      return { ...state, ...open, revision, text, rating: notBelow(state), confirmed: undefined }
    }
    case 'threat.merged':
      return { ...state, status: 'merged', mergedInto: entry.data.into }
    case 'threat.dismissed':
      return { ...state, status: 'dismissed' }
    case 'treatment.proposed': {
      const { revision, treatment, seconds } = entry.data
      const proposal = { seq, by, at, revision, treatment, signatures: [], complete: false, seconds, receipt }
      return { ...state, status: 'proposed', proposal, declined: undefined, reopened: undefined, waitingSince: at }
    }
    case 'treatment.approved': {
      if (!state.proposal) throw new Error(`entry ${seq} approves a proposal that does not stand`)
      const { slot, complete } = entry.data
      const signature = { seq, by, role: actor.role, for: entry.authority?.for?.person, at, slot, receipt }
      const proposal = { ...state.proposal, signatures: [...state.proposal.signatures, signature], complete }
      return { ...state, proposal, status: complete ? 'treated' : 'proposed', waitingSince: at }
    }
    case 'treatment.declined':
      return { ...state, ...open, declined: { by, at, reason: entry.data.reason, seq } }
    case 'treatment.withdrawn':
      return { ...state, ...open }
    case 'mitigation.evidenced':
      return { ...state, evidenced: { by, at, words: entry.data.evidence }, verified: undefined }
    case 'mitigation.verified':
      return { ...state, verified: { by, at, effective: entry.data.effective } }
    case 'acceptance.expired':
      return state
    case 'threat.reopened':
      return { ...state, ...open, reopened: entry.data.cause, evidenced: undefined, verified: undefined }
  }
}
