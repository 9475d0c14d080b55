// All rules of the catalogue. To add one, put it in the file of its kind under rules/; the tests check its references.
import type { Rule } from './rule.ts'
import { agentRules } from './rules/agents.ts'
import { dataRules } from './rules/data.ts'
import { modelRules } from './rules/model.ts'
import { operationRules } from './rules/operations.ts'
import { outputRules } from './rules/outputs.ts'
import { privacyRules } from './rules/privacy.ts'
import { promptRules } from './rules/prompts.ts'
import { retrievalRules } from './rules/retrieval.ts'
import { supplyRules } from './rules/supply.ts'
import { toolRules } from './rules/tools.ts'

/** Names the catalogue in every draft; raise it when a rule changes. */
export const catalogueVersion = 'floor/2'

/** In the order that breaks ties between equal ratings. */
export const catalogue: Rule[] = [
  ...promptRules,
  ...toolRules,
  ...agentRules,
  ...retrievalRules,
  ...privacyRules,
  ...outputRules,
  ...dataRules,
  ...modelRules,
  ...supplyRules,
  ...operationRules,
]
