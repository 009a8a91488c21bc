import { describe, expect, it } from 'vitest'
import { budgetsOf, isInSight } from '../../../../renderer/charts/limits.ts'
import type { Status } from '../../../../shared/spend.ts'

const base: Status['budgets'][number] = {
  id: 'all-month',
  scope: 'all',
  period: 'month',
  limit: '100',
  spent: '10',
  currency: 'USD',
  state: 'ok',
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-12-01T00:00:00.000Z',
  zone: 'UTC',
  outlook: null,
  exchanges: [],
  missing: [],
}
const budgets = [
  base,
  { ...base, id: 'all-day', period: 'day' as const },
  { ...base, id: 'web-day', period: 'day' as const, scope: 'project:Web' },
  { ...base, id: 'euro-month', currency: 'EUR' },
  { ...base, id: 'tokyo-month', zone: 'Asia/Tokyo' },
]
const shown: Parameters<typeof budgetsOf>[1] = {
  scopes: [],
  currency: 'USD',
  zone: 'UTC',
  step: 'day',
  chart: 'steps',
  sumOf: 'month',
}
const ids = (change: Partial<Parameters<typeof budgetsOf>[1]>) =>
  budgetsOf(budgets, { ...shown, ...change }).map(({ id }) => id)

describe('the budgets in a chart', () => {
  it('are those of a step, or of the sum where steps are added up', () => {
    expect(ids({})).toEqual(['all-day'])
    expect(ids({ chart: 'total' })).toEqual(['all-month'])
    expect(ids({ chart: 'total', sumOf: null })).toEqual([])
  })

  it('are those of the one scope that is shown, by its id or its name', () => {
    const web = { scope: 'project:proj_1', label: 'Web' }
    expect(ids({ scopes: [web] })).toEqual(['web-day'])
    expect(ids({ scopes: [web, { scope: 'model:m', label: 'm' }] })).toEqual([])
  })

  it('are in sight while they do not press the bars flat', () => {
    expect([isInSight(400, 100), isInSight(401, 100)]).toEqual([true, false])
  })
})
