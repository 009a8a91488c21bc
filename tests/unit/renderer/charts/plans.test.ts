import { describe, expect, it } from 'vitest'
import { plannedRuns } from '../../../../renderer/charts/plans.ts'
import { planState, planText } from '../../../../renderer/words/plan-text.ts'
import type { Plan } from '../../../../shared/plans.ts'

const launch: Plan = {
  id: 'p',
  scope: 'all',
  limit: '300',
  currency: 'USD',
  from: '2026-11-20',
  to: '2026-11-22',
  zone: 'Asia/Tokyo',
  note: 'Launch',
  createdAt: '2026-11-18T09:00:00.000Z',
}
const steps = ['2026-11-19', '2026-11-20', '2026-11-21']

describe('planned spend on the chart', () => {
  it('covers the days that are shown of it, with its amount as a line', () => {
    expect(plannedRuns([launch], steps, 'USD', 'UTC')).toEqual([{ first: 1, last: 2, limit: 300, plan: launch }])
    expect(plannedRuns([{ ...launch, from: '2026-11-01' }], steps, 'USD', 'UTC')[0]).toMatchObject({
      first: 0,
      last: 2,
    })
  })
  it('has no line where it is of a part of what the stack shows', () => {
    expect(plannedRuns([{ ...launch, scope: 'account:a' }], steps, 'USD', 'UTC')[0]?.limit).toBeNull()
  })
  it('covers hours without a line, because an amount for a day is none for an hour', () => {
    const hours = ['2026-11-19T23:00:00.000Z', '2026-11-20T00:00:00.000Z']
    expect(plannedRuns([launch], hours, 'USD', 'UTC')).toMatchObject([{ first: 1, last: 1, limit: null }])
    expect(plannedRuns([launch], hours, 'USD', 'Asia/Tokyo')).toMatchObject([{ first: 0, last: 1 }])
    expect(plannedRuns([launch], ['2026-11'], 'USD', 'UTC')).toEqual([])
  })
  it('is shown with a part of the spend only where it may be for that part', () => {
    const only = [{ scope: 'account:a', label: 'Acme' }]
    expect(plannedRuns([launch], steps, 'USD', 'UTC', only)).toMatchObject([{ limit: null }])
    expect(plannedRuns([{ ...launch, scope: 'account:b' }], steps, 'USD', 'UTC', only)).toEqual([])
  })
  it('is left out before and after, and on a chart of another currency', () => {
    expect(plannedRuns([{ ...launch, from: '2026-11-22' }], steps, 'USD', 'UTC')).toEqual([])
    expect(plannedRuns([{ ...launch, from: '2026-11-01', to: '2026-11-18' }], steps, 'USD', 'UTC')).toEqual([])
    expect(plannedRuns([launch], steps, 'EUR', 'UTC')).toEqual([])
    expect(plannedRuns([launch], [], 'USD', 'UTC')).toEqual([])
  })
})

describe('the words for a plan', () => {
  it('say what it is for, and how much', () => {
    expect(planText(launch, 'en-US')).toBe('planned, Launch: up to $300.00 a day')
    expect(planText({ ...launch, note: '' }, 'en-US')).toBe('planned: up to $300.00 a day')
  })
  it('go by the days of its own zone', () => {
    const at = (text: string) => planState(launch, Date.parse(text))
    expect(at('2026-11-19T14:59:59Z')).toBe('coming')
    expect(at('2026-11-19T15:00:00Z')).toBe('running')
    expect(at('2026-11-22T14:59:59Z')).toBe('running')
    expect(at('2026-11-22T15:00:00Z')).toBe('over')
  })
})
