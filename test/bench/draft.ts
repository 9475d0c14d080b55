// A draft of the floor, for each kind of system.
import { systemOf } from '../../src/domain/component.ts'
import type { Intake } from '../../src/domain/intake.ts'
import { draft } from '../../src/knowledge/draft.ts'
import { refundAgent, supportCopilot } from '../support/intakes.ts'
import { heading, line, ms, ratio, takingTurns } from './measure.ts'

export async function benchDrafts(): Promise<void> {
  heading('A draft of the floor')
  for (const [name, intake] of Object.entries<Intake>({
    'support copilot': supportCopilot,
    'refund agent': refundAgent,
  })) {
    const system = systemOf(intake.facts, intake.answers)
    const text = JSON.stringify(draft(system))
    const times = await takingTurns(500, { draft: () => draft(system), parse: () => JSON.parse(text) })
    line(name, ms(times.draft), `aim: under 5 ms; ${ratio(times.draft, times.parse)} × JSON.parse of its own result`)
  }
}
