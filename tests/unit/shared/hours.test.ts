import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOfHours, hoursText, parseHours, weekdays, type Hours } from '../../../shared/hours.ts'
import { dayMs, hourMs, iso } from '../../../shared/time.ts'

const night: Hours = { days: [...weekdays], from: '22:00', to: '07:00' }
const at = (text: string) => Date.parse(text)

describe('hours of the day', () => {
  it.each([
    ['2026-11-18T21:59:59Z', null],
    ['2026-11-18T22:00:00Z', '2026-11-19T07:00:00.000Z'],
    ['2026-11-19T06:59:59Z', '2026-11-19T07:00:00.000Z'],
    ['2026-11-19T07:00:00Z', null],
  ])('begin when they say and end before they end: %s', (now, end) => {
    const endMs = endOfHours(night, at(now), 'UTC')
    expect(endMs === null ? null : iso(endMs)).toBe(end)
  })

  it('are those of the zone', () => {
    expect(endOfHours(night, at('2026-11-18T21:30:00Z'), 'Europe/Berlin')).toBe(at('2026-11-19T06:00:00Z'))
    expect(endOfHours(night, at('2026-11-18T21:30:00Z'), 'America/New_York')).toBeNull()
  })

  it('belong to the day on which they begin', () => {
    const friday: Hours = { days: ['fri'], from: '22:00', to: '07:00' }
    expect(endOfHours(friday, at('2026-11-21T03:00:00Z'), 'UTC')).toBe(at('2026-11-21T07:00:00Z')) // a Saturday
    expect(endOfHours(friday, at('2026-11-20T03:00:00Z'), 'UTC')).toBeNull()
  })

  it('last as long as the clock says where it is changed in the night', () => {
    // In Berlin the clock goes from 3 back to 2 on 25 October 2026, and from 2 to 3 on 29 March 2026.
    const lengthOf = (evening: string) => (endOfHours(night, at(evening), 'Europe/Berlin') ?? 0) - at(evening)
    expect(lengthOf('2026-10-24T20:00:00Z')).toBe(10 * hourMs)
    expect(lengthOf('2026-03-28T21:00:00Z')).toBe(8 * hourMs)
  })

  it('end in the future, within a day, and outside of them', () => {
    const time = fc.integer({ min: 0, max: 1_439 }).map((minute) => iso(minute * 60_000).slice(11, 16))
    fc.assert(
      fc.property(
        time,
        time,
        fc.subarray([...weekdays], { minLength: 1 }),
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland'),
        (from, to, days, nowMs, zone) => {
          fc.pre(from !== to)
          const endMs = endOfHours({ days, from, to }, nowMs, zone)
          if (endMs === null) return
          expect(endMs).toBeGreaterThan(nowMs)
          expect(endMs - nowMs).toBeLessThanOrEqual(dayMs + hourMs)
        },
      ),
    )
  })

  it.each([
    ['22:00-07:00', weekdays.length],
    ['mon-fri 09:00-18:00', 5],
    ['sat,sun 00:00-23:59', 2],
    ['fri-mon 20:00-06:00', 4],
    ['Mon 09:00-10:00', 1],
  ])('are written like %s', (text, days) => {
    expect(parseHours(text)?.days).toHaveLength(days)
  })

  it.each([
    '',
    '22-7',
    '22:00',
    '22:00-22:00',
    '24:00-07:00',
    'monday 09:00-10:00',
    'mon- 09:00-10:00',
    'x,mon 09:00-10:00',
  ])('are not written like "%s"', (text) => expect(parseHours(text)).toBeNull())

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.subarray([...weekdays], { minLength: 1 }), (days) => {
        const given: Hours = { days, from: '08:30', to: '17:15' }
        expect(parseHours(hoursText(given))).toEqual(given)
      }),
    )
    expect(hoursText({ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' })).toBe(
      'mon-fri 09:00-18:00',
    )
    expect(hoursText(night)).toBe('22:00-07:00')
  })
})
