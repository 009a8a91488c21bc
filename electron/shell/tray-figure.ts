/**
 * Digits of four by seven points, drawn for 16 pixels: three of them are what a tray has room for. Each row is a number of
 * which the bits are the points; a full stop is one point wide.
 */
const glyphs: Record<string, readonly number[]> = {
  '0': [6, 9, 9, 9, 9, 9, 6],
  '1': [2, 6, 2, 2, 2, 2, 7],
  '2': [6, 9, 1, 2, 4, 8, 15],
  '3': [6, 9, 1, 6, 1, 9, 6],
  '4': [1, 3, 5, 9, 15, 1, 1],
  '5': [15, 8, 14, 1, 1, 9, 6],
  '6': [6, 8, 8, 14, 9, 9, 6],
  '7': [15, 1, 1, 2, 2, 4, 4],
  '8': [6, 9, 9, 6, 9, 9, 6],
  '9': [6, 9, 9, 7, 1, 1, 6],
  k: [8, 8, 9, 10, 12, 10, 9],
  M: [9, 15, 15, 9, 9, 9, 9],
  '%': [9, 1, 2, 2, 4, 8, 9],
  '.': [0, 0, 0, 0, 0, 0, 1],
}
const rows = 7
/** One digit is drawn no larger than two. */
const leastColumns = 9
const widthOf = (glyph: string) => (glyph === '.' ? 1 : 4)

/** What three glyphs can say of an amount: 0.4, 4.1, 41, 412, 4k, 41k, .4M, 4M. */
export function figureOf(amount: number): string {
  if (amount <= 0) return '0'
  if (amount < 9.95) return amount.toFixed(1)
  if (amount < 999.5) return amount.toFixed(0)
  if (amount < 99_500) return `${(amount / 1_000).toFixed(0)}k`
  if (amount < 950_000) return `${(amount / 1_000_000).toFixed(1).slice(1)}M`
  return `${Math.min(amount / 1_000_000, 99).toFixed(0)}M`
}

/**
 * Where the points of a figure are, in an icon whose middle is 0 and whose edges are 1 away. As large as whole pixels
 * allow, because half of one is a blur.
 */
export function figureShape(figure: string, size: number): (x: number, y: number) => boolean {
  const columns = [...figure].flatMap((glyph, index) => [...(index > 0 ? [[]] : []), ...columnsOf(glyph)])
  const point = Math.max(1, Math.floor((size - 2) / Math.max(columns.length, leastColumns)))
  const left = Math.floor((size - columns.length * point) / 2)
  const top = Math.floor((size - rows * point) / 2)
  return (x, y) => {
    const column = Math.floor((((x + 1) / 2) * size - left) / point)
    const row = Math.floor((((y + 1) / 2) * size - top) / point)
    return columns[column]?.[row] ?? false
  }
}

function columnsOf(glyph: string): boolean[][] {
  const bits = Array.from({ length: widthOf(glyph) }, (_, index) => widthOf(glyph) - 1 - index)
  return bits.map((bit) => (glyphs[glyph] ?? []).map((row) => ((row >> bit) & 1) === 1))
}
