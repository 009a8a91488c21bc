/**
 * The last buckets of a series with what was expected of each, and their running sums over some windows. Sums are by
 * the time spent, not by the time reported: a bucket that is revised later changes the windows it lies in, so data
 * still arriving looks low, never high, and a back-filled lump is weighed against the silence it fills.
 */
export interface Trail {
  widthMs: number
  /** Number of the newest bucket since 1970; -1 before the first. */
  newest: number
  /** Rings, indexed by number modulo length. */
  values: number[]
  expected: number[]
  windows: TrailWindow[]
}

export interface TrailWindow {
  /** Buckets. */
  length: number
  sum: number
  expected: number
}

export function createTrail(widthMs: number, size: number, lengths: readonly number[]): Trail {
  return {
    widthMs,
    newest: -1,
    values: Array.from({ length: size }, () => 0),
    expected: Array.from({ length: size }, () => 0),
    windows: lengths.map((length) => ({ length, sum: 0, expected: 0 })),
  }
}

/** Adds to a bucket what was newly spent in it, and newly expected of it. Older than the ring reaches is dropped. */
export function addToTrail(trail: Trail, number: number, value: number, expected: number): void {
  if (trail.newest < 0) trail.newest = number - 1
  if (number > trail.newest) advance(trail, number)
  const age = trail.newest - number
  if (age >= trail.values.length) return
  const at = number % trail.values.length
  trail.values[at] = (trail.values[at] ?? 0) + value
  trail.expected[at] = (trail.expected[at] ?? 0) + expected
  for (const window of trail.windows) {
    if (age >= window.length) continue
    window.sum += value
    window.expected += expected
  }
}

/** Buckets in between were never reported: nothing spent and nothing expected, which is neutral. */
function advance(trail: Trail, to: number): void {
  const size = trail.values.length
  const from = Math.max(trail.newest + 1, to - size + 1)
  for (let number = from; number <= to; number++) {
    for (const window of trail.windows) {
      const leaving = (number - window.length + size) % size
      window.sum -= trail.values[leaving] ?? 0
      window.expected -= trail.expected[leaving] ?? 0
    }
    trail.values[number % size] = 0
    trail.expected[number % size] = 0
  }
  trail.newest = to
  // Once a round the sums are made afresh, so that rounding never adds up.
  if (Math.floor(to / size) !== Math.floor((from - 1) / size)) resum(trail)
}

/** Changes every bucket that is not older than `oldest`, and makes the sums afresh. */
export function rewriteTrail(
  trail: Trail,
  oldest: number,
  rewrite: (value: number, expected: number) => readonly [value: number, expected: number],
): void {
  const size = trail.values.length
  for (let number = Math.max(oldest, trail.newest - size + 1); number <= trail.newest; number++) {
    const at = number % size
    const [value, expected] = rewrite(trail.values[at] ?? 0, trail.expected[at] ?? 0)
    trail.values[at] = value
    trail.expected[at] = expected
  }
  resum(trail)
}

function resum(trail: Trail): void {
  const size = trail.values.length
  for (const window of trail.windows) {
    window.sum = 0
    window.expected = 0
    for (let age = 0; age < Math.min(window.length, size); age++) {
      const at = (trail.newest - age + size) % size
      window.sum += trail.values[at] ?? 0
      window.expected += trail.expected[at] ?? 0
    }
  }
}
