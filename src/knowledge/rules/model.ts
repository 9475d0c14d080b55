// Threats to the model itself: fooled, copied, interrogated.
import { all, any, classifier, is, ownModel, reachable, sensitive, yes } from '../condition.ts'
import type { Rule } from '../rule.ts'

export const modelRules: Rule[] = [
  {
    id: 'evasion',
    on: 'model',
    area: 'model',
    title: 'Inputs are crafted to be misread',
    statement: ({ the, someone }) =>
      `${someone} changes an input in ways a person would not notice until ${the('model')} gets it wrong, and so gets past it.`,
    when: classifier,
    quotes: ['feature_purpose', 'users_exposure'],
    refs: ['AML.T0015', 'STRIDE:T'],
    likelihood: { start: 3, moved: ['exposure', 'scores'], why: 'trying again costs nothing' },
    impact: { of: 3, moved: ['automation', 'vulnerable'], why: 'what the model was there to stop gets through' },
    controls: ['robustness-tests', 'second-signal', 'query-limits', 'drift-monitoring'],
  },
  {
    id: 'presentation-attack',
    on: 'model',
    area: 'model',
    title: 'A fake face or voice is accepted',
    statement: ({ the, someone }) =>
      `${someone} presents a photo, a mask, a replay or a generated face or voice, injected into the camera stream if need be, and ${the('model')} accepts it as the real person.`,
    when: is('ai_type', 'biometric'),
    quotes: ['feature_purpose', 'users_exposure'],
    refs: ['AML.T0088', 'STRIDE:S'],
    likelihood: { start: 4, moved: ['exposure', 'oversight'], why: 'the tools for it are cheap and good' },
    impact: { of: 4, moved: ['automation'], why: 'an identity is stolen' },
    controls: ['liveness', 'second-signal', 'robustness-tests', 'abuse-monitoring'],
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
    refs: ['AML.T0024.002', 'LLM10:2025', 'STRIDE:I'],
    likelihood: { start: 2, moved: ['exposure', 'scores'], why: 'it takes patience and queries' },
    impact: { of: 3, why: 'the value of the model, and a test bench for attacks' },
    controls: ['query-limits', 'coarse-scores', 'extraction-alerts'],
  },
  {
    id: 'membership-inference',
    on: 'model',
    area: 'privacy',
    title: 'Answers betray who was in the training data',
    statement: ({ the, someone, data }) =>
      `${someone} works out from confidences or answers of ${the('model')} whether a certain person’s record was in the training data, or rebuilds parts of it: ${data} at that.`,
    when: all(
      any(classifier, ownModel),
      sensitive,
      any(yes('scores_exposed'), reachable),
      any(yes('trains_or_fine_tunes'), ownModel),
    ),
    quotes: ['model_provider', 'training_data_provenance'],
    refs: ['AML.T0024.000', 'LLM02:2025', 'STRIDE:I'],
    likelihood: { start: 1, moved: ['exposure', 'scores'], why: 'it takes skill and many queries' },
    impact: { of: 'data', why: 'the records behind the model' },
    controls: ['privacy-training', 'coarse-scores', 'query-limits'],
  },
]
