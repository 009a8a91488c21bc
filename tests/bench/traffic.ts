import type { CostBucket, CostLine, Width } from '../../electron/providers/adapter.ts'
import { widths } from '../../electron/providers/adapter.ts'

const models = ['gpt-5.5', 'gpt-5-mini-2025-08-07', 'gpt-5-nano', 'o4-mini', 'text-embedding-3-large']

/** The dimensions of invented traffic: every line of a bucket is a series of its own. */
export function linesOf(count: number, billed = false): Omit<CostLine, 'costNanos' | 'quantity'>[] {
  return Array.from({ length: count }, (_, index) => ({
    model: models[index % models.length] ?? null,
    project: `proj_${Math.floor(index / 10)}`,
    apiKey: `key_${Math.floor(index / 5)}`,
    lineItem: index % 2 === 0 ? 'input' : 'output',
    tier: null,
    currency: 'USD',
    pricing: billed ? ('billed' as const) : ('listed' as const),
  }))
}

/** Buckets side by side from `fromMs` on, each with a line of every series. The amounts differ, and never by chance. */
export function bucketsOf(
  series: ReturnType<typeof linesOf>,
  range: { fromMs: number; toMs: number; width: Width },
): CostBucket[] {
  const stepMs = widths[range.width]
  const buckets: CostBucket[] = []
  for (let startMs = range.fromMs; startMs < range.toMs; startMs += stepMs) {
    const minute = startMs / 60_000
    buckets.push({
      startMs,
      width: range.width,
      lines: series.map((line, index) => {
        const tokens = ((minute * 31 + index * 17) % 9_973) + 1
        return { ...line, costNanos: BigInt(tokens * 1_250), quantity: tokens }
      }),
    })
  }
  return buckets
}
