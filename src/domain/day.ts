// Calendar days as the decisions use them: `YYYY-MM-DD`, in UTC.

/** The day of an RFC 3339 time. */
export function dayOf(at: string): string {
  return at.slice(0, 10)
}

/** The day so many days after another. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString())
}
