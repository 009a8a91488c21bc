import type { Band } from './bands.ts'
import { nanosToDecimal, parseSum } from '../../shared/money.ts'
import type { History } from '../../shared/spend.ts'

/** From each step by itself to all up to it. An unknown step stays a gap; the sum goes on behind it. */
export function runningSums(amounts: readonly (string | null)[]): (string | null)[] {
  let sum = 0n
  return amounts.map((amount) => {
    const nanos = amount === null ? null : parseSum(amount)
    if (nanos === null) return null
    sum += nanos
    return nanosToDecimal(sum)
  })
}

export function cumulateBands(bands: readonly Band[]): Band[] {
  return bands.map((band) => ({ ...band, amounts: runningSums(band.amounts) }))
}

/** What a sum rests on: once an estimate is part of it, it is not all billed. */
export function cumulatePlanes(planes: History['planes']): History['planes'] {
  let soFar: History['planes'][number] = null
  return planes.map((plane) => {
    if (plane === null) return null
    soFar = soFar === null || soFar === plane ? plane : 'mixed'
    return soFar
  })
}
