import { expect, it } from 'vitest'
import { monthlyReadingCost } from '../../../shared/reading-cost.ts'

const free = { callCost: null, everySeconds: 60 }
const paid = { callCost: '0.01', everySeconds: 43_200 }

it('says what reading costs in a month, of all sources together', () => {
  expect(monthlyReadingCost([free, paid])).toBe('Reading it costs about $0.60 a month.')
  expect(monthlyReadingCost([paid, { callCost: '0.00016', everySeconds: 300 }])).toContain('$1.98')
})
it('says nothing where reading is free, or nobody reads', () => {
  expect(monthlyReadingCost([free])).toBeNull()
  expect(monthlyReadingCost([{ ...paid, everySeconds: null }])).toBeNull()
})
