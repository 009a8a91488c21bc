/**
 * Quantiles of all numbers seen so far, sharpest at both ends, in a few hundred numbers: a merging t-digest (Dunning and
 * Ertl, 2019). Exact while few were seen.
 */
export interface Digest {
  count: number
  means: number[]
  weights: number[]
  /** Not merged yet. */
  fresh: number[]
}

const compression = 60
const batch = 24

export function createDigest(): Digest {
  return { count: 0, means: [], weights: [], fresh: [] }
}

/** Answers whether the quantiles changed: they do so once per batch. */
export function addToDigest(digest: Digest, value: number): boolean {
  digest.fresh.push(value)
  if (digest.fresh.length < batch) return false
  merge(digest)
  return true
}

function merge(digest: Digest): void {
  const fresh = digest.fresh.sort((a, b) => a - b)
  const { means, weights } = digest
  const count = digest.count + fresh.length
  const merged: Pick<Digest, 'means' | 'weights'> = { means: [], weights: [] }
  let [mean, weight, before] = [0, 0, 0]
  for (let old = 0, next = 0; old < means.length || next < fresh.length;) {
    const takesOld = next >= fresh.length || (means[old] ?? Infinity) <= (fresh[next] ?? Infinity)
    const value = (takesOld ? means[old] : fresh[next]) ?? 0
    const own = takesOld ? (weights[old] ?? 0) : 1
    if (takesOld) old++
    else next++
    const share = (before + (weight + own) / 2) / count
    if (weight > 0 && weight + own > Math.max(1, (4 * count * share * (1 - share)) / compression)) {
      merged.means.push(mean)
      merged.weights.push(weight)
      before += weight
      mean = value
      weight = own
    } else {
      weight += own
      mean += ((value - mean) * own) / weight
    }
  }
  digest.means = [...merged.means, mean]
  digest.weights = [...merged.weights, weight]
  digest.count = count
  digest.fresh = []
}

/** Of what has been merged; 0 before that. */
export function digestQuantile({ means, weights, count }: Digest, share: number): number {
  const target = share * count
  let before = 0
  for (const [at, mean] of means.entries()) {
    const half = (weights[at] ?? 0) / 2
    if (before + half >= target) {
      if (at === 0) return mean
      const back = half + (weights[at - 1] ?? 0) / 2
      return mean - ((mean - (means[at - 1] ?? mean)) * (before + half - target)) / back
    }
    before += 2 * half
  }
  return means.at(-1) ?? 0
}
