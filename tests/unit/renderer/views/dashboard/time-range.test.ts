import { describe, expect, it } from 'vitest'
import type { DashboardRange } from '../../../../../renderer/dashboard-query.ts'
import { daysOfStep, rangeAbove, shownRange, sumPeriod } from '../../../../../renderer/views/dashboard/time-range.ts'

const atMs = Date.parse('2026-11-18T15:20:30Z')
const shown = (range: DashboardRange, zone = 'UTC', at = atMs) => shownRange(range, at, zone, 'en-US')

describe('the time range of the dashboard', () => {
  it('is of whole days, against as many days before that end at the same time of day', () => {
    expect(shown('30d')).toEqual({
      from: '2026-10-20',
      to: '2026-11-18',
      step: 'day',
      label: 'Last 30 days',
      inside: 'the last 30 days',
      before: { from: '2026-09-20', to: '2026-10-19T15:20:00.000Z', label: 'the 30 days before' },
      ahead: [],
    })
  })

  it('shows today by the hour, up to the hour under way', () => {
    expect(shown('today')).toMatchObject({
      from: '2026-11-18',
      to: '2026-11-18T16:00:00.000Z',
      step: 'hour',
      before: { from: '2026-11-17', to: '2026-11-17T15:20:00.000Z', label: 'the day before' },
    })
    expect(shown('today').ahead).toHaveLength(8)
    expect(shown('24h')).toMatchObject({ from: '2026-11-17T16:00:00.000Z', to: '2026-11-18T16:00:00.000Z' })
  })

  it('takes the days of the zone', () => {
    expect(shown('today', 'Asia/Tokyo')).toMatchObject({ from: '2026-11-19', to: '2026-11-18T16:00:00.000Z' })
    expect(shown('month', 'America/Los_Angeles', Date.parse('2026-12-01T05:00:00Z'))).toMatchObject({
      from: '2026-11-01',
      to: '2026-11-30',
    })
  })

  it('has the rest of the month ahead of it', () => {
    const month = shown('month')
    expect([month.from, month.to, month.ahead[0], month.ahead.at(-1)]).toEqual([
      '2026-11-01',
      '2026-11-18',
      '2026-11-19',
      '2026-11-30',
    ])
    expect(month.before).toMatchObject({ from: '2026-10-14', label: 'the 18 days before' })
    expect(shown('last-month')).toMatchObject({
      from: '2026-10-01',
      to: '2026-10-31',
      before: { from: '2026-08-31', to: '2026-09-30' },
      ahead: [],
    })
    expect(shown('year')).toMatchObject({ from: '2026-01-01', step: 'day' })
  })

  it('goes by days within a month from its first day on, as those ahead of it do', () => {
    const first = shown('month', 'UTC', Date.parse('2026-12-01T10:00:00Z'))
    expect(first).toMatchObject({ from: '2026-12-01', to: '2026-12-01', step: 'day' })
    expect(first.ahead).toHaveLength(30)
    expect(first.ahead[0]).toBe('2026-12-02')
  })

  it('never reaches into the future, of which nothing is known', () => {
    expect(shown({ from: '2026-11-10', to: '2027-03-01' })).toMatchObject({ from: '2026-11-10', to: '2026-11-18' })
    expect(shown({ from: '2027-01-01', to: '2027-03-01' })).toMatchObject({ from: '2026-11-18', label: 'Nov 18' })
  })

  it('goes by hours, days or months, so that a chart can be read', () => {
    expect(shown({ from: '2026-11-01', to: '2026-11-02' }).step).toBe('hour')
    expect(shown({ from: '2026-11-01', to: '2026-11-03' }).step).toBe('day')
    expect(shown({ from: '2022-01-01', to: '2026-11-03' }).step).toBe('month')
  })

  it('asks for something at midnight too', () => {
    const midnight = shown('today', 'UTC', Date.parse('2026-11-18T00:00:00Z'))
    expect(midnight.to > '2026-11-18T00:00:00.000Z').toBe(true)
    expect(midnight.before.to > '2026-11-17T00:00:00.000Z').toBe(true)
  })

  it.each([
    [{ from: '2026-11-03', to: '2026-11-03' }, 'Nov 3'],
    [{ from: '2025-11-03', to: '2025-11-03' }, 'Nov 3, 2025'],
    [{ from: '2026-10-01', to: '2026-10-31' }, 'October 2026'],
    [{ from: '2026-10-02', to: '2026-10-31' }, 'Oct 2 to Oct 31'],
    [{ from: '2025-10-02', to: '2026-10-31' }, 'Oct 2, 2025 to Oct 31'],
    ['month', 'This month'],
  ] as const)('is called by name: %j', (range, label) => expect(shown(range).label).toBe(label))
})

describe('the way down and up', () => {
  it('leads from a month to its days, from a day to its hours, and no further', () => {
    expect(daysOfStep('2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(daysOfStep('2026-11-18')).toEqual({ from: '2026-11-18', to: '2026-11-18' })
    expect(daysOfStep('2026-11-18T10:00:00.000Z')).toBeNull()
  })

  it('leads back to where one came from, and from a day out of the blue to its month', () => {
    expect(rangeAbove({ from: '2026-11-18', to: '2026-11-18' }, '90d')).toBe('90d')
    expect(rangeAbove({ from: '2026-11-18', to: '2026-11-18' }, null)).toEqual({ from: '2026-11-01', to: '2026-11-30' })
    expect(rangeAbove('30d', null)).toBeNull()
  })

  it('knows which budgets speak of the sum', () => {
    expect(sumPeriod('month')).toBe('month')
    expect(sumPeriod({ from: '2026-10-01', to: '2026-10-31' })).toBe('month')
    expect(sumPeriod('today')).toBe('day')
    expect(sumPeriod('30d')).toBeNull()
  })
})
