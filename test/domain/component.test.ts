// The components that the facts imply.
import { expect, test } from '@jest/globals'
import { systemOf } from '../../src/domain/component.ts'
import { supportCopilot } from '../support/intakes.ts'

test('what nobody knows yet is a component that may be there; what is ruled out is none', () => {
  const tools = (uses_tools: boolean | 'unknown') =>
    systemOf({ ...supportCopilot.facts, uses_tools }, {}).components.filter(({ kind }) => kind === 'tool')
  expect(tools(false)).toEqual([])
  expect(tools('unknown')).toHaveLength(1)
  expect(tools(true)).toHaveLength(1)
})
