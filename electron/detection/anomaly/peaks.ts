/**
 * How high a statistic gets on ordinary days: its daily maxima of the last weeks. The limit is extrapolated from them
 * instead of from a bell curve, so a bursty series has a wide limit and a steady one a narrow one, whatever its noise.
 */
export interface Peaks {
  /** Maxima of whole days, newest last. */
  days: number[]
  /** Of the day that runs. */
  today: number
}

const remembered = 28

export function createPeaks(): Peaks {
  return { days: [], today: 0 }
}

export function endDay(peaks: Peaks): void {
  peaks.days.push(peaks.today)
  if (peaks.days.length > remembered) peaks.days.shift()
  peaks.today = 0
}

/** Above this a day is not ordinary. Wide while only a few days are known. */
export function limitOf(peaks: Peaks, margin: number): number {
  const sorted = peaks.days.toSorted((a, b) => a - b)
  const count = sorted.length
  const at = (share: number) => {
    const place = share * (count - 1)
    const low = sorted[Math.floor(place)] ?? 0
    return low + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? low) - low)
  }
  const [middle, high, top] = [at(0.5), at(0.9), sorted[count - 1] ?? 0]
  const few = 1 + 3 / (count + 1)
  return few * Math.max(high + margin * (high - middle), 1.1 * top)
}
