// Folded streams, kept in a bounded cache: it can be old, never wrong, because newer entries are always read.
import type { Entry, ReviewEntry, WorkspaceEntry } from '../domain/entry.ts'
import { evolveReview } from '../domain/evolve-review.ts'
import type { Review } from '../domain/review.ts'
import { evolveWorkspace, noWorkspace, type Workspace } from '../domain/workspace.ts'
import { decode } from '../log/codec.ts'

export const workspaceStream = 'workspace'
export const reviewStream = (review: string): string => `review/${review}`
export const reviewOf = (stream: string): string => stream.slice('review/'.length)

/** A stream folded up to an entry. */
export interface Folded {
  seq: number
  workspace: Workspace
  /** Undefined for the workspace's own stream and before a review's first entry. */
  review: Review | undefined
}

/** An entry as it is read: its bytes, and the words behind its commitments that are not erased. */
export interface Row {
  stream: string
  body: string
  words: Record<string, string> | null
}

export interface FoldCache {
  get(workspace: string, stream: string): Folded
  put(workspace: string, stream: string, folded: Folded): void
}

/** A stream of which nothing is known yet. */
export const nothingFolded: Folded = { seq: 0, workspace: noWorkspace, review: undefined }

/** @param limit how many streams are kept; the one longest unused goes first */
export function foldCache(limit = 500): FoldCache {
  const kept = new Map<string, Folded>()
  return {
    get: (workspace, stream) => kept.get(`${workspace} ${stream}`) ?? nothingFolded,
    put(workspace, stream, folded) {
      const key = `${workspace} ${stream}`
      kept.delete(key)
      kept.set(key, folded)
      const oldest = kept.size > limit ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
    },
  }
}

function entryOf({ body, words }: Row): Entry {
  return decode(body, (commitment) => words?.[commitment])
}

/** One more entry of the stream itself. */
export function foldOwn(stream: string, folded: Folded, entry: Entry): Folded {
  if (stream === workspaceStream) {
    return { ...folded, seq: entry.seq, workspace: evolveWorkspace(folded.workspace, entry as WorkspaceEntry) }
  }
  return { ...folded, seq: entry.seq, review: evolveReview(reviewOf(stream), folded.review, entry as ReviewEntry) }
}

/**
 * A stream and the workspace it stands in, brought up to date with newer rows of both.
 * Undefined when words of the stream were erased since it was folded: then it has to be folded from its first entry.
 */
export function fold(stream: string, from: Folded, rows: Row[]): Folded | undefined {
  let folded = from
  for (const row of rows) {
    const entry = entryOf(row)
    folded =
      row.stream === workspaceStream && stream !== workspaceStream
        ? { ...folded, workspace: evolveWorkspace(folded.workspace, entry as WorkspaceEntry) }
        : foldOwn(stream, folded, entry)
  }
  const erasedAt = folded.workspace.erasures[stream] ?? 0
  return from.seq > 0 && erasedAt > from.workspace.seq ? undefined : folded
}
