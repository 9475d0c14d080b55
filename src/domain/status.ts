// What the status is made of: counted by the database, shown on cards.

/** Everything a status shows; every number comes counted from the read models. */
export interface StatusFacts {
  reviews: { review: string; name: string | null; stage: string; requester: string; threats: number; decided: number }[]
  threats: { severity: string; status: string; treatment: string | null; count: number }[]
  waiting: Waits[]
  expiring: {
    review: string
    name: string | null
    threat: string
    title: string | null
    kind: 'acceptance' | 'mitigation'
    day: string
  }[]
  /** The newest decisions, newest first. */
  decided: {
    review: string
    name: string | null
    threat: string
    title: string | null
    treatment: string
    at: string
  }[]
  questions: { review: string; name: string | null; question: string; owner: string | null; due: string | null }[]
}

/** One threat that waits on one person. */
export type Waits = {
  person: string
  review: string
  name: string | null
  threat: string
  title: string | null
  severity: string
  waitsFor: string
  /** RFC 3339, UTC. */
  since: string
}
