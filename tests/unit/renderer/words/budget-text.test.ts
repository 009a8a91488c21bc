import { describe, expect, it } from 'vitest'
import { outlookText, usualText, wouldHaveText } from '../../../../renderer/words/budget-text.ts'

describe('the past of a budget', () => {
  const preview = { from: null, periods: 90, middle: '12.4', high: '18.1', suggested: '30', thresholds: [] }
  it('is a usual period and a busy one, or too short to say', () => {
    expect(usualText(preview, 'day', 'USD', 'en-US')).toBe(
      'Of the last 90 days, a usual one cost $12.40, and nine of ten at most $18.10.',
    )
    const unknown = { ...preview, middle: null, high: null }
    expect(usualText(unknown, 'hour', 'USD')).toBe('Too little is known yet to say what is usual for an hour.')
    expect(usualText(unknown, 'month', 'USD')).toBe('Too little is known yet to say what is usual for a month.')
  })
  it('says how often a threshold would have been told', () => {
    const text = (times: number, at: string | null, zone = 'UTC') =>
      wouldHaveText({ percent: 80, severity: 'warning' }, times, at, 'USD', zone, 'en-US')
    expect(text(3, '2026-11-20T00:00:00.000Z')).toBe('80% would have been told 3 times, last on Nov 20.')
    expect(text(1, '2026-11-20T00:00:00.000Z')).toBe('80% would have been told once, last on Nov 20.')
    // A day of Kolkata begins on the evening before in UTC.
    expect(text(1, '2026-11-19T18:30:00.000Z', 'Asia/Kolkata')).toBe('80% would have been told once, last on Nov 20.')
    expect(text(0, null)).toBe('80% would never have been told.')
    expect(wouldHaveText({ percent: 99.5, severity: 'warning' }, 0, null, 'USD', 'UTC', 'de-DE')).toBe(
      '99,5\u00a0% would never have been told.',
    )
    expect(wouldHaveText({ amount: '40', severity: 'info' }, 0, null, 'USD', 'UTC', 'en-US')).toBe(
      '$40.00 would never have been told.',
    )
  })
})

describe('where a budget is heading', () => {
  const outlook = { end: '4210.40', low: '3900.00', high: '4700.00', probability: 0.9, breachOn: '2026-11-26' }
  it('is told with its band, and the day when the limit will most likely be passed', () => {
    expect(outlookText(outlook, 'USD', 'en-US')).toBe(
      'Heading for $4,210.40, most likely $3,900.00 to $4,700.00; past the limit around Nov 26.',
    )
    expect(outlookText({ ...outlook, probability: 0.49 }, 'USD', 'en-US')).not.toContain('past the limit')
    expect(outlookText({ ...outlook, breachOn: null }, 'USD', 'en-US')).not.toContain('past the limit')
  })
})
