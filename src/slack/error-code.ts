// What Slack's Web API refuses a call with.

/** The code of an error of the Web API, such as `not_in_channel`; undefined for every other error. */
export function errorCode(error: unknown): string | undefined {
  return (error as { data?: { error?: string } } | undefined)?.data?.error
}
