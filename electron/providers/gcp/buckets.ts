import type { CostBucket, CostLine, Width } from '../adapter.ts'

/** Lines by the bucket of time they belong to, oldest first. A bucket in which nothing was counted is left out. */
export function byStart(parts: readonly { startMs: number; lines: readonly CostLine[] }[], width: Width): CostBucket[] {
  const buckets = new Map<number, CostBucket>()
  for (const { startMs, lines } of parts) {
    const bucket = buckets.get(startMs) ?? { startMs, width, lines: [] }
    bucket.lines.push(...lines)
    buckets.set(startMs, bucket)
  }
  return [...buckets.values()].sort((a, b) => a.startMs - b.startMs)
}
