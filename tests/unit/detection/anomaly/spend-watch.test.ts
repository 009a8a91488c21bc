import { describe, expect, it } from 'vitest'
import { createSpendWatch, observe, type SpendWatch } from '../../../../electron/detection/anomaly/spend-watch.ts'
import { dayMs } from '../../../../shared/time.ts'
import { perDay, perHour, person, plus, service, startMs, step, watchAll } from './series.ts'

/** Tuesday of the fourth week, 03:00. */
const night = 22 * perDay + 3 * perHour
const meanBucket = 0.25

describe('an ordinary series', () => {
  it('is silent for sixty days of office hours and weekends', () => {
    expect(watchAll(service(60)).from).toEqual([])
  })
  it('is silent for a person who works in sessions', () => {
    expect(watchAll(person(60)).from.length).toBeLessThanOrEqual(1)
  })
  it('is silent for a nightly batch at nine times the mean', () => {
    const buckets = service(60).map((value, at) =>
      at % perDay >= 2 * perHour && at % perDay < 3 * perHour ? value + 9 * meanBucket : value,
    )
    expect(watchAll(buckets).from).toEqual([])
  })
  it('is silent when clocks change, and office hours with them', () => {
    const buckets = service(60)
    const moved = [...buckets.slice(0, 30 * perDay), ...buckets.slice(30 * perDay + perHour)]
    expect(watchAll(moved).from).toEqual([])
  })
  it('grows by one per cent a day in silence', () => {
    expect(watchAll(service(60).map((value, at) => value * 1.01 ** (at / perDay))).from).toEqual([])
  })
  it('rises in silence from nearly nothing to forty cents', () => {
    const buckets = service(30).map((value) => value / 4_000)
    expect(watchAll(plus(buckets, night, 2 * perHour, () => 0.4 / 24)).from).toEqual([])
  })
})

describe('what must be found', () => {
  it('is a leaked key, within five minutes', () => {
    const told = watchAll(plus(service(30), night, 6 * perHour, () => 20 * meanBucket))
    expect(told.from).toEqual([night])
  })
  it('is a doubling of the price, within half a day', () => {
    const told = watchAll(
      service(30).map((value, at) => (at >= night && at < night + 2 * perDay ? 2.5 * value : value)),
    )
    expect(told.from).toHaveLength(1)
    expect(told.from[0]).toBeLessThan(night + perDay / 2)
  })
  it('is a creep of eight per cent a day, within two weeks', () => {
    const told = watchAll(
      service(40).map((value, at) => (at < night ? value : value * 1.08 ** ((at - night) / perDay))),
    )
    expect(told.from[0]).toBeGreaterThan(night + 2 * perDay)
    expect(told.from[0]).toBeLessThan(night + 14 * perDay)
  })
  it('is a machine that spends at night where people sleep, within three hours', () => {
    const told = watchAll(plus(person(30), night, 8 * perHour, () => 0.6))
    expect(told.from[0]).toBeGreaterThanOrEqual(night)
    expect(told.from[0]).toBeLessThan(night + 3 * perHour)
  })
  it('is a cliff on the first day', () => {
    const buckets = service(1).map(() => meanBucket)
    expect(watchAll(plus(buckets, 12 * perHour, perHour, () => 40 * meanBucket)).from[0]).toBeLessThan(13 * perHour)
  })
  it('is an hour at thirty times the mean, in a series by the hour', () => {
    const hourly = sumsOf(
      plus(service(30), night, perHour, () => 30 * meanBucket),
      perHour,
    )
    const watch = createSpendWatch(perHour * step)
    const alerts = hourly.map((value, at) => observe(watch, { startMs: startMs + at * perHour * step, value }).alert)
    expect(alerts.indexOf(true)).toBe(night / perHour)
  })
  it('is a day at four times the mean, in a series by the day', () => {
    const daily = sumsOf(service(40), perDay).map((value, day) => (day === 30 ? 4 * value : value))
    const watch = createSpendWatch(dayMs)
    const alerts = daily.map((value, at) => observe(watch, { startMs: startMs + at * dayMs, value }).alert)
    expect(alerts.indexOf(true)).toBe(30)
  })
})

describe('a new level', () => {
  const from = 22 * perDay
  const launched = (days: number) => service(days).map((value, at) => (at < from ? value : 3 * value))

  it('is told once and then is ordinary', () => {
    const told = watchAll(launched(60))
    expect(told.from).toHaveLength(1)
    expect(told.verdicts[from + 3 * perDay]?.alert).toBe(false)
  })
  it('is no reason to miss what comes on top of it', () => {
    const at = 40 * perDay + 3 * perHour
    expect(watchAll(plus(launched(45), at, perHour, () => 60 * meanBucket)).from.at(-1)).toBe(at)
  })
  it('is taken back when it was an incident after all', () => {
    const back = from + 5 * perDay
    const buckets = service(40).map((value, at) => (at >= from && at < back ? 3 * value : value))
    const again = 32 * perDay
    const told = watchAll(buckets.map((value, at) => (at >= again ? 2.5 * value : value)))
    expect(told.from.some((at) => at >= again && at < again + perDay)).toBe(true)
  })
})

describe('a job of every month', () => {
  it('is told the first time and not again', () => {
    const jobs = [24, 54, 85].map((day) => day * perDay + 10 * perHour) // 1 October, 31 October, 1 December
    const first = [24, 55, 85].map((day) => day * perDay + 10 * perHour)
    const withJobs = (starts: number[]) =>
      starts.reduce((buckets, at) => plus(buckets, at, 4 * perHour, () => 9 * meanBucket), service(90))
    expect(watchAll(withJobs(first)).from).toHaveLength(1)
    expect(watchAll(withJobs(jobs)).from.length).toBeGreaterThan(1)
  })
})

describe('a job of every week', () => {
  it('is told the first time and then is expected', () => {
    const weekly = [23, 30, 37, 44].map((day) => day * perDay + 2 * perHour)
    const jobs = weekly.reduce((buckets, at) => plus(buckets, at, 2 * perHour, () => 9 * meanBucket), service(50))
    expect(watchAll(jobs).from).toEqual([expect.closeTo(weekly[0] ?? 0, -1)])
  })
})

describe('data that come late', () => {
  const arrivals = (buckets: readonly number[], watch: SpendWatch, share: (at: number) => number) => {
    const alerts: number[] = []
    const show = (at: number, value: number, now: number) => {
      if (observe(watch, { startMs: startMs + at * step, value }).alert) alerts.push(now)
    }
    for (const [at, value] of buckets.entries()) {
      show(at, value * share(at), at)
      const old = at - 6
      if (old >= 0 && share(old) < 1) show(old, buckets[old] ?? 0, at)
    }
    return alerts
  }
  it('are no alert while half of each bucket arrives half an hour late', () => {
    const late = (at: number) => (at > 20 * perDay && at < 27 * perDay ? 0.5 : 1)
    expect(arrivals(service(30), createSpendWatch(step), late)).toEqual([])
  })
  it('are no alert when a day of silence is filled by one lump', () => {
    const watch = createSpendWatch(step)
    const buckets = service(30)
    const to = night + perDay
    watchAll(buckets.slice(0, night), watch)
    for (let at = night; at < to; at++) observe(watch, { startMs: startMs + at * step, value: 0 })
    const lump = buckets.slice(night, to).reduce((sum, value) => sum + value, 0)
    expect(observe(watch, { startMs: startMs + night * step, value: lump }).alert).toBe(false)
    expect(watchAll(buckets.slice(to), watch, to).from).toEqual([])
  })
  it('are no alert when an outage ends', () => {
    const buckets = service(30).map((value, at) => (at >= night && at < night + 8 * perHour ? 0 : value))
    expect(watchAll(buckets).from).toEqual([])
  })
  it('are no alert when buckets are missing altogether', () => {
    const watch = createSpendWatch(step)
    const buckets = service(30)
    watchAll(buckets.slice(0, night), watch)
    expect(watchAll(buckets.slice(night + perDay), watch, night + perDay).from).toEqual([])
  })
})

function sumsOf(buckets: readonly number[], length: number): number[] {
  return Array.from({ length: buckets.length / length }, (_, at) =>
    buckets.slice(at * length, (at + 1) * length).reduce((sum, value) => sum + value, 0),
  )
}
