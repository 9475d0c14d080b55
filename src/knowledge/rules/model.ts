// Threats to the model itself: fooled, copied, interrogated, stolen, altered.
import { all, any, classifier, is, ownModel, ownWeights, platform, reachable, sensitive, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const modelRules: Rule[] = [
  {
    id: 'evasion',
    on: 'model',
    area: 'model',
    title: 'Inputs are crafted to be misread',
    statement: ({ the, someone, facts }) =>
      `${facts.exposure === 'internal' ? 'Whoever supplies what it judges' : someone} changes an input, in ways a person would not notice, until ${the('model')} takes it for something else, and so gets past what the model was put there to stop.`,
    when: classifier,
    quotes: ['feature_purpose', 'users_exposure'],
    refs: ['AML.T0015', 'AML.T0043', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['inputs', 'scores'], why: 'trying again costs nothing' },
    impact: { of: 3, moved: ['automation', 'vulnerable'], why: 'what the model was there to stop gets through' },
    controls: ['robustness-tests', 'second-signal', 'query-limits', 'drift-monitoring'],
  },
  {
    id: 'presentation-attack',
    on: 'model',
    area: 'model',
    title: 'A fake face or voice is accepted',
    statement: ({ the, someone }) =>
      `${someone} shows a photo, a mask, a replay or a generated face or voice, fed straight into the camera stream if need be; ${the('model')} takes it for the real person and opens that person’s account to them.`,
    when: is('ai_type', 'biometric'),
    quotes: ['feature_purpose', 'users_exposure'],
    refs: ['AML.T0088', 'STRIDE:S'],
    likelihood: { start: 4, moved: ['exposure', 'oversight'], why: 'the tools for it are cheap and good' },
    impact: { of: 4, moved: ['automation'], why: 'an identity is stolen' },
    controls: ['liveness', 'second-signal', 'robustness-tests', 'abuse-monitoring'],
  },
  {
    id: 'telling-scores',
    on: 'model',
    area: 'model',
    title: 'Scores show the way round the model',
    statement: ({ the, someone }) =>
      `${someone} reads from the scores and labels that come back with every answer how close each attempt came, and finds in minutes an input that ${the('model')} lets pass.`,
    when: all(classifier, yes('scores_exposed')),
    quotes: ['model_provider', 'output_consumers'],
    cue: /score|confiden|probab|percent|logit|label/i,
    refs: ['AML.T0063', 'AML.T0013', 'AML.T0043.000', 'STRIDE:I'],
    likelihood: { start: 3, moved: ['exposure'], why: 'every answer is a hint' },
    impact: { of: 2, moved: ['automation'], why: 'it makes evasion and copying cheap' },
    controls: ['coarse-scores', 'query-limits', 'extraction-alerts'],
  },
  {
    id: 'extraction',
    on: 'model',
    area: 'model',
    title: 'The model is copied through its own answers',
    statement: ({ the, someone }) =>
      `${someone} asks systematically and trains a copy of ${the('model')} on the answers: the work is stolen, and the copy shows offline how to get past the original.`,
    when: all(any(ownModel, classifier), reachable),
    quotes: ['model_provider', 'users_exposure'],
    refs: ['AML.T0024.002', 'AML.T0005.001', 'LLM10:2025', 'STRIDE:I'],
    likelihood: { start: 2, moved: ['exposure', 'scores'], why: 'it takes patience and queries' },
    impact: { of: 3, why: 'the value of the model, and a test bench for attacks' },
    controls: ['query-limits', 'coarse-scores', 'extraction-alerts'],
  },
  {
    id: 'membership-inference',
    on: 'model',
    area: 'privacy',
    title: 'Answers betray who was in the training data',
    statement: ({ the, someone, data, facts }) =>
      facts.ai_type === 'biometric'
        ? `${someone} rebuilds a likeness of an enrolled person from the scores of ${the('model')}, or learns who is enrolled at all: ${data} that nobody can change afterwards.`
        : `${someone} works out from the answers of ${the('model')} whether a certain person’s record was in the training data, or rebuilds parts of it: ${data} at that.`,
    when: all(
      is('ai_type', 'predictive_classifier', 'biometric'),
      sensitive,
      any(yes('scores_exposed'), reachable),
      any(yes('trains_or_fine_tunes'), ownModel),
    ),
    quotes: ['model_provider', 'training_data_provenance'],
    refs: ['AML.T0024.000', 'AML.T0024.001', 'LLM02:2025', 'STRIDE:I'],
    likelihood: { start: 1, moved: ['exposure', 'scores'], why: 'it takes skill and many queries' },
    impact: { of: 'data', why: 'the records behind the model' },
    controls: ['privacy-training', 'coarse-scores', 'query-limits'],
  },
  {
    id: 'model-theft',
    on: 'model',
    area: 'model',
    title: 'Weights and training data are carried off',
    statement: ({ the }) =>
      `An intruder or a leaving colleague copies the weights of ${the('model')}, the notebooks and the data it was trained on from a bucket, a registry or a shared disk, and a competitor works with what took years to build.`,
    when: any(ownModel, all(platform, ownWeights)),
    quotes: ['model_provider', 'training_data_provenance'],
    refs: ['AML.T0035', 'AML.T0048.004', 'AML.T0025', 'AML.T0044', 'STRIDE:I'],
    likelihood: { start: 2, moved: ['platform'], why: 'stores for models are open to more people than code is' },
    impact: { of: 4, why: 'what was invested, and the data behind it' },
    controls: ['store-access', 'strong-login', 'model-registry'],
  },
  {
    id: 'model-tampering',
    on: 'model',
    area: 'model',
    title: 'The model is altered behind everyone’s back',
    statement: ({ the }) =>
      `Someone who can write to where ${the('model')} is stored, published or installed changes its weights a little: it passes every usual test, but lies about one subject or obeys one trigger.`,
    when: any(ownWeights, all(is('exposure', 'on_device'), is('model_source', 'vendor_embedded'))),
    quotes: ['model_provider', 'supply_chain'],
    refs: ['AML.T0018.000', 'AML.T0018.001', 'LLM04:2025', 'STRIDE:T'],
    likelihood: { start: 2, moved: ['platform'], why: 'a changed weight looks like any other' },
    impact: { of: 4, why: 'every answer comes from it' },
    controls: ['model-registry', 'pinned-artifacts', 'trigger-tests', 'store-access'],
  },
  {
    id: 'device-copy',
    on: 'model',
    area: 'model',
    title: 'The model is taken off the device',
    statement: ({ the }) =>
      `Whoever holds the device copies ${the('model')} out of the app, studies it at leisure and builds inputs, or a changed app, that get past it on every other device.`,
    when: all(is('exposure', 'on_device'), any(ownWeights, is('model_source', 'vendor_embedded'))),
    quotes: ['users_exposure', 'model_provider'],
    refs: ['AML.T0044', 'AML.T0043.000', 'STRIDE:I', 'STRIDE:T'],
    likelihood: { start: 3, moved: [], why: 'the device is in the attacker’s hands' },
    impact: { of: 3, moved: ['automation'], why: 'one copy serves against all of them' },
    controls: ['device-hardening', 'second-signal', 'patching'],
  },
]
