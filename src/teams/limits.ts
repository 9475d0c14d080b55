// What Teams takes, each with its source.

export const limits = {
  /** Teams gives up on an answer after five to fifteen seconds (AdaptiveCards #3701); ours stops waiting before. */
  answerMs: 4_000,
  /**
   * A message is refused over about 100 kB, and 80 kB keeps clear of it
   * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages). In bytes of JSON.
   */
  messageBytes: 80_000,
  /** Of that, what surrounds the body: the activity's envelope, summary, fallback text and, for 60 people, refresh. */
  envelopeBytes: 12_000,
  /** Buttons in a row: a renderer shows five where its host says nothing else, https://learn.microsoft.com/adaptive-cards/rendering-cards/host-config */
  buttonsInRow: 5,
  /** https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views */
  viewers: 60,
  /** Notifications show no more; what is longer stands on the card. */
  summary: 500,
  /** No limit is published; a longer title is not read on a button. */
  button: 80,
} as const

/** So many sends to one conversation in so many seconds. */
export interface Budget {
  sends: number
  seconds: number
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit#per-bot-per-thread-limit */
export const budgets: readonly Budget[] = [
  { sends: 7, seconds: 1 },
  { sends: 8, seconds: 2 },
  { sends: 60, seconds: 30 },
  { sends: 1800, seconds: 3600 },
]
