// The authority table: whose signatures a severity needs and how long an acceptance may last.
import { z } from 'zod'
import { severities } from './rating.ts'

/** Who may fill a signature: the threat's own risk owner, any security lead, any executive. */
const Signer = z.enum(['risk_owner', 'security_lead', 'executive'])
export type Signer = z.infer<typeof Signer>

const Rule = z.strictObject({
  /** One entry per signature needed, each by another person; any of the named may give it. */
  signatures: z.array(z.array(Signer).min(1)).min(1).max(3),
  /** How many days an acceptance may last at most. */
  acceptDays: z.int().min(1).max(365),
})

export const Policy = z.strictObject({
  preset: z.enum(['standard', 'regulated', 'custom']),
  rules: z.strictObject({ low: Rule, medium: Rule, high: Rule, critical: Rule }),
  /** Requester, risk owner and security lead have to be three people. */
  threePeople: z.boolean(),
})
export type Policy = z.infer<typeof Policy>

const either: Signer[] = ['risk_owner', 'security_lead']

export const standard: Policy = {
  preset: 'standard',
  rules: {
    low: { signatures: [either], acceptDays: 365 },
    medium: { signatures: [either], acceptDays: 180 },
    high: { signatures: [['security_lead']], acceptDays: 90 },
    critical: { signatures: [['security_lead'], ['executive']], acceptDays: 30 },
  },
  threePeople: false,
}

export const regulated: Policy = {
  preset: 'regulated',
  rules: {
    ...standard.rules,
    high: { signatures: [['security_lead'], ['risk_owner', 'executive']], acceptDays: 90 },
  },
  threePeople: true,
}

/** Whether the second policy asks for less than the first anywhere: such a change takes two security leads. */
export function loosens(now: Policy, next: Policy): boolean {
  if (now.threePeople && !next.threePeople) return true
  return severities.some((severity) => {
    const [a, b] = [now.rules[severity], next.rules[severity]]
    if (b.acceptDays > a.acceptDays || b.signatures.length < a.signatures.length) return true
    return a.signatures.some((signers, i) => b.signatures[i]?.some((signer) => !signers.includes(signer)))
  })
}
