import { hourMs } from '../../../shared/time.ts'
import type { SpendWatch } from './spend-watch.ts'

/** The form of a rise, slot by slot, for words. */
export interface Profile {
  /** Spread of the slots around their mean, as a share of it; null while there are too few. */
  spread: number | null
  /** How long that was looked at. */
  steadyMs: number
  /** Amounts that come again and again, with nothing unusual in between; null where there are none. */
  lumps: { count: number; amount: number } | null
}

export const noProfile: Profile = { spread: null, steadyMs: 0, lumps: null }

const leastSteadyMs = hourMs
/** The first slot is cut by the beginning, the newest are still arriving. */
const skippedNewest = 2
const leastLumps = 3
const sameWithin = 0.03
const lumpFactor = 3
const leastLump = 0.5

export function profileOf({ fine }: SpendWatch, sinceMs: number): Profile {
  const size = fine.values.length
  const first = Math.max(Math.ceil(sinceMs / fine.widthMs), fine.newest - size + 1)
  const slots: { value: number; expected: number }[] = []
  for (let number = first; number <= fine.newest; number++)
    slots.push({ value: fine.values[number % size] ?? 0, expected: fine.expected[number % size] ?? 0 })
  return { ...steadinessOf(slots.slice(0, -skippedNewest), fine.widthMs), lumps: lumpsOf(slots) }
}

function steadinessOf(slots: readonly { value: number }[], widthMs: number): Pick<Profile, 'spread' | 'steadyMs'> {
  const steadyMs = slots.length * widthMs
  const mean = slots.reduce((sum, { value }) => sum + value, 0) / Math.max(1, slots.length)
  if (steadyMs < leastSteadyMs || mean <= 0) return { spread: null, steadyMs: 0 }
  const square = slots.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / slots.length
  return { spread: Math.sqrt(square) / mean, steadyMs }
}

/** Equal amounts, each alone among ordinary slots. */
function lumpsOf(slots: readonly { value: number; expected: number }[]): Profile['lumps'] {
  const isLump = ({ value, expected }: { value: number; expected: number }) =>
    value - expected >= leastLump && value >= lumpFactor * expected
  const lumps = slots.filter((slot, at) => isLump(slot) && !(slots[at - 1] && isLump(slots[at - 1] ?? slot)))
  const excesses = lumps.map(({ value, expected }) => value - expected)
  const amount = excesses.reduce((sum, one) => sum + one, 0) / Math.max(1, excesses.length)
  const alike = excesses.every((one) => Math.abs(one - amount) <= sameWithin * amount)
  const alone = slots.filter(isLump).length === lumps.length
  return lumps.length >= leastLumps && alike && alone ? { count: lumps.length, amount } : null
}
