// The interview a person is in the middle of.
import { and, desc, eq } from 'drizzle-orm'
import { review } from '../../db/schema.ts'
import type { Database } from './database.ts'

/** The newest review that a person started and whose interview is not finished. */
export async function openInterview(
  database: Database,
  workspace: string,
  person: string,
): Promise<string | undefined> {
  const [row] = await database.run(({ db }) =>
    db
      .select({ review: review.review })
      .from(review)
      .where(and(eq(review.workspace, workspace), eq(review.requester, person), eq(review.stage, 'interview')))
      .orderBy(desc(review.openedAt))
      .limit(1),
  )
  return row?.review
}
