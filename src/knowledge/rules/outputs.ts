// Threats through what the model puts out and who believes it.
import { all, any, is, languageModel, reachable, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const outputRules: Rule[] = [
  {
    id: 'active-output',
    on: 'consumer',
    area: 'outputs',
    title: 'Rendered answers carry active content',
    statement: ({ the, data }) =>
      `An attacker gets markup, an image address or a link into an answer; when it is rendered for ${the('consumer')}, the request for the image carries out ${data}, or a script runs in the reader’s session.`,
    when: is('output_handling', 'rendered_markdown_html'),
    quotes: ['output_consumers'],
    refs: ['AML.T0077', 'LLM05:2025', 'STRIDE:I', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['content'], why: 'a remote image is enough' },
    impact: { of: 'data', why: 'what the page can see' },
    controls: ['output-encoding', 'egress-allowlist', 'output-validation'],
  },
  {
    id: 'unchecked-output',
    on: 'consumer',
    area: 'outputs',
    title: 'Downstream systems take the output at its word',
    statement: ({ the }) =>
      `What the model puts out goes to ${the('consumer')} unchecked; a crafted input becomes a query, a command or a wrong record there.`,
    when: all(
      languageModel,
      is('output_handling', 'api_response', 'automated_action', 'automated_decision', 'executed_code'),
    ),
    quotes: ['output_consumers', 'human_oversight'],
    refs: ['LLM05:2025', 'ASI02', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['exposure', 'oversight'], why: 'model output is input from a stranger' },
    impact: { of: 3, moved: ['automation'], why: 'it takes effect in another system' },
    controls: ['output-schema', 'output-validation', 'confirm-actions'],
  },
  {
    id: 'confident-falsehood',
    on: 'consumer',
    area: 'outputs',
    title: 'Made-up answers are believed',
    statement: ({ the, users }) =>
      `${the('model')} states something false with confidence; ${users} act on it, and the company answers for the outcome.`,
    when: languageModel,
    quotes: ['output_consumers', 'feature_purpose'],
    refs: ['AML.T0062', 'LLM09:2025', 'ASI09', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['oversight'], why: 'language models do make things up' },
    impact: { of: 2, moved: ['audience', 'automation', 'vulnerable'], why: 'decisions made on something untrue' },
    controls: ['grounded-answers', 'provenance-shown', 'quality-evaluation', 'labelled-ai'],
  },
  {
    id: 'rubber-stamp',
    on: 'reviewer',
    area: 'operations',
    title: 'The person in the loop stops looking',
    statement: ({ the }) =>
      `${the('reviewer')} approves what the model proposes by habit or under load, so that the one safeguard behind every other risk is there on paper only.`,
    when: is('human_in_loop', 'always', 'sometimes'),
    quotes: ['human_oversight'],
    refs: ['AML.T0067', 'LLM09:2025', 'ASI09', 'STRIDE:R'],
    likelihood: { start: 3, moved: [], why: 'attention fades with every right suggestion' },
    impact: { of: 3, moved: ['vulnerable'], why: 'whatever the person should have caught' },
    controls: ['reviewer-load', 'human-escalation', 'quality-evaluation'],
  },
  {
    id: 'unfair-decision',
    on: 'consumer',
    area: 'outputs',
    title: 'People are decided about wrongly and cannot object',
    statement: ({ users }) =>
      `The model’s errors fall more heavily on some groups; ${users} are refused, flagged or ranked by it without an explanation or a way to a person.`,
    when: any(
      is('output_handling', 'automated_decision'),
      all(
        is('ai_type', 'predictive_classifier', 'biometric'),
        is('user_types', 'applicants', 'citizens', 'patients', 'students', 'consumers'),
      ),
    ),
    quotes: ['output_consumers', 'human_oversight', 'feature_purpose'],
    refs: ['AML.T0048.003', 'LLM09:2025', 'STRIDE:R'],
    likelihood: { start: 3, moved: ['oversight'], why: 'error rates are rarely equal where nobody measured' },
    impact: { of: 3, moved: ['vulnerable', 'audience'], why: 'harm to the people concerned, and duties under law' },
    controls: ['bias-evaluation', 'contestability', 'human-escalation', 'labelled-ai'],
  },
  {
    id: 'abuse-at-scale',
    on: 'feature',
    area: 'operations',
    title: 'The feature is used to deceive others',
    statement: ({ someone, the }) =>
      `${someone} uses the feature to write or send convincing phishing, scams or false claims in bulk, in the company’s name or through ${the('tool', 'its reach')}.`,
    when: all(languageModel, reachable, is('tool_capabilities', 'send_message')),
    quotes: ['users_exposure', 'tools_downstream'],
    refs: ['AML.T0052.000', 'LLM06:2025', 'ASI09', 'STRIDE:S'],
    likelihood: { start: 3, moved: ['exposure'], why: 'free text at scale is what fraud needs' },
    impact: { of: 3, moved: ['audience'], why: 'others are harmed and the sender’s name suffers' },
    controls: ['abuse-monitoring', 'query-limits', 'content-safety', 'labelled-ai'],
  },
  {
    id: 'cross-tenant',
    on: 'feature',
    area: 'privacy',
    title: 'One tenant sees another’s data',
    statement: ({ data }) =>
      `Through a shared index, cache, memory or conversation, one tenant is shown ${data} of another.`,
    when: yes('multi_tenant'),
    quotes: ['users_exposure', 'retrieval_memory'],
    refs: ['AML.T0057', 'LLM02:2025', 'LLM08:2025', 'STRIDE:I'],
    likelihood: { start: 3, moved: [], why: 'one missing filter is enough' },
    impact: { of: 'data', moved: ['audience'], why: 'another customer’s data' },
    controls: ['tenant-isolation', 'retrieval-authorization', 'disclosure-filter'],
  },
]
