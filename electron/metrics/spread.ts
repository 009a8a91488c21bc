import { durationBounds, type Spread } from '../../shared/guard-metrics.ts'

/** How durations are spread. Quantiles are by nearest rank: each is one that was really seen. */
export function spreadOf(durationsMs: readonly number[]): Spread {
  const sorted = durationsMs.map((ms) => ms / 1_000).sort((a, b) => a - b)
  const quantile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
  return {
    count: sorted.length,
    sumSeconds: durationsMs.reduce((sum, ms) => sum + ms, 0) / 1_000,
    p50: quantile(0.5),
    p90: quantile(0.9),
    p95: quantile(0.95),
    within: durationBounds.map((bound) => {
      const beyond = sorted.findIndex((seconds) => seconds > bound)
      return beyond < 0 ? sorted.length : beyond
    }),
  }
}
