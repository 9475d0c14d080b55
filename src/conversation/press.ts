// What a button sends: a verb and what it was shown on; never the person, the time or anything to be trusted.
import { z } from 'zod'

export const verbs = [
  'start_form',
  'start',
  'help',
  'status',
  'mine',
  'answer',
  'edit_wave',
  'skip_wave',
  'ask_other',
  'delegate',
  'open_questions',
  'threat',
  'next_threat',
  'propose',
  'decide',
  'withdraw',
  'several',
  'mitigate_many',
  'add',
  'add_threat',
  'correct_form',
  'correct',
  'merge_form',
  'merge',
  'hand_over_form',
  'hand_over',
  'promote',
  'evidence_form',
  'evidence',
  'verify_form',
  'verify',
  'sign_off',
  'reopen_form',
  'reopen',
  'watched',
  'settings',
  'policy_form',
  'set_policy',
  'confirm_policy',
  'role_form',
  'set_role',
  'route_form',
  'set_route',
  'away_form',
  'away',
  'end_away',
  'link',
  'link_check',
  'link_confirm',
] as const

export const Press = z.strictObject({
  verb: z.enum(verbs),
  review: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  /** Which wave, question, threat or scope the button is about. */
  subject: z
    .string()
    .max(400)
    .regex(/^\P{Cc}*$/u)
    // Ids are looked up in plain objects, where every object's own names would be found.
    .refine((subject) => !(subject in {}))
    .optional(),
  /** The newest entry about the subject when the card was drawn. */
  seen: z.int().nonnegative().optional(),
  /** Fingerprint of what the card showed. */
  shown: z.string().max(16).optional(),
  /** RFC 3339: when the form was opened, to tell how long it was read. */
  openedAt: z.iso.datetime().optional(),
})
export type Press = z.infer<typeof Press>
export type Verb = Press['verb']

/** The verbs that show a form when all is well: a surface may open an empty one before it knows the rest. */
export const formVerbs: ReadonlySet<Verb> = new Set([
  'start_form',
  'edit_wave',
  'ask_other',
  'open_questions',
  'threat',
  'next_threat',
  'several',
  'add',
  'correct_form',
  'merge_form',
  'hand_over_form',
  'evidence_form',
  'verify_form',
  'reopen_form',
  'watched',
  'policy_form',
  'role_form',
  'route_form',
  'away_form',
  'link_check',
])

/** What a press that changes something showed afterwards, as the press that only shows it. */
const shownAfter: Partial<Record<Verb, Verb>> = {
  ...{ withdraw: 'threat', correct: 'threat', promote: 'watched' },
  ...{ set_policy: 'settings', confirm_policy: 'settings', set_role: 'settings', set_route: 'settings' },
  ...{ away: 'settings', end_away: 'settings' },
}
const cardVerbs: ReadonlySet<Verb> = new Set(['help', 'mine', 'status', 'settings'])

/** The press that draws anew what a press drew, and changes nothing; undefined where it drew nothing. */
export function showing(press: Press): Press | undefined {
  if (formVerbs.has(press.verb) || cardVerbs.has(press.verb)) return press
  const verb = shownAfter[press.verb]
  return verb && { ...press, verb }
}
export const Values = z.record(
  z.string().max(80),
  z.union([z.string().max(8000), z.array(z.string().max(400)).max(100), z.boolean()]),
)
