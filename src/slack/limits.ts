// Block Kit's limits: https://docs.slack.dev/reference/block-kit

export const limits = {
  blocks: 50,
  modalBlocks: 100,
  header: 150,
  section: 3000,
  button: 75,
  label: 2000,
  option: 75,
  modalTitle: 24,
}

/** Text within a limit; what is left out is marked. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`
}
