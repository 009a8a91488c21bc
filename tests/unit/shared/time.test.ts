import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayMs,
  hourMs,
  isRecent,
  iso,
  minuteMs,
  periodAt,
  periodId,
  periods,
  spanText,
  startOfLocalDay,
} from '../../../shared/time.ts'

const at = (text: string) => Date.parse(text)
const range = (...args: Parameters<typeof periodAt>) => {
  const { fromMs, toMs } = periodAt(...args)
  return [iso(fromMs), iso(toMs)]
}

describe('periodAt', () => {
  it('ends the month at local midnight, east and west of the date line', () => {
    expect(range('month', at('2026-11-30T23:30:00+13:00'), 'Pacific/Apia')).toEqual([
      '2026-10-31T11:00:00.000Z',
      '2026-11-30T11:00:00.000Z',
    ])
    expect(range('month', at('2026-11-30T23:30:00-10:00'), 'Pacific/Honolulu')).toEqual([
      '2026-11-01T10:00:00.000Z',
      '2026-12-01T10:00:00.000Z',
    ])
  })
  it('gives the day of a clock change 23 or 25 hours', () => {
    const length = (day: string, zone: string) => {
      const { fromMs, toMs } = periodAt('day', at(day), zone)
      return (toMs - fromMs) / hourMs
    }
    expect(length('2026-03-29T12:00:00Z', 'Europe/Berlin')).toBe(23)
    expect(length('2026-10-25T12:00:00Z', 'Europe/Berlin')).toBe(25)
    expect(length('2026-11-01T12:00:00Z', 'America/New_York')).toBe(25)
  })
  it('counts the repeated hour of a clock change as two', () => {
    const first = periodAt('hour', at('2026-10-25T00:30:00Z'), 'Europe/Berlin')
    const second = periodAt('hour', at('2026-10-25T01:30:00Z'), 'Europe/Berlin')
    expect(second.fromMs - first.fromMs).toBe(hourMs)
  })
  it('starts weeks on Monday', () => {
    expect(range('week', at('2026-11-23T05:00:00Z'), 'UTC')[0]).toBe('2026-11-23T00:00:00.000Z')
    expect(range('week', at('2026-11-22T05:00:00Z'), 'UTC')[0]).toBe('2026-11-16T00:00:00.000Z')
  })
  it('knows February of a leap year', () => {
    expect(range('month', at('2028-02-29T12:00:00Z'), 'UTC')).toEqual([
      '2028-02-01T00:00:00.000Z',
      '2028-03-01T00:00:00.000Z',
    ])
  })
  it('respects zones that are off by half and quarter hours', () => {
    expect(range('hour', at('2026-11-23T10:10:00Z'), 'Asia/Kathmandu')).toEqual([
      '2026-11-23T09:15:00.000Z',
      '2026-11-23T10:15:00.000Z',
    ])
  })
  it('rolls a window of 24 hours up to the instant', () => {
    const nowMs = at('2026-11-23T10:10:00Z')
    expect(periodAt('rolling24h', nowMs, 'UTC')).toEqual({ fromMs: nowMs - dayMs, toMs: nowMs })
  })
  it('holds the instant it was asked for, and meets its neighbours without gap or overlap, in every zone', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Pacific/Apia',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'America/St_Johns',
    ]
    const calendar = periods.filter((period) => period !== 'rolling24h')
    fc.assert(
      fc.property(
        fc.constantFrom(...calendar),
        fc.constantFrom(...zones),
        fc.integer({ min: at('2020-01-01'), max: at('2035-01-01') }),
        (period, zone, ms) => {
          const { fromMs, toMs } = periodAt(period, ms, zone)
          expect(fromMs).toBeLessThanOrEqual(ms)
          expect(toMs).toBeGreaterThan(ms)
          if (period !== 'hour') {
            expect(periodAt(period, toMs, zone).fromMs).toBe(toMs)
            expect(periodAt(period, fromMs - 1, zone).toMs).toBe(fromMs)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('periodId', () => {
  it('names a period by its start, so that the next one is another', () => {
    const day = (text: string) => periodId('day', periodAt('day', at(text), 'UTC'))
    expect(day('2026-11-23T00:00:00Z')).toBe(day('2026-11-23T23:59:59Z'))
    expect(day('2026-11-24T00:00:00Z')).not.toBe(day('2026-11-23T23:59:59Z'))
  })
})

describe('startOfLocalDay', () => {
  it('is the first instant that exists where a clock change removes midnight', () => {
    // Beirut moved from 00:00 to 01:00 on 2022-03-27.
    expect(iso(startOfLocalDay('2022-03-27', 'Asia/Beirut'))).toBe('2022-03-26T22:00:00.000Z')
  })
})

it('tells spans in the unit that fits', () => {
  expect([45 * minuteMs, 119 * minuteMs, 3 * hourMs, 3 * dayMs].map(spanText)).toEqual([
    '45 minutes',
    '119 minutes',
    '3 hours',
    '3 days',
  ])
})

it('takes a time to come for no recent one: the clock was set back since', () => {
  const recent = (agoMs: number) => isRecent(10 * dayMs - agoMs, 10 * dayMs, hourMs)
  expect([0, hourMs - 1, hourMs, 1 - hourMs, -hourMs, Infinity].map(recent)).toEqual([
    true,
    true,
    false,
    true,
    false,
    false,
  ])
})
