/** Of numbers in ascending order, between neighbours in proportion; 0 of none. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const low = sorted[Math.floor(place)] ?? 0
  const high = sorted[Math.ceil(place)] ?? low
  return low + (place - Math.floor(place)) * (high - low)
}
