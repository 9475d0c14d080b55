// The risk matrix as SVG: likelihood upwards, impact to the right, how many threats in each field.
import { type Severity, severityOf } from '../../domain/rating.ts'
import type { ThreatState } from '../../domain/review.ts'

const fills: Record<Severity, string> = { low: '#e4f2e4', medium: '#fdf3cf', high: '#fbd9b5', critical: '#f4b6b6' }
const cell = 64
const left = 92
const top = 16

type Rated = Pick<ThreatState, 'rating' | 'status'>

/** An SVG of 5 × 5 fields; decided threats are counted apart from those that still wait. */
export function risksSvg(threats: Rated[]): string {
  const fields: string[] = []
  for (let likelihood = 5; likelihood >= 1; likelihood -= 1) {
    for (let impact = 1; impact <= 5; impact += 1) fields.push(field(threats, likelihood, impact))
  }
  const axis = [1, 2, 3, 4, 5].map((level) => {
    const y = top + (5 - level) * cell + cell / 2 + 4
    const x = left + (level - 1) * cell + cell / 2
    return `<text x="${left - 10}" y="${y}" text-anchor="end">${level}</text><text x="${x}" y="${top + 5 * cell + 20}" text-anchor="middle">${level}</text>`
  })
  const [width, height] = [left + 5 * cell + 16, top + 5 * cell + 58]
  const middle = top + (5 * cell) / 2
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13" fill="#2e3440">
<rect width="${width}" height="${height}" fill="white"/>
${fields.join('\n')}
${axis.join('\n')}
<text x="${left + (5 * cell) / 2}" y="${height - 12}" text-anchor="middle">Impact</text>
<text x="22" y="${middle}" text-anchor="middle" transform="rotate(-90 22 ${middle})">Likelihood</text>
</svg>`
}

function field(threats: Rated[], likelihood: number, impact: number): string {
  const here = threats.filter(({ rating }) => rating.likelihood === likelihood && rating.impact === impact)
  const decided = here.filter(({ status }) => status === 'treated').length
  const [x, y] = [left + (impact - 1) * cell, top + (5 - likelihood) * cell]
  const fill = fills[severityOf({ likelihood, impact })]
  const box = `<rect x="${x}" y="${y}" width="${cell - 2}" height="${cell - 2}" rx="4" fill="${fill}"/>`
  if (here.length === 0) return box
  const middle = x + cell / 2 - 1
  return `${box}<text x="${middle}" y="${y + 34}" text-anchor="middle" font-size="20" font-weight="bold">${here.length}</text>
<text x="${middle}" y="${y + 51}" text-anchor="middle" font-size="10">${decided} decided</text>`
}
