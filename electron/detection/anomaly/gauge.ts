import { addToDigest, createDigest, digestQuantile, type Digest } from './digest.ts'

/** How rare a value of one signal is, upwards and downwards. */
export interface Gauge {
  digest: Digest
  middle: number
  above: [high: number, far: number]
  below: [high: number, far: number]
}

const high = 0.1
const far = 0.01
const leastSeen = 48
/** A steady series has no tail to speak of: its far end is at least that much beyond the high one. */
const leastGap = 0.05
/** Tails are a bit heavier than exponential; this makes ten times as rare ten times as far, and then a bit more. */
const bend = 0.3

export function createGauge(): Gauge {
  return { digest: createDigest(), middle: 0, above: [0, 0], below: [0, 0] }
}

/** Decades of rarity, [upwards, downwards]: 2 is once in a hundred, beyond the data extrapolated; 0 is ordinary. */
export function rarityOf(gauge: Gauge, value: number): [number, number] {
  const rarity: [number, number] =
    gauge.digest.count < leastSeen
      ? [0, 0]
      : [decades(value, gauge.above, gauge.middle), decades(-value, gauge.below, -gauge.middle)]
  if (addToDigest(gauge.digest, value)) {
    const at = (share: number) => digestQuantile(gauge.digest, share)
    gauge.middle = at(0.5)
    gauge.above = [at(1 - high), at(1 - far)]
    gauge.below = [-at(high), -at(far)]
  }
  return rarity
}

function decades(value: number, [from, to]: [number, number], middle: number): number {
  if (value <= from) return 0
  const gap = Math.max(to - from, leastGap * (from - middle), 1e-6 * Math.abs(middle), Number.EPSILON)
  return 1 + Math.log(1 + (bend * (value - from)) / gap) / Math.log(1 + bend)
}
