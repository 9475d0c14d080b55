// A review as a Markdown document, for people who were not in the chat.
import { openQuestions } from '../domain/open-questions.ts'
import { waves } from '../domain/question.ts'
import { listed, type Review, type ThreatState, watched } from '../domain/review.ts'
import type { Workspace } from '../domain/workspace.ts'
import { answerLine } from './answer-inputs.ts'
import type { Block } from './card.ts'
import { count, questionTexts } from './labels.ts'
import { moment, nameOfPerson, shortReceipt, words } from './people.ts'
import { numberOf, proposalBlocks, ratingText, standing, threatBlocks, titleOf } from './threat-blocks.ts'

/** The whole review: summary first, then answers, then every threat with its decision and receipts. */
export function markdownReport(
  review: Review,
  workspace: Workspace,
  pictures: { system: string; risks: string },
): string {
  const threats = listed(review)
  const { signedOff } = review
  const decided = threats.filter(({ status }) => status === 'treated').length
  return [
    `# Threat model: ${escapeMarkdown(words(review.feature.name))}`,
    signedOff
      ? `Signed off by ${escapeMarkdown(nameOfPerson(workspace, signedOff.by))}, ${moment(signedOff.at)}, receipt \`${shortReceipt(signedOff.receipt)}\`.`
      : 'Not signed off.',
    `${count(threats.length, 'threat')}, ${decided} decided, ${watched(review).length} watched; ${count(openQuestions(review).length, 'open question')}.`,
    `![The system: components, flows and trust boundaries](${pictures.system})`,
    `![Threats by likelihood and impact](${pictures.risks})`,
    '## Threats at a glance',
    table(review, workspace, threats),
    '## Answers',
    ...waves
      .flat()
      .map(
        (question) =>
          `- **${questionTexts[question].ask}** ${escapeMarkdown(answerLine(review, question)) || 'unknown'}`,
      ),
    '## Threats and decisions',
    ...threats.flatMap((threat) => threatSection(review, workspace, threat)),
    ...watchedSection(review),
  ].join('\n\n')
}

function table(review: Review, workspace: Workspace, threats: ThreatState[]): string {
  const rows = threats.map((threat) =>
    [numberOf(review, threat), ratingText(threat.rating), titleOf(threat), standing(workspace, threat, 'someone')]
      .map(cell)
      .join(' | '),
  )
  return ['| | Rating | Threat | Decision |', '| --- | --- | --- | --- |', ...rows.map((row) => `| ${row} |`)].join(
    '\n',
  )
}

const cell = (text: string): string => escapeMarkdown(text).replaceAll('|', '\\|').replaceAll('\n', ' ')

function threatSection(review: Review, workspace: Workspace, threat: ThreatState): string[] {
  const about = threatBlocks(review, workspace, threat)
  const decision = threat.proposal ? proposalBlocks(review, workspace, threat, threat.proposal) : []
  return [
    `### ${numberOf(review, threat)} ${escapeMarkdown(titleOf(threat))}`,
    ...[...about, ...decision].flatMap(paragraphs),
  ]
}

function watchedSection(review: Review): string[] {
  const all = watched(review)
  if (all.length === 0) return []
  return [
    '## Watched',
    ...all.map(
      (threat) => `- ${numberOf(review, threat)} ${escapeMarkdown(titleOf(threat))} (${ratingText(threat.rating)})`,
    ),
  ]
}

function paragraphs(block: Block): string[] {
  switch (block.kind) {
    case 'text': {
      const text = escapeMarkdown(block.text)
      return [block.style === 'quote' ? `> ${text}` : block.style === 'strong' ? `**${text}**` : text]
    }
    case 'facts':
      return [block.facts.map(({ label, value }) => `- ${label}: ${escapeMarkdown(value)}`).join('\n')]
    case 'items':
      return [
        `${block.label}:`,
        block.items.map(({ title, detail }) => `- ${escapeMarkdown(title)} (${escapeMarkdown(detail)})`).join('\n'),
      ]
    case 'table':
    case 'picture':
    case 'input':
    case 'actions':
      return []
    default:
      return block satisfies never
  }
}

/** Text that Markdown shows as it is. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
    .replace(/^(\s*)([-+])(\s)/gm, '$1\\$2$3')
    .replace(/^(\s*\d+)([.)])(\s)/gm, '$1\\$2$3')
}
