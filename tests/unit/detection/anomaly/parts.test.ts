import { describe, expect, it } from 'vitest'
import { noteRise, usualHeight, type Rise } from '../../../../electron/detection/anomaly/recurrence.ts'
import { createPeaks, endDay, limitOf, notePeak } from '../../../../electron/detection/anomaly/peaks.ts'
import { createSeason, expectedRate, learnSlot, meanRate } from '../../../../electron/detection/anomaly/season.ts'
import type { Shape } from '../../../../electron/detection/anomaly/finding.ts'
import { dayMs, hourMs } from '../../../../shared/time.ts'
import { perDay, perHour, plus, service, startMs, step, watchAll } from './series.ts'

describe('a season', () => {
  it('expects the mean before it knows the hour, the hour before it knows the weekday', () => {
    const season = createSeason(step)
    for (let slot = 0; slot < 48; slot++) learnSlot(season, startMs + slot * season.slotMs, slot === 20 ? 49 : 1)
    expect(meanRate(season)).toBeCloseTo(2)
    const tomorrow = startMs + dayMs + 20 * season.slotMs
    expect(expectedRate(season, tomorrow)).toBeGreaterThan(10)
    expect(expectedRate(season, tomorrow)).toBeLessThan(expectedRate(season, tomorrow + 6 * dayMs))
    expect(expectedRate(season, tomorrow + hourMs)).toBeLessThan(2)
  })
})

describe('the limit from peaks', () => {
  const after = (days: number[]) => {
    const peaks = createPeaks()
    for (const height of days) {
      notePeak(peaks, height)
      endDay(peaks, Infinity)
    }
    return peaks
  }
  it('is wide for few days and narrows with more', () => {
    expect(limitOf(after([2, 2, 2]), 2)).toBeGreaterThan(limitOf(after(Array<number>(20).fill(2)), 2))
  })
  it('is above every peak and wider where peaks differ', () => {
    const steady = after(Array.from({ length: 20 }, (_, day) => 2 + (day % 2) / 10))
    const wild = after(Array.from({ length: 20 }, (_, day) => 1 + (day % 10) / 4.5))
    expect(limitOf(steady, 2)).toBeGreaterThan(2.1)
    expect(limitOf(wild, 2)).toBeGreaterThan(limitOf(steady, 2))
  })
  it('is not raised by the newest days, and forgets days with an alert', () => {
    const peaks = after(Array<number>(20).fill(2))
    const before = limitOf(peaks, 2)
    notePeak(peaks, 50)
    endDay(peaks, null)
    expect(limitOf(peaks, 2)).toBe(before)
    notePeak(peaks, 3)
    endDay(peaks, Infinity)
    expect(limitOf(peaks, 2)).toBeLessThanOrEqual(before)
  })
})

describe('recurrence', () => {
  const rises: Rise[] = []
  noteRise(rises, { sinceMs: Date.UTC(2026, 0, 31, 22), height: 8 })
  noteRise(rises, { sinceMs: Date.UTC(2026, 0, 14, 10), height: 8 })

  it('knows the last evening of a shorter month', () => {
    expect(usualHeight(rises, Date.UTC(2026, 1, 28, 21))).toBe(12)
  })
  it('takes the same hour in the middle of a month for chance', () => {
    expect(usualHeight(rises, Date.UTC(2026, 1, 14, 10))).toBe(0)
  })
  it('knows the same hour of last week, not that of yesterday', () => {
    expect(usualHeight(rises, Date.UTC(2026, 0, 21, 11))).toBe(12)
    expect(usualHeight(rises, Date.UTC(2026, 0, 15, 10))).toBe(0)
  })
  it('does not know another hour', () => {
    expect(usualHeight(rises, Date.UTC(2026, 1, 28, 12))).toBe(0)
    expect(usualHeight([{ sinceMs: Date.UTC(2026, 1, 1, 2), height: 8 }], Date.UTC(2026, 1, 2, 2))).toBe(0)
  })
})

describe('a finding', () => {
  const from = 22 * perDay + 3 * perHour
  const shapesOf = (more: (at: number) => number, length: number) => {
    const { verdicts } = watchAll(plus(service(30), from, length, more))
    return new Set(verdicts.flatMap(({ finding }): Shape[] => (finding ? [finding.shape] : [])))
  }
  it('says what was seen, what was expected and how far ordinary reaches', () => {
    const { verdicts } = watchAll(plus(service(30), from, perHour, () => 5))
    const finding = verdicts[from + 2]?.finding
    expect(finding?.observed).toBeGreaterThan(finding?.high ?? Infinity)
    expect(finding?.high).toBeGreaterThan(finding?.expected ?? Infinity)
    expect(finding?.expected).toBeGreaterThan(finding?.low ?? Infinity)
    expect(finding?.sinceMs).toBe(startMs + (from + 1) * step)
    expect(finding?.excess).toBeGreaterThan(14)
    expect(finding?.excess).toBeLessThan(16)
  })
  it('guesses its shape', () => {
    expect(shapesOf(() => 5, 8 * perHour)).toContain('cliff')
    expect(shapesOf(() => 5, 12 * perHour)).toContain('plateau')
    expect(shapesOf((at) => 0.4 * 2 ** ((at - from) / 2), perHour)).toContain('ramp')
    const creep = watchAll(service(40).map((value, at) => (at < from ? value : value * 1.08 ** ((at - from) / perDay))))
    expect(creep.verdicts.find(({ finding }) => finding)?.finding?.shape).toBe('creep')
  })
})
