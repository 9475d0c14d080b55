// Which version of a picture stands on a card: it is drawn again only when what it shows has changed.
import { createHash } from 'node:crypto'
import { systemOf } from '../domain/component.ts'
import { answersOf, listed, type Review } from '../domain/review.ts'
import type { Block } from './card.ts'
import { count } from './labels.ts'
import { words } from './people.ts'
import { risksSvg } from './picture/risks.ts'
import { systemDot } from './picture/system.ts'

/** The picture of the system: components, flows, trust boundaries. */
export function systemPicture(review: Review): Block {
  const system = systemOf(review.facts, answersOf(review))
  const crossing = system.flows.filter(({ crossesBoundary }) => crossesBoundary).length
  const alt = `Picture of the system: ${count(system.components.length, 'component')}, ${count(system.flows.length, 'flow')}, ${crossing} of them across a trust boundary`
  return {
    kind: 'picture',
    picture: 'system',
    review: review.id,
    version: version(systemDot(system, words(review.feature.name))),
    alt,
  }
}

/** The risk matrix: how many threats at which likelihood and impact. */
export function risksPicture(review: Review): Block {
  const threats = listed(review)
  const alt = `Risk matrix of ${count(threats.length, 'threat')} by likelihood and impact`
  return { kind: 'picture', picture: 'risks', review: review.id, version: version(risksSvg(threats)), alt }
}

function version(source: string): string {
  return createHash('sha256').update(source).digest('hex').slice(0, 16)
}
