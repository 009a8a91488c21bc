import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addToDigest, createDigest, digestQuantile } from '../../../../electron/detection/anomaly/digest.ts'
import { createSurprise, surpriseOf, type Surprise } from '../../../../electron/detection/anomaly/surprise.ts'
import { perDay, perHour, randomOf, service, startMs, step } from './series.ts'

const scoresOf = (values: readonly number[], surprise = createSurprise(), first = 0) =>
  values.map((value, at) => surpriseOf(surprise, startMs + (first + at) * step, value))
const eventsOf = (values: readonly number[]) => scoresOf(values).flatMap((score, at) => (score >= 0.5 ? [at] : []))
const day = 10 * perDay
const changed = (change: (value: number, at: number) => number) =>
  service(14).map((value, at) => (at >= day && at < day + 8 * perHour ? change(value, at) : value))
/** A day is a year of chances: an event within it counts, one before the first three days does not. */
const newsIn = (values: readonly number[]) => eventsOf(values).filter((at) => at >= day && at < day + 12 * perHour)

describe('surprise', () => {
  it('is rare on an ordinary series', () => {
    expect(eventsOf(service(28)).filter((at) => at > 3 * perDay).length).toBeLessThanOrEqual(8)
  })
  it('notices a rise, a fall and wild swings', () => {
    expect(newsIn(changed((value) => value + 1))[0]).toBe(day)
    expect(newsIn(changed((value) => value - 1))[0]).toBe(day)
    expect(newsIn(changed((value, at) => value + (at % 2 === 0 ? 0.4 : -0.4)))).not.toEqual([])
  })
  it('tells an event once, not with every row of it', () => {
    expect(newsIn(changed((value) => value + 1)).length).toBeLessThanOrEqual(2)
  })
  it('notices a level that comes too slowly to be a step', () => {
    const creeping = changed((value, at) => value + Math.min(1, (at - day) / (4 * perHour)))
    expect(newsIn(creeping)[0]).toBeLessThan(day + perHour)
    expect(newsIn(creeping).length).toBeLessThanOrEqual(2)
  })
  it('gets used to the spike of every night', () => {
    const spiky = service(28).map((value, at) => (at % perDay === 100 ? value + 0.5 : value))
    expect(eventsOf(spiky).filter((at) => at > 3 * perDay && at % perDay === 100).length).toBeLessThanOrEqual(1)
  })
  it('is between 0 and 1 for anything, and never depends on later rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 200, maxLength: 400 }),
        fc.integer({ min: 1, max: 199 }),
        (values, cut) => {
          const scores = scoresOf(values)
          expect(scores.every((score) => score >= 0 && score < 1)).toBe(true)
          expect(scoresOf(values.slice(0, cut))).toEqual(scores.slice(0, cut))
        },
      ),
      { numRuns: 20 },
    )
  })
  it('goes on from JSON as if nothing had happened', () => {
    const values = service(4)
    const surprise = createSurprise()
    const before = scoresOf(values.slice(0, 700), surprise)
    const after = scoresOf(values.slice(700), JSON.parse(JSON.stringify(surprise)) as Surprise, 700)
    expect([...before, ...after]).toEqual(scoresOf(values))
  })
})

describe('a digest', () => {
  it('knows quantiles to a fraction of the share they leave over', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1_000, max: 20_000 }), (seed, count) => {
        const random = randomOf(seed)
        const values = Array.from({ length: count }, () => random() ** 3)
        const digest = createDigest()
        for (const value of values) addToDigest(digest, value)
        const sorted = values.slice(0, digest.count).sort((a, b) => a - b)
        for (const share of [0.01, 0.1, 0.5, 0.9, 0.99]) {
          const guess = digestQuantile(digest, share)
          const rank = sorted.filter((value) => value <= guess).length / sorted.length
          expect(Math.abs(rank - share)).toBeLessThan(0.3 * Math.min(share, 1 - share) + 2 / sorted.length)
        }
        expect(digest.means.length).toBeLessThan(400)
      }),
      { numRuns: 15 },
    )
  })
})
