import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forecastEnd, normalBelow, type SpendSoFar } from '../../../electron/detection/forecast.ts'

const flat = (days: number, amount = 10) => Array.from({ length: days }, () => amount)
const so = (change: Partial<SpendSoFar> = {}): SpendSoFar => ({
  days: flat(28),
  weekday: 1,
  today: 0,
  todayShare: 0,
  before: 100,
  daysLeft: 19,
  ...change,
})
const forecast = (change: Partial<SpendSoFar> = {}, limit = 1_000) => {
  const found = forecastEnd(so(change), limit)
  if (!found) throw new Error('no forecast')
  return found
}

describe('forecastEnd', () => {
  it('goes on as before where every day is alike', () => {
    expect(forecast().end).toBeCloseTo(300, 6)
    expect(forecast({ todayShare: 0.5, today: 5 }).end).toBeCloseTo(300, 6)
  })
  it('says nothing before five days are known', () => {
    expect(forecastEnd(so({ days: flat(4) }), 1)).toBeNull()
    expect(forecastEnd(so({ days: flat(5) }), 1)).not.toBeNull()
  })
  it('knows weekends', () => {
    // Today is a Monday (1); the last 28 days end with a Sunday (0).
    const days = Array.from({ length: 28 }, (_, index) => ([5, 6].includes(index % 7) ? 2 : 16))
    const workdays = forecast({ days, before: 0, daysLeft: 4 }).end
    const week = forecast({ days, before: 0, daysLeft: 6 }).end
    expect(workdays).toBeGreaterThan(70)
    expect(week - workdays).toBeLessThan(12)
  })
  it('follows a new regime: half way within three days, nearly all of it within a week', () => {
    const after = (days: number) =>
      forecast({ days: [...flat(28 - days), ...flat(days, 40)], before: 0, daysLeft: 9 }).end
    expect(after(3)).toBeGreaterThan(200)
    expect(after(7)).toBeGreaterThan(330)
    expect(after(7)).toBeLessThan(420)
  })
  it('is not carried away by one odd day, and says that it is less sure', () => {
    const odd = forecast({ days: [...flat(26), 80, 10], before: 0, daysLeft: 9 })
    const even = forecast({ before: 0, daysLeft: 9 })
    expect(odd.end).toBeLessThan(2 * even.end)
    expect(odd.high - odd.low).toBeGreaterThan(even.high - even.low)
  })
  it('takes a day that is well under way into account', () => {
    expect(forecast({ today: 60, todayShare: 0.9, before: 0, daysLeft: 9 }).end).toBeGreaterThan(200)
    expect(forecast({ today: 0.5, todayShare: 0.02, before: 0, daysLeft: 9 }).end).toBeLessThan(110)
  })
  it('tells on which day the limit is passed', () => {
    expect(forecast({}, 105).breachInDays).toBe(0)
    expect(forecast({}, 125).breachInDays).toBe(2)
    expect(forecast({}, 301).breachInDays).toBeNull()
    expect(forecast({}, 90)).toMatchObject({ breachInDays: 0, probability: 1 })
  })
  it('is surer of a breach the further the end lies above the limit', () => {
    const days = Array.from({ length: 28 }, (_, index) => 8 + (index % 5))
    const chances = [150, 250, 290, 330, 500].map((limit) => forecast({ days }, limit).probability)
    expect(chances).toEqual([...chances].sort((a, b) => b - a))
    expect(chances[0]).toBeGreaterThan(0.95)
    expect(chances.at(-1)).toBeLessThan(0.05)
  })
  it('never promises less than is spent already, and holds its end within its band', () => {
    const amounts = fc.array(fc.double({ min: -50, max: 10_000, noNaN: true }), { minLength: 5, maxLength: 70 })
    fc.assert(
      fc.property(
        amounts,
        fc.nat(6),
        fc.nat(30),
        fc.double({ min: 0, max: 5_000, noNaN: true }),
        (days, weekday, daysLeft, before) => {
          const { end, low, high, probability } = forecast({
            days,
            weekday,
            daysLeft,
            before,
            today: 1,
            todayShare: 0.5,
          })
          expect(low).toBeGreaterThanOrEqual(before + 1)
          expect(high).toBeGreaterThanOrEqual(end)
          expect(probability).toBeGreaterThanOrEqual(0)
          expect(probability).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})

it('knows the bell curve', () => {
  expect(normalBelow(0)).toBeCloseTo(0.5, 6)
  expect(normalBelow(1.2816)).toBeCloseTo(0.9, 4)
  expect(normalBelow(-1.2816)).toBeCloseTo(0.1, 4)
})
