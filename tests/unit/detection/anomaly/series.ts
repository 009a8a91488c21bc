import {
  createSpendWatch,
  observe,
  type SpendVerdict,
  type SpendWatch,
} from '../../../../electron/detection/anomaly/spend-watch.ts'
import { dayMs, hourMs, minuteMs } from '../../../../shared/time.ts'

/** A Monday. */
export const startMs = Date.UTC(2026, 8, 7)
export const step = 5 * minuteMs
export const perHour = hourMs / step
export const perDay = dayMs / step

/** Numbers in [0, 1), always the same for a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Cost of the five-minute buckets of a service: office hours, calm weekends, noise. About $120 on a working day. */
export function service(days: number, seed = 1): number[] {
  const random = randomOf(seed)
  return Array.from({ length: days * perDay }, (_, at) => {
    const hour = (at / perHour) % 24
    const weekend = Math.floor(at / perDay) % 7 >= 5 ? 0.4 : 1
    const noise = 0.7 + 0.3 * (random() + random())
    return 0.4 * weekend * (0.2 + Math.exp(2 * (Math.cos(((hour - 14) * Math.PI) / 12) - 1))) * noise
  })
}

/** Cost of a person's sessions: one or two on a working day, nine buckets of ten cost nothing. */
export function person(days: number, seed = 1): number[] {
  const random = randomOf(seed)
  const buckets = Array.from({ length: days * perDay }, () => 0)
  for (let day = 0; day < days; day++) {
    if (day % 7 >= 5) continue
    for (let session = 0; session < 2; session++) {
      const from = day * perDay + Math.floor((8 + 8 * random()) * perHour)
      const length = 6 + Math.floor(18 * random())
      for (let at = from; at < from + length; at++) if (random() < 0.6) buckets[at] = 0.2 + 0.4 * random()
    }
  }
  return buckets
}

export interface Told {
  /** Buckets in which an alert was on for the first time. */
  from: number[]
  verdicts: SpendVerdict[]
  watch: SpendWatch
}

/** Shows the buckets one by one, each once it is over. */
export function watchAll(buckets: readonly number[], watch: SpendWatch = createSpendWatch(step), first = 0): Told {
  const verdicts = buckets.map((value, at) => observe(watch, { startMs: startMs + (first + at) * step, value }))
  const from = verdicts.flatMap(({ alert }, at) => (alert && !verdicts[at - 1]?.alert ? [at] : []))
  return { from, verdicts, watch }
}

export function plus(buckets: readonly number[], from: number, length: number, more: (at: number) => number): number[] {
  return buckets.map((value, at) => (at >= from && at < from + length ? value + more(at) : value))
}
