import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSpendWatch, observe, type SpendWatch } from '../../../../electron/detection/anomaly/spend-watch.ts'
import { addToTrail, createTrail, rewriteTrail } from '../../../../electron/detection/anomaly/trail.ts'
import { dayMs, minuteMs } from '../../../../shared/time.ts'
import { perDay, perHour, person, plus, service, startMs, step, watchAll } from './series.ts'

const incident = plus(service(30), 22 * perDay, 6 * perHour, () => 5)

describe('the state of a watch', () => {
  it('survives being written as JSON at any moment', () => {
    const straight = watchAll(incident)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: incident.length - 1 }), (cut) => {
        const before = watchAll(incident.slice(0, cut))
        const restored = JSON.parse(JSON.stringify(before.watch)) as SpendWatch
        const after = watchAll(incident.slice(cut), restored, cut)
        expect([...before.verdicts, ...after.verdicts]).toEqual(straight.verdicts)
      }),
      { numRuns: 8 },
    )
  })
  it('is some tens of kilobytes, whatever the width of the buckets and however long they come', () => {
    for (const width of [minuteMs, step, 60 * minuteMs, dayMs]) {
      const watch = createSpendWatch(width)
      const values = person(Math.ceil((40 * perDay * step) / width / perDay))
      for (const [at, value] of values.entries()) observe(watch, { startMs: startMs + at * width, value })
      expect(JSON.stringify(watch).length).toBeLessThan(64 * 1024)
    }
  })
})

describe('a verdict', () => {
  it('does not depend on what comes later', () => {
    const changed = incident.map((value, at) => (at < 22 * perDay + 10 ? value : 3 * value))
    const [one, other] = [watchAll(incident), watchAll(changed)]
    expect(one.verdicts.slice(0, 22 * perDay + 10)).toEqual(other.verdicts.slice(0, 22 * perDay + 10))
    expect(one.verdicts).not.toEqual(other.verdicts)
  })
  it('does not depend on the size of the money, above the least that matters', () => {
    const scaled = watchAll(incident.map((value) => value * 1_024))
    expect(scaled.from).toEqual(watchAll(incident).from)
  })
  it('is the same when every bucket is reported twice', () => {
    const watch = createSpendWatch(step)
    const alerts = incident.map((value, at) => {
      const bucket = { startMs: startMs + at * step, value }
      observe(watch, bucket)
      return observe(watch, bucket).alert
    })
    expect(alerts.indexOf(true)).toBe(watchAll(incident).from[0])
  })
  it('is always finite, whatever is spent', () => {
    const spends = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true })), {
      minLength: 300,
      maxLength: 600,
    })
    fc.assert(
      fc.property(spends, fc.constantFrom(step, 60 * minuteMs, dayMs), (values, width) => {
        const watch = createSpendWatch(width)
        for (const [at, value] of values.entries()) {
          const { over, finding } = observe(watch, { startMs: startMs + at * width, value })
          expect(Number.isFinite(over)).toBe(true)
          if (finding) expect(finding.low <= finding.expected && finding.expected <= finding.high).toBe(true)
        }
        expect(watch.fine.values.every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})

describe('a trail', () => {
  it('has the sums of its newest buckets, whatever arrives, is revised, skipped or rewritten', () => {
    const arrival = fc.record({ ahead: fc.integer({ min: -12, max: 4 }), value: fc.integer({ min: -9, max: 99 }) })
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 200 }), fc.integer({ min: 0, max: 150 }), (arrivals, cut) => {
        const trail = createTrail(step, 10, [1, 3, 9])
        let truth = new Map<number, number>()
        let newest = 100
        addToTrail(trail, newest, 0, 0)
        for (const [at, { ahead, value }] of arrivals.entries()) {
          const number = newest + ahead
          newest = Math.max(newest, number)
          addToTrail(trail, number, value, 1)
          if (number > newest - 10) truth.set(number, (truth.get(number) ?? 0) + value)
          if (at !== cut) continue
          rewriteTrail(trail, newest - 4, (one, expected) => [2 * one, expected])
          truth = new Map([...truth].map(([key, one]) => [key, key >= newest - 4 ? 2 * one : one]))
        }
        for (const { length, sum } of trail.windows) {
          const inside = [...truth].filter(([number]) => number > newest - length)
          expect(sum).toBeCloseTo(inside.reduce((total, [, value]) => total + value, 0))
        }
      }),
    )
  })
})
