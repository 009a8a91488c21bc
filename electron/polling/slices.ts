import type { FeedReading } from './read-account.ts'

type ReadWindow = FeedReading['windows'][number]

/** Lines stored in some 10 ms. */
const mostLines = 2_000

/**
 * Cuts a window into windows side by side with a few thousand lines each, so that a first back-fill is stored bit by
 * bit. Together they are the same window: each reaches to the first bucket of the next.
 */
export function slicesOf({ window, buckets }: ReadWindow): ReadWindow[] {
  const cuts = [0]
  let lines = 0
  buckets.forEach((bucket, index) => {
    if (lines > 0 && lines + bucket.lines.length > mostLines) {
      cuts.push(index)
      lines = 0
    }
    lines += bucket.lines.length
  })
  return cuts.map((from, slice) => {
    const to = cuts[slice + 1]
    return {
      window: {
        ...window,
        fromMs: (slice > 0 && buckets[from]?.startMs) || window.fromMs,
        toMs: (to !== undefined && buckets[to]?.startMs) || window.toMs,
      },
      buckets: buckets.slice(from, to),
    }
  })
}
