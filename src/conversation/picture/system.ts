// The system as a graph in the DOT language: zones as clusters, dashed where only an unknown fact lets a part exist.
import type { Component, System, Zone } from '../../domain/component.ts'
import { nameOf } from '../../domain/threat-text.ts'

const zones: Record<Zone, { label: string; fill: string }> = {
  outside: { label: 'Outside', fill: '#fdecec' },
  ours: { label: 'Ours', fill: '#eef4fd' },
  provider: { label: 'Providers', fill: '#fdf6e3' },
  downstream: { label: 'Downstream', fill: '#eef8ee' },
}
const shapes: Partial<Record<Component['kind'], string>> = {
  user: 'oval',
  reviewer: 'oval',
  knowledge_base: 'cylinder',
  memory: 'cylinder',
  log: 'cylinder',
  training_set: 'cylinder',
  secret: 'cylinder',
  outside_content: 'note',
  prompt: 'note',
}
const sensitivity = { open: '', internal: '', confidential: '#b35900', strict: '#a40000' }

/**
 * The DOT source of a system's picture.
 * @param feature what the feature is called
 */
export function systemDot(system: System, feature: string): string {
  const clusters = (Object.keys(zones) as Zone[]).map((zone) => {
    const inside = system.components.filter((component) => component.zone === zone)
    if (inside.length === 0) return ''
    const { label, fill } = zones[zone]
    return `subgraph cluster_${zone} {
      label=${quote(label)}; style="rounded,filled"; color="#8a94a6"; fillcolor="${fill}"; fontsize=15;
      ${inside.map((component) => node(component, system, feature)).join('\n      ')}
    }`
  })
  const edges = system.flows.map(({ from, to, what, crossesBoundary }) => {
    const style = crossesBoundary ? 'color="#a40000", penwidth=1.6' : 'color="#5b6577"'
    return `${quote(from)} -> ${quote(to)} [label=${quote(what)}, ${style}];`
  })
  return `digraph system {
    rankdir=LR; fontname="sans-serif"; bgcolor="white"; pad=0.2;
    label="Red flows cross a trust boundary. Dashed parts are not known yet."; labelloc=b; fontsize=13; nodesep=0.28; ranksep=0.6;
    node [fontname="sans-serif", fontsize=14, style="filled", fillcolor="white", color="#3b4252"];
    edge [fontname="sans-serif", fontsize=11.5, fontcolor="#3b4252", arrowsize=0.7];
    ${clusters.join('\n    ')}
    ${edges.join('\n    ')}
  }`
}

function node(component: Component, { answers }: System, feature: string): string {
  const { id, kind, assets, certain } = component
  const held = assets.map(({ what, sensitivity: level }) => `${what}: ${level}`)
  const name = kind === 'feature' ? feature : nameOf(component, answers)
  const label = [...wrap(name), ...held, ...(certain ? [] : ['not known yet'])].join('\\n')
  const worst = assets.map((asset) => sensitivity[asset.sensitivity]).find(Boolean)
  const dashed = certain ? '' : ', style="filled,dashed"'
  return `${quote(id)} [label=${quote(label)}, shape=${shapes[kind] ?? 'box'}${worst ? `, color="${worst}"` : ''}${dashed}];`
}

/** Lines of at most 26 characters, broken at spaces. */
function wrap(name: string): string[] {
  const lines: string[] = []
  for (const word of name.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < 26) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** A DOT string: quotes and backslashes of people's words cannot end it; our own `\n` stays a line break. */
function quote(text: string): string {
  const safe = text
    .replaceAll(/\\(?!n)/g, '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\p{Cc}/gu, ' ')
  return `"${safe}"`
}
