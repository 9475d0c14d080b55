// Countermeasures, each named once and shared by the rules that need it.
import type { Control } from '../domain/threat.ts'

const of = (kind: Control['kind']) => (title: string) => ({ title, kind })
const technical = of('technical')
const monitoring = of('monitoring')
const policy = of('policy')
const process = of('process')

const titles = {
  'input-fencing': technical(
    'Mark everything the model reads as data, apart from its instructions, and never join them as plain text',
  ),
  'output-schema': technical('Accept only output that fits a strict schema; refuse the rest'),
  'injection-tests': process('Test with injection attempts, direct and hidden in content, before every release'),
  'injection-alerts': monitoring('Alert on instructions found in content and on sudden changes of behaviour'),
  'least-privilege': technical('Give each tool the narrowest rights that do the job, per user and per task'),
  'users-own-rights': technical('Act with the rights of the person who asks, not with a service account'),
  'confirm-actions': technical(
    'Have a person confirm every action that changes, sends or spends, seeing what will happen',
  ),
  'action-limits': technical('Limit actions by amount, rate and recipient in the tool itself, not in the prompt'),
  'egress-allowlist': technical('Let tools and rendered output reach only listed hosts and recipients'),
  sandbox: technical('Run generated code without network, secrets or host access, with time and memory limits'),
  undo: process('Keep actions reversible: backups, soft deletion, a way to stop the agent at once'),
  'source-review': process('Let only reviewed sources into what is retrieved, with their owner and date'),
  'retrieval-authorization': technical('Filter retrieval by what the asker may read, before the model sees it'),
  'provenance-shown': technical('Show with every answer which source it comes from'),
  'memory-review': technical(
    'Let people see and delete what is remembered; never remember instructions found in content',
  ),
  'tenant-isolation': technical('Separate tenants in index, memory, cache and logs, and test the separation'),
  'output-encoding': technical(
    'Encode output for where it is shown; no active markup, no remote images or links by default',
  ),
  'output-validation': technical('Check output like input from a stranger before anything downstream uses it'),
  'disclosure-filter': technical(
    'Check answers for personal data, secrets and other people’s records before they leave',
  ),
  'data-minimisation': technical('Put only the fields an answer needs into the prompt'),
  'no-secrets-in-prompt': technical('Keep keys and rules that must hold out of the prompt; enforce them in code'),
  'secret-vault': technical(
    'Keep credentials in a vault, short-lived and scoped, out of reach of the model and its tools’ output',
  ),
  'secret-scanning': monitoring('Scan prompts, outputs, logs and repositories for credentials'),
  'log-redaction': technical('Remove personal data and secrets before prompts and outputs are logged'),
  'log-access': policy('Limit who reads prompt logs, record their reading, and say so to users'),
  'log-retention': policy('Set how long prompts and outputs are kept, and delete on time and on request'),
  'action-trail': technical('Record every tool call with who asked, what was decided and what came back'),
  'provider-terms': policy(
    'Agree in writing that the provider neither trains on nor keeps the data longer than needed',
  ),
  'reuse-consent': policy('Reuse what users type only with a lawful basis, a way to refuse, and a filter'),
  'training-provenance': process('Record where every training example comes from; sign and freeze data sets'),
  'poisoning-checks': technical(
    'Look for outliers, duplicates and triggers before training; hold back a clean test set',
  ),
  'feedback-review': process('Have people review what enters the feedback loop; limit how much one source can add'),
  'privacy-training': technical('Deduplicate and filter training data; test the model for memorised records'),
  'robustness-tests': process('Test with adversarial and out-of-distribution inputs; set and watch an error budget'),
  'second-signal': technical('Let no single model decide: add a second independent signal or a person'),
  liveness: technical('Detect presentation attacks, replays and generated media at capture'),
  'coarse-scores': technical('Return decisions or coarse scores, not exact confidences'),
  'query-limits': technical('Limit queries per account and source; slow down systematic probing'),
  'extraction-alerts': monitoring('Watch for query patterns that map out the model'),
  'budget-caps': technical('Cap tokens, steps, time and spend per request, user and day'),
  'spend-alerts': monitoring('Alert on unusual cost, length and rate'),
  'pinned-artifacts': technical('Pin and verify models, packages and tool servers by hash and signature'),
  'safe-formats': technical('Load models only from formats that cannot carry code, in an isolated process'),
  'supplier-review': process('Review suppliers and keep a bill of materials for models, data and packages'),
  'tool-allowlist': policy('Allow only reviewed tool servers; review again when their description changes'),
  'exposed-surface': technical(
    'Keep serving, notebook and management endpoints off open networks and behind authentication',
  ),
  patching: process('Patch serving and agent software on a schedule; watch its advisories'),
  'content-safety': technical('Filter requests and answers for harmful content, with a route for appeals'),
  'abuse-monitoring': monitoring('Watch accounts for abuse at scale; be able to block and report'),
  'grounded-answers': technical('Answer from sources and say when there is none'),
  'quality-evaluation': process('Measure accuracy on real cases before release and after every change'),
  'labelled-ai': policy('Tell people they are dealing with AI and what it cannot do'),
  'human-escalation': process('Give people a quick way to a person, and the person time and means to disagree'),
  'reviewer-load': process('Limit how many approvals one reviewer gets; mix in known-bad samples to see if they look'),
  contestability: process('Explain decisions to those concerned, and let them contest to a person'),
  'bias-evaluation': process('Measure error rates by group before release and at every retraining'),
  'change-review': process('Review and threat-model again at every retraining, model change or new tool'),
  'drift-monitoring': monitoring('Watch inputs and outcomes for drift against a fixed reference set'),
  'agent-identity': technical('Authenticate agents to each other; sign and bound what one may ask of another'),
  'circuit-breaker': technical('Stop chains of agents at a depth, a cost or a contradiction'),
  'provider-fallback': process('Plan for the provider being down or changing the model: pin versions, keep a fallback'),
  'intake-marking': technical(
    'Mark outside text with its origin at the door, keep it apart from the company’s own records, and limit what one sender can add',
  ),
  'browser-isolation': technical(
    'Browse in an isolated session without signed-in accounts; ask before anything is typed in, downloaded or bought',
  ),
  'settings-lock': technical(
    'Keep the agent’s settings, rules and tool list out of its own reach, and show every change to a person',
  ),
  'disposable-runs': technical(
    'Give each customer’s code a machine of its own that is thrown away afterwards and patched against escapes',
  ),
  'secret-cleanup': process('Find and remove credentials in documents, tickets, mail and repositories'),
  'model-registry': technical(
    'Keep weights in a registry with few writers, signed versions and a record of every change',
  ),
  'trigger-tests': process(
    'Compare every new model with the last on held-back cases, and try likely triggers, before it goes live',
  ),
  'store-access': technical(
    'Limit who can read models, training data and indexes; encrypt them and record every download',
  ),
  'device-hardening': technical(
    'Encrypt and attest the model on the device, and keep decisions that matter on the server',
  ),
  'strong-login': technical(
    'Require phishing-resistant sign-in and short sessions for people and machines; close unused accounts',
  ),
  'key-rotation': process('Rotate keys on a schedule and at once after a leak; know where each one is used'),
  'fair-queues': technical(
    'Give each caller a quota of memory, time and queue; reject oversized or malformed input early',
  ),
  'code-review': process('Review and scan generated code as if a stranger had written it, before it is merged or run'),
  'package-check': technical(
    'Install only packages from an approved list or mirror; hold back names that are new or unknown',
  ),
  'data-rights': policy('Record for each data source the right to use it, for what and until when'),
} satisfies Record<string, Omit<Control, 'id'>>

export type ControlId = keyof typeof titles

/** A control by its id. */
export function control(id: ControlId): Control {
  return { id, ...titles[id] }
}
