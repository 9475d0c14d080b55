// Threats through what the model puts out and who believes it.
import { all, any, is, languageModel, reachable, readByPeople, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const outputRules: Rule[] = [
  {
    id: 'active-output',
    on: 'consumer',
    area: 'outputs',
    title: 'Rendered answers carry active content',
    statement: ({ the, data }) =>
      `An attacker gets markup, an image address or a link into an answer; when it is displayed to ${the('consumer')}, the browser fetches the image and carries out ${data} in its address, or a script runs in the reader’s session.`,
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
    statement: ({ the, facts }) =>
      `What the model puts out goes unchecked to ${the('consumer')}; a crafted input becomes ${
        Array.isArray(facts.tool_capabilities) && facts.tool_capabilities.some((one) => one === 'payments')
          ? 'an amount and a payee'
          : 'a query, a command or a wrong record'
      } there, with nobody to notice.`,
    when: all(
      languageModel,
      any(
        is('output_handling', 'api_response', 'automated_decision'),
        all(
          is('output_handling', 'automated_action'),
          any(is('ai_type', 'llm_chat', 'llm_rag'), is('tool_capabilities', 'payments', 'infra_admin')),
        ),
      ),
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
      `${the('model')} states something false with confidence, or invents a source for it; ${users} act on it, and the company answers for the outcome.`,
    when: all(
      is('ai_type', 'llm_chat', 'llm_rag', 'llm_agent', 'multi_agent'),
      any(readByPeople, is('output_handling', 'automated_decision')),
    ),
    quotes: ['output_consumers', 'feature_purpose'],
    refs: ['AML.T0048.003', 'LLM09:2025', 'ASI09', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['oversight'], why: 'language models do make things up' },
    impact: { of: 2, moved: ['audience', 'automation', 'vulnerable'], why: 'decisions made on something untrue' },
    controls: ['grounded-answers', 'provenance-shown', 'quality-evaluation', 'labelled-ai'],
  },
  {
    id: 'dressed-up-answer',
    on: 'consumer',
    area: 'outputs',
    title: 'The answer is dressed up to be believed',
    statement: ({ users }) =>
      `A text the model reads tells it what to show and what to leave out: a source that never said so, a payee or a link of the attacker’s, not a word about what was changed; ${users} see a tidy answer and act on it.`,
    when: all(languageModel, yes('ingests_untrusted_content'), readByPeople),
    quotes: ['output_consumers', 'retrieval_memory'],
    refs: ['AML.T0067', 'AML.T0067.000', 'AML.T0011.003', 'LLM09:2025', 'ASI09', 'STRIDE:S'],
    likelihood: { start: 3, moved: [], why: 'the reader sees the answer, not what went into it' },
    impact: { of: 3, moved: ['vulnerable'], why: 'people pay, click or merge on its word' },
    controls: ['provenance-shown', 'output-validation', 'egress-allowlist', 'injection-tests'],
  },
  {
    id: 'invented-package',
    on: 'consumer',
    area: 'outputs',
    title: 'Generated code brings in flaws and packages that do not exist',
    statement: ({ the }) =>
      `${the('model')} suggests a package that does not exist, and an attacker has registered the name; or it writes code with a hole in it that looks right, and it is merged and shipped.`,
    when: any(
      is('ai_type', 'coding_assistant'),
      all(languageModel, any(is('output_handling', 'executed_code'), is('user_types', 'developers'))),
    ),
    quotes: ['output_consumers', 'supply_chain'],
    refs: ['AML.T0062', 'AML.T0060', 'AML.T0011.001', 'LLM09:2025', 'ASI09', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['oversight'], why: 'models invent the same names again and again' },
    impact: { of: 4, why: 'the flaw ships with the product' },
    controls: ['package-check', 'code-review', 'quality-evaluation'],
  },
  {
    id: 'rubber-stamp',
    on: 'reviewer',
    area: 'operations',
    title: 'The person in the loop stops looking',
    statement: ({ the }) =>
      `By habit, under load or because it was right so often before, ${the('reviewer')} approves what the model proposes without reading it; the one safeguard behind every other risk is there on paper only.`,
    when: is('human_in_loop', 'always', 'sometimes'),
    quotes: ['human_oversight'],
    refs: ['LLM09:2025', 'ASI09', 'STRIDE:R'],
    likelihood: { start: 3, moved: [], why: 'attention fades with every right suggestion' },
    impact: { of: 3, moved: ['vulnerable'], why: 'whatever the person should have caught' },
    controls: ['reviewer-load', 'human-escalation', 'quality-evaluation'],
  },
  {
    id: 'unfair-decision',
    on: 'consumer',
    area: 'outputs',
    title: 'People are decided about wrongly and cannot object',
    statement: ({ judged }) =>
      `The model’s errors fall more heavily on some groups; ${judged} are refused, flagged or ranked by it without an explanation or a way to a person.`,
    when: all(
      any(
        is('output_handling', 'automated_decision'),
        all(
          is('ai_type', 'predictive_classifier', 'biometric'),
          is('user_types', 'applicants', 'citizens', 'patients', 'students', 'consumers'),
        ),
      ),
      any(
        is('sensitive_data', 'personal', 'financial', 'health', 'biometric'),
        is('user_types', 'applicants', 'citizens', 'patients', 'students', 'consumers', 'customers', 'children'),
      ),
    ),
    quotes: ['output_consumers', 'human_oversight', 'feature_purpose'],
    refs: ['AML.T0048.003', 'STRIDE:R'],
    likelihood: { start: 3, moved: ['oversight'], why: 'error rates are rarely equal where nobody measured' },
    impact: { of: 3, moved: ['vulnerable', 'audience'], why: 'harm to the people concerned, and duties under law' },
    controls: ['bias-evaluation', 'contestability', 'human-escalation', 'labelled-ai'],
  },
  {
    id: 'undisclosed-ai',
    on: 'user',
    area: 'outputs',
    title: 'People do not know it is a machine',
    statement: ({ users, facts }) =>
      facts.ai_type === 'biometric'
        ? `Nobody tells ${users} that a machine measures their face or voice, what it keeps of it and what else they could do; they find out afterwards, and the law wanted it said at the start.`
        : `Nobody tells ${users} that a machine answers them and what it cannot do; they confide in it and rely on it, find out afterwards, and the law wanted it said at the start.`,
    when: all(
      any(languageModel, is('ai_type', 'biometric')),
      reachable,
      is(
        'user_types',
        'anonymous_public',
        'consumers',
        'customers',
        'citizens',
        'applicants',
        'patients',
        'students',
        'children',
      ),
    ),
    quotes: ['users_exposure', 'output_consumers'],
    refs: ['ASI09', 'STRIDE:R'],
    likelihood: { start: 2, moved: [], why: 'it is easily left out' },
    impact: { of: 2, moved: ['vulnerable', 'audience'], why: 'a duty of disclosure, and trust' },
    controls: ['labelled-ai', 'human-escalation'],
  },
  {
    id: 'abuse-at-scale',
    on: 'feature',
    area: 'operations',
    title: 'The feature is used to deceive others',
    statement: ({ someone, the }) =>
      `${someone} has it write and send convincing phishing, scams, impersonations or false claims to thousands of people, in the company’s name and from its addresses${the('tool', '') && `, through ${the('tool')}`}; those people are cheated, and the company’s mail ends up blocked.`,
    when: all(languageModel, reachable, is('tool_capabilities', 'send_message')),
    quotes: ['users_exposure', 'tools_downstream'],
    refs: ['AML.T0052.000', 'AML.T0048.002', 'ASI09', 'STRIDE:S'],
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
      `A shared index, cache, memory or machine forgets whose request it serves, and one customer is shown ${data} of another.`,
    when: yes('multi_tenant'),
    quotes: ['users_exposure', 'retrieval_memory'],
    refs: ['AML.T0057', 'LLM02:2025', 'LLM08:2025', 'STRIDE:I'],
    likelihood: { start: 3, moved: [], why: 'one missing filter is enough' },
    impact: { of: 'data', moved: ['audience'], why: 'another customer’s data' },
    controls: ['tenant-isolation', 'retrieval-authorization', 'disclosure-filter'],
  },
]
