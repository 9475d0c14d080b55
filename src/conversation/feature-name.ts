// Finds a short name for a feature in the words it was announced with.

const opening =
  /^(?:hi|hello|hey)?[,!. ]*(?:we|i|our team|my team)?(?:['’]re|['’]m| are| am| is| want to| plan to| would like to)?\s*(?:currently |now )?(?:building|build|planning|plan|adding|add|making|make|launching|launch|working on|shipping|ship|developing|develop)?\s*(?:an?|the|our)?\s+/i

/** At most sixty characters: the first clause, without "we are building a". */
export function featureName(words: string): string {
  const clause = words.trim().split(/[,;!?\n]|\.(?:\s|$)|\s[–—-]\s|\s(?:that|which|who)\s/)[0] ?? ''
  const named = ` ${clause}`.replace(opening, '').trim() || clause.trim() || 'AI feature'
  const short = named.length <= 60 ? named : `${named.slice(0, 60).replace(/\s+\S*$/, '')}…`
  return short.charAt(0).toUpperCase() + short.slice(1)
}
