/** What a period is heading for. Money is a float here: it is a statistic, never a ledger. */
export interface Forecast {
  /** Spend at the end of the period, with the band that it lies in four times of five. */
  end: number
  low: number
  high: number
  /** Days from the beginning of today until the limit is passed if all goes on like this; null when it is not. */
  breachInDays: number | null
  /** 0 to 1: how likely the limit is passed. */
  probability: number
}

export interface SpendSoFar {
  /** Whole days before today, oldest first. They may begin before the period. */
  days: readonly number[]
  /** Weekday of today, 0 to 6; which of them is Sunday does not matter. */
  weekday: number
  today: number
  /** How much of today has passed, 0 to 1. */
  todayShare: number
  /** Spend of the period before today. */
  before: number
  /** Days of the period after today. */
  daysLeft: number
}

const fewestDays = 5
/** Half-lives of the averages that are weighed against each other, in days. */
const halfLives = [1.5, 4, 12] as const
/** Errors are remembered this long. */
const memoryDays = 28
/** How much better an average must have foretold to be heard: errors count by this power. */
const trust = 3
/** A weekday is pulled towards the mean of the week by this many weeks. */
const doubt = 0.3
/** The level may be wrong for the whole rest of the period, by as much as one day usually is: measured, see docs/detection.md. */
const levelShare = 1
/** Four fifths of a bell curve lie within this many standard deviations. */
const bandWidth = 1.2816

/**
 * Level x weekday for every day that is left. The level is a mixture of a quick, a middle and a slow average, each
 * weighed by how well it foretold the last weeks, so a new regime counts within days and one odd day does not. The band
 * comes from the errors of the same method on the days it has seen. Null before five days are known.
 */
export function forecastEnd(spend: SpendSoFar, limit: number): Forecast | null {
  const { days, weekday, today, todayShare, before, daysLeft } = spend
  if (days.length < fewestDays) return null
  const season = weekdayFactors(days, weekday)
  const factorOf = (daysFromToday: number) => season[mod(weekday + daysFromToday, 7)] ?? 1
  const flat = days.map((day, index) => day / factorOf(index - days.length))
  const { level, error } = mixture(flat)
  // A day that is well under way is worth nearly a whole one.
  const pace = todayShare > 0 ? today / todayShare / factorOf(0) : level
  const weight = 0.5 * todayShare
  const now = level * (1 - weight) + pace * weight
  const rest = [(1 - todayShare) * factorOf(0), ...Array.from({ length: daysLeft }, (_, day) => factorOf(day + 1))]
  const sum = rest.reduce((total, factor) => total + factor, 0)
  const squares = rest.reduce((total, factor) => total + factor * factor, 0)
  const spread = error * Math.sqrt(squares + (levelShare * sum) ** 2)
  const spent = before + today
  const end = spent + now * sum
  return {
    end,
    low: Math.max(spent, end - bandWidth * spread),
    high: end + bandWidth * spread,
    breachInDays: breachDay(spent, now, rest, limit),
    probability: spent >= limit ? 1 : spread > 0 ? normalBelow((end - limit) / spread) : Number(end >= limit),
  }
}

/** What each weekday costs over the mean of its week, pulled towards 1 while few weeks are known. Index is the weekday. */
function weekdayFactors(days: readonly number[], weekday: number): number[] {
  const ratios: number[][] = Array.from({ length: 7 }, () => [])
  for (let end = days.length; end >= 7 && end > days.length - 56; end -= 7) {
    const week = days.slice(end - 7, end)
    const mean = week.reduce((sum, day) => sum + day, 0) / 7
    if (mean <= 0) continue
    week.forEach((day, index) => ratios[mod(weekday + end - 7 + index - days.length, 7)]?.push(Math.max(0, day) / mean))
  }
  const factors = ratios.map((seen) => (seen.reduce((sum, ratio) => sum + ratio, 0) + doubt) / (seen.length + doubt))
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / 7
  return factors.map((factor) => Math.max(0.05, factor / mean))
}

/** The averages in the proportion of how well they foretold each next day, and the error of that mixture. */
function mixture(flat: readonly number[]): { level: number; error: number } {
  const levels = halfLives.map(() => flat[0] ?? 0)
  const squares = halfLives.map(() => 0)
  let mixedSquare = 0
  let seen = 0
  const mix = () => {
    const weights = squares.map((square) => 1 / (square ** trust + 1e-12))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return levels.reduce((sum, level, index) => sum + (level * (weights[index] ?? 0)) / total, 0)
  }
  flat.slice(1).forEach((day) => {
    seen++
    const share = 1 / Math.min(seen, memoryDays)
    mixedSquare += ((day - mix()) ** 2 - mixedSquare) * share
    halfLives.forEach((halfLife, index) => {
      const level = levels[index] ?? 0
      squares[index] = (squares[index] ?? 0) + ((day - level) ** 2 - (squares[index] ?? 0)) * share
      // The first days count fully: an average of two is the mean of two.
      const gain = Math.max(1 - 0.5 ** (1 / halfLife), 1 / (seen + 1))
      levels[index] = level + (day - level) * gain
    })
  })
  return { level: mix(), error: Math.sqrt(mixedSquare) }
}

function breachDay(spent: number, level: number, rest: readonly number[], limit: number): number | null {
  let total = spent
  for (const [day, factor] of rest.entries()) {
    total += level * factor
    if (total >= limit) return day
  }
  return null
}

/** The share of a bell curve below z (Abramowitz and Stegun 26.2.17; error below 1e-7). */
export function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) *
    t *
    Math.exp((-z * z) / 2) *
    0.3989422804
  return z >= 0 ? 1 - tail : tail
}

function mod(number: number, by: number): number {
  return ((number % by) + by) % by
}
