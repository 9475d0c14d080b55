// Block Kit's limits, each with its source.

/** Where nothing else is said: https://docs.slack.dev/reference/block-kit, and the types of @slack/types 3.2.0. */
export const limits = {
  /** https://docs.slack.dev/reference/block-kit/blocks */
  messageBlocks: 50,
  viewBlocks: 100,
  header: 150,
  /** Of a section and, as no number is published for it, of the text in one rich text block. */
  section: 3000,
  /** Text objects take 3,000; context blocks were seen to refuse more than 2,000. */
  context: 2000,
  /** https://docs.slack.dev/reference/block-kit/blocks/image-block */
  altText: 2000,
  buttonsInRow: 25,
  button: 75,
  buttonValue: 2000,
  accessibilityLabel: 75,
  /** An input's label and hint. */
  label: 2000,
  /** An option's text, and again its description. */
  option: 75,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object; the types still say 75. */
  optionValue: 150,
  /** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element, and radio buttons. */
  optionsToTap: 10,
  optionsInList: 100,
  optionGroups: 100,
  /** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
  typedText: 3000,
  /** https://docs.slack.dev/reference/block-kit/blocks/data-table-block; the characters are those of all tables together. */
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  /** Title, submit and close: https://docs.slack.dev/reference/views/modal-views */
  modalTitle: 24,
  metadata: 3000,
  /** https://docs.slack.dev/reference/views: 250 kB, with room for what goes around the blocks. */
  viewBytes: 200_000,
  /**
   * No number is published: `msg_blocks_too_long` came at about 13,200 characters of blocks, containers included
   * (slackapi/bolt-js #2509, #2867). Counted as JSON, with room for the ids Slack adds.
   */
  messageSize: 12_000,
  /** `chat.update` refuses a `text` over 4,000 bytes; escaping makes at most five of one character. */
  summary: 800,
}
