// A slow neighbour in the database.
import postgres from 'postgres'

/** Holds a lock until it is told to let go. */
export async function locked(url: string, statement: string): Promise<() => Promise<void>> {
  const sql = postgres(url, { max: 1 })
  const [held, taken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const work = sql.begin(async (tx) => {
    await tx.unsafe(statement)
    taken.resolve()
    await held.promise
  })
  await taken.promise
  return async () => {
    held.resolve()
    await work
    await sql.end()
  }
}
