// Waiting for work no longer than a platform waits for us.

/** What work gives, or `undefined` when it is not done by the deadline; it goes on then, and its end still counts. */
export async function byDeadline<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
