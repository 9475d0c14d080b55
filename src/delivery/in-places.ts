// Messages to many places: each place in its order, and none waits for another.
import type { Address } from './places.ts'
import { TryLater, Uncertain } from './surface.ts'

/** Until when each place asked to be left alone, in milliseconds. */
export type Patience = Map<string, number>

interface Addressed {
  place: Address | undefined
  person?: string | undefined
}

interface Brought {
  /** What went wrong, at most once for each place. */
  trouble: unknown[]
  /** The people who were reached at none of their places. */
  nowhere: string[]
}

interface Means<T> {
  /** Gives whether it arrived. */
  bring(message: T): Promise<boolean>
  /** Whether it stands already, and would only be changed. */
  stands(message: T): boolean
}

/**
 * Brings messages, those to one place one by one. Behind one that has to wait, the others to its place wait as well;
 * behind a post that may have taken effect, only further posts do.
 */
export async function bringByPlace<T extends Addressed>(
  messages: T[],
  patience: Patience,
  means: Means<T>,
): Promise<Brought> {
  const reached = new Map<string, boolean>()
  const note = ({ person }: T, arrived: boolean) => {
    if (person) reached.set(person, arrived || reached.get(person) === true)
  }
  const toOne = async (at: string, some: T[]): Promise<unknown> => {
    let uncertain: Uncertain | undefined
    for (const message of some) {
      if (uncertain && !means.stands(message)) continue
      const ms = (patience.get(at) ?? 0) - Date.now()
      try {
        if (ms > 0) throw new TryLater(ms / 1000)
        note(message, await means.bring(message))
      } catch (error) {
        note(message, true)
        if (error instanceof Uncertain) uncertain ??= error
        else {
          if (error instanceof TryLater) patience.set(at, Date.now() + error.seconds * 1000)
          return error
        }
      }
    }
    return uncertain
  }
  const places = Map.groupBy(messages, ({ place }) => `${place?.surface} ${place?.address}`)
  const troubles = await Promise.all([...places].map(([at, some]) => toOne(at, some)))
  const nowhere = [...reached].filter(([, arrived]) => !arrived).map(([person]) => person)
  return { trouble: troubles.filter((one) => one !== undefined), nowhere }
}
