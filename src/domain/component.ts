// The parts of the system that the facts imply, and what flows between them across which trust boundary.
import type { Fact, FactKey, Facts } from './fact.ts'
import { isKnown } from './fact.ts'
import { nameIn, type Quote } from './naming.ts'
import type { QuestionKey } from './question.ts'

export const componentKinds = [
  'user',
  'feature',
  'prompt',
  'model',
  'knowledge_base',
  'memory',
  'outside_content',
  'tool',
  'secret',
  'log',
  'training_set',
  'supplier',
  'consumer',
  'reviewer',
] as const
export type ComponentKind = (typeof componentKinds)[number]

/** Whose hands a component is in; a flow between two zones crosses a trust boundary. */
export type Zone = 'outside' | 'ours' | 'provider' | 'downstream'
export type Sensitivity = 'open' | 'internal' | 'confidential' | 'strict'

interface Asset {
  what: string
  sensitivity: Sensitivity
}

export interface Component {
  /** `kind-n` */
  id: string
  kind: ComponentKind
  zone: Zone
  /** Where in the answers the team names it; none where they did not. */
  names: Quote[]
  assets: Asset[]
  /** False where only an unknown fact lets it exist. */
  certain: boolean
}

interface Flow {
  from: string
  to: string
  what: string
  crossesBoundary: boolean
}

export interface System {
  facts: Facts
  answers: Answers
  components: Component[]
  flows: Flow[]
}
export type Answers = Partial<Record<QuestionKey, string>>

const languageTypes = ['llm_chat', 'llm_rag', 'llm_agent', 'multi_agent', 'coding_assistant']

/** Whether the feature is driven by a language model: undefined while that is unknown. */
function isLanguageModel(facts: Facts): boolean | undefined {
  return isKnown(facts.ai_type) ? languageTypes.includes(facts.ai_type) : undefined
}

const strict = ['health', 'biometric', 'credentials', 'financial']

/** The sensitivity of what the feature handles: the worst of what was named; unknown counts as confidential. */
export function sensitivityOf(data: Facts['sensitive_data']): Sensitivity {
  if (!isKnown(data)) return 'confidential'
  if (data.some((kind) => strict.includes(kind))) return 'strict'
  return data.every((kind) => kind === 'none') ? 'internal' : 'confidential'
}

interface Plan {
  kind: ComponentKind
  zone: Zone
  /** undefined: a fact that would decide it is unknown. */
  exists: boolean | undefined
  namedIn: QuestionKey[]
  assets: Asset[]
}

const asTruth = (fact: Fact<FactKey>): boolean | undefined => {
  if (fact === 'unknown') return undefined
  return isKnown(fact) && fact === true
}

/** `undefined` (not known) beats `false`, `true` beats both. */
function either(...truths: (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(true)) return true
  return truths.includes(undefined) ? undefined : false
}

function plans(facts: Facts): Plan[] {
  const sensitivity = sensitivityOf(facts.sensitive_data)
  const elsewhere = ['third_party_api', 'vendor_embedded'].includes(String(facts.model_source))
  const owned = isKnown(facts.model_source)
    ? ['in_house_trained', 'fine_tuned'].includes(facts.model_source)
    : undefined
  const insiders = facts.exposure === 'internal'
  const language = isLanguageModel(facts)
  const human = isKnown(facts.human_in_loop) ? facts.human_in_loop !== 'never' : undefined
  const data: Asset = { what: 'the data it works on', sensitivity }
  const plan = (
    kind: ComponentKind,
    zone: Zone,
    exists: boolean | undefined,
    namedIn: QuestionKey[] = [],
    assets: Asset[] = [],
  ): Plan => ({ kind, zone, exists, namedIn, assets })
  return [
    plan('user', insiders ? 'ours' : 'outside', true),
    plan('feature', 'ours', true, [], [data]),
    plan('prompt', 'ours', language, [], [{ what: 'system instructions', sensitivity: 'internal' }]),
    plan(
      'model',
      elsewhere ? 'provider' : 'ours',
      true,
      ['model_provider'],
      [{ what: 'model weights', sensitivity: owned ? 'confidential' : 'open' }],
    ),
    plan(
      'knowledge_base',
      'ours',
      asTruth(facts.uses_rag),
      ['retrieval_memory', 'feature_purpose'],
      [{ what: 'retrieved documents', sensitivity }],
    ),
    plan('memory', 'ours', asTruth(facts.has_memory), [], [{ what: 'remembered conversations', sensitivity }]),
    plan('outside_content', 'outside', asTruth(facts.ingests_untrusted_content), ['retrieval_memory']),
    plan(
      'tool',
      'downstream',
      asTruth(facts.uses_tools),
      ['tools_downstream'],
      [{ what: 'records and actions behind the tools', sensitivity }],
    ),
    plan(
      'secret',
      'ours',
      asTruth(facts.secrets_reachable),
      ['secrets_keys'],
      [{ what: 'keys and tokens', sensitivity: 'strict' }],
    ),
    plan(
      'log',
      'ours',
      asTruth(facts.logs_prompts),
      ['prompt_logging_retention'],
      [{ what: 'prompts and outputs', sensitivity }],
    ),
    plan(
      'training_set',
      'ours',
      either(asTruth(facts.trains_or_fine_tunes), asTruth(facts.user_data_reused_for_training), owned),
      ['training_data_provenance'],
      [{ what: 'training examples', sensitivity }],
    ),
    plan('supplier', 'provider', asTruth(facts.third_party_components), ['supply_chain']),
    plan('consumer', 'downstream', true, ['output_consumers']),
    plan('reviewer', 'ours', human, ['human_oversight']),
  ]
}

const links: [ComponentKind, ComponentKind, string][] = [
  ['user', 'feature', 'requests'],
  ['outside_content', 'feature', 'content from others'],
  ['knowledge_base', 'feature', 'passages'],
  ['feature', 'memory', 'what to remember'],
  ['prompt', 'model', 'instructions'],
  ['feature', 'model', 'prompts'],
  ['supplier', 'feature', 'code, models, tools'],
  ['training_set', 'model', 'training'],
  ['feature', 'tool', 'calls'],
  ['secret', 'tool', 'credentials'],
  ['feature', 'log', 'prompts and outputs'],
  ['feature', 'reviewer', 'drafts to check'],
  ['feature', 'consumer', 'answers'],
]

/**
 * The system model behind a set of facts: its components, assets, flows and trust boundaries.
 * @param facts what is known and what is not
 * @param answers the team's words by question, from which components get their names
 */
export function systemOf(facts: Facts, answers: Answers): System {
  const components = plans(facts)
    .filter((plan) => plan.exists !== false)
    .map(({ kind, zone, exists, namedIn, assets }): Component => {
      const names = namedIn
        .map((question) => nameIn(kind, question, answers[question]))
        .find((found) => found.length > 0)
      return { id: `${kind}-1`, kind, zone, names: names ?? [], assets, certain: exists === true }
    })
  const at = new Map(components.map((component) => [component.kind, component]))
  const flows = links.flatMap(([from, to, what]): Flow[] => {
    const [source, target] = [at.get(from), at.get(to)]
    if (!source || !target) return []
    return [{ from: source.id, to: target.id, what, crossesBoundary: source.zone !== target.zone }]
  })
  return { facts, answers, components, flows }
}
