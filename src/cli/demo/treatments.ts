// What the demo's product person proposes, by the rule that raised the threat.
import type { Values } from '../../conversation/card.ts'

export interface Group {
  rules: string[]
  plan: string
}

/** One measure and one date for several threats. */
export const groups: Group[] = [
  {
    rules: [
      ...['direct-injection', 'indirect-injection', 'open-intake', 'retrieval-poisoning', 'prompt-leak'],
      ...['disclosure-in-answers', 'dressed-up-answer'],
    ],
    plan: 'Mark retrieved passages and ticket texts as data, check answers for other people’s records, and run the injection tests before every release.',
  },
  {
    rules: ['borrowed-rights', 'retrieval-overreach', 'credential-harvest', 'malicious-package', 'unbounded-use'],
    plan: 'Look records up with the agent’s own rights, filter retrieval by what the agent may read, pin packages by hash, and cap tokens per agent and day.',
  },
]

/** Single treatments; days are counted from today. */
export const singles: Record<
  string,
  (day: (days: number) => string, doer: string, quote: (words: RegExp) => string) => Values
> = {
  'active-output': () => ({
    treatment: 'avoid',
    reason:
      'Answers will be shown as plain text in the first version; remote images and links are not rendered at all.',
  }),
  'log-exposure': (_, __, quote) => ({
    treatment: 'in_place',
    claim: 'Only the platform team can read the logs, and they are deleted after 30 days.',
    controls: ['log-access', 'log-retention'],
    quote: quote(/Datadog/),
  }),
  'rubber-stamp': (day) => ({
    treatment: 'accept',
    reason: 'Agents work on one ticket at a time and see the sources beside the answer.',
    consequence: 'A wrong answer reaches a customer now and then, as it does today without the copilot.',
    expires: day(150),
  }),
  'provider-reuse': (day, doer) => ({
    treatment: 'mitigate',
    plan: 'Ask Azure to switch abuse monitoring off for our tenant, and keep the answer with the contract.',
    controls: ['provider-terms'],
    due: day(21),
    doer,
  }),
  'poisoned-tool-server': () => ({
    treatment: 'not_applicable',
    reason: 'There are no tool servers or plug-ins; the one tool is our own code.',
  }),
}
