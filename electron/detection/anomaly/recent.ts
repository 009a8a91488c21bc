/** The newest values of a series by row, for means and deviations over any of the last rows. */
export interface Recent {
  rows: number
  first: number
  /** Rings of running totals of value - first, and of its square. */
  totals: number[]
  squares: number[]
}

const size = 256

export function createRecent(): Recent {
  const zeros = () => Array.from({ length: size }, () => 0)
  return { rows: 0, first: 0, totals: zeros(), squares: zeros() }
}

export function addRecent(recent: Recent, value: number): void {
  if (recent.rows === 0) recent.first = value
  const before = recent.rows % size
  recent.rows++
  const deviation = value - recent.first
  recent.totals[recent.rows % size] = (recent.totals[before] ?? 0) + deviation
  recent.squares[recent.rows % size] = (recent.squares[before] ?? 0) + deviation * deviation
}

/** Mean of `count` rows that end `back` rows ago; of as many as there are, at least one. */
export function meanOf(recent: Recent, count: number, back = 0): number {
  const [from, to] = span(recent, count, back)
  return recent.first + difference(recent.totals, from, to) / (to - from)
}

export function deviationOf(recent: Recent, count: number): number {
  const [from, to] = span(recent, count, 0)
  const mean = difference(recent.totals, from, to) / (to - from)
  return Math.sqrt(Math.max(0, difference(recent.squares, from, to) / (to - from) - mean * mean))
}

function span({ rows }: Recent, count: number, back: number): [number, number] {
  const to = Math.max(1, rows - back)
  return [Math.max(0, to - count), to]
}

function difference(totals: readonly number[], from: number, to: number): number {
  return (totals[to % size] ?? 0) - (totals[from % size] ?? 0)
}
