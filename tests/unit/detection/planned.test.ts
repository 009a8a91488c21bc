import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowancesOf, plannedIn, type PlannedDay } from '../../../electron/detection/planned.ts'
import { dayMs, hourMs, type TimeRange } from '../../../shared/time.ts'

const first: PlannedDay = { fromMs: 0, toMs: dayMs, limitNanos: 300n }
const second: PlannedDay = { fromMs: dayMs, toMs: 2 * dayMs, limitNanos: 300n }
/** So much in each hour. */
const spending =
  (perHour: bigint) =>
  ({ fromMs, toMs }: TimeRange) =>
    (perHour * BigInt(toMs - fromMs)) / BigInt(hourMs)

describe('what was planned of a range', () => {
  it('is all of it while the amount of the day lasts, and the rest of the amount after that', () => {
    const hour = (at: number) => ({ fromMs: at * hourMs, toMs: (at + 1) * hourMs })
    expect(plannedIn(hour(0), [first], spending(100n))).toBe(100n)
    expect(plannedIn(hour(2), [first], spending(100n))).toBe(100n)
    expect(plannedIn(hour(3), [first], spending(100n))).toBe(0n)
    expect(plannedIn(hour(2), [first], spending(120n))).toBe(60n)
  })
  it('begins anew each day', () => {
    const range = { fromMs: 23 * hourMs, toMs: 25 * hourMs }
    expect(plannedIn(range, [first, second], spending(100n))).toBe(100n)
    expect(plannedIn(range, [first], spending(1n))).toBe(1n)
  })
  it('is nothing before the first day and after the last', () => {
    expect(plannedIn({ fromMs: -hourMs, toMs: 0 }, [first], spending(9n))).toBe(0n)
    expect(plannedIn({ fromMs: dayMs, toMs: 2 * dayMs }, [first], spending(9n))).toBe(0n)
  })
  it('is never below nothing, whatever was credited', () => {
    expect(plannedIn({ fromMs: 0, toMs: hourMs }, [first], () => -50n)).toBe(0n)
    expect(plannedIn({ fromMs: hourMs, toMs: 2 * hourMs }, [first], spending(700n))).toBe(0n)
  })
  it('adds up to at most the amount of a day, however the day is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 90n), { minLength: 24, maxLength: 24 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 23 })),
        (hours, cuts) => {
          const spentIn = ({ fromMs, toMs }: TimeRange) =>
            hours.slice(fromMs / hourMs, toMs / hourMs).reduce((sum, one) => sum + one, 0n)
          const edges = [0, ...cuts.sort((a, b) => a - b), 24]
          const pieces = edges.slice(1).map((to, at) => ({ fromMs: (edges[at] ?? 0) * hourMs, toMs: to * hourMs }))
          const sum = pieces.reduce((total, piece) => total + plannedIn(piece, [first], spentIn), 0n)
          const all = spentIn(first)
          expect(sum).toBe(all < 300n ? all : 300n)
        },
      ),
    )
  })
})

describe('the allowance of a slot', () => {
  const spent = new Map([
    [-hourMs, 500n],
    [0, 100n],
    [hourMs, 150n],
    [2 * hourMs, 900n],
  ])
  it('is what its day has left when it begins', () => {
    expect(allowancesOf([first], spent)(0)).toBe(300n)
    expect(allowancesOf([first], spent)(hourMs)).toBe(200n)
    expect(allowancesOf([first], spent)(2 * hourMs)).toBe(50n)
    expect(allowancesOf([first], spent)(3 * hourMs)).toBe(0n)
  })
  it('is nothing outside the plan, and never more than the amount', () => {
    expect(allowancesOf([first], spent)(dayMs)).toBe(0n)
    expect(allowancesOf([first], spent)(-1)).toBe(0n)
    expect(allowancesOf([first], new Map([[0, -70n]]))(hourMs)).toBe(300n)
  })
})
