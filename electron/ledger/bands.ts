import type { History } from '../../shared/spend.ts'
import type { SeriesSpend, Spending } from './spend.ts'

/** Spend of one group and currency in one step. */
export interface GroupSum {
  key: string
  label: string
  currency: string
  nanos: bigint
}

/** One step of a chart. */
export interface StepBands {
  /** Which plane it shows; null where nothing is known of it. */
  plane: History['planes'][number]
  /** Of each currency that something was spent in. */
  planes: ReadonlyMap<string, History['planes'][number]>
  sums: GroupSum[]
}

export const unknownStep: StepBands = { plane: null, planes: new Map(), sums: [] }

/** Adds up what counts by group. */
export function stepBands({ parts, read }: Spending, groupOf: (part: SeriesSpend) => Group): StepBands {
  const sums = new Map<string, GroupSum>()
  for (const part of parts) {
    if (part.effectiveNanos === 0n) continue
    const { currency } = part.series
    const { key, label } = groupOf(part)
    const id = `${key}\n${currency}`
    const sum = sums.get(id)
    if (sum) sum.nanos += part.effectiveNanos
    else sums.set(id, { key, label, currency, nanos: part.effectiveNanos })
  }
  const known = read.size > 0
  const counted = parts.filter(({ effectiveNanos }) => effectiveNanos !== 0n)
  const planes = new Map(
    [...Map.groupBy(counted, ({ series }) => series.currency)].map(([currency, of]) => [currency, planeOf(of, known)]),
  )
  return { plane: planeOf(counted, known), planes, sums: [...sums.values()] }
}

interface Group {
  key: string
  label: string
}

interface Band extends Omit<GroupSum, 'nanos'> {
  /** What counts, by the number of the step. */
  amounts: Map<number, bigint>
}

/** The steps of a chart as bands over all of them. */
export function bandsOf(steps: readonly StepBands[]): Band[] {
  const bands = new Map<string, Band>()
  for (const [step, { sums }] of steps.entries()) {
    for (const { key, label, currency, nanos } of sums) {
      const id = `${key}\n${currency}`
      const band = bands.get(id) ?? { key, label, currency, amounts: new Map<number, bigint>() }
      bands.set(id, band)
      band.amounts.set(step, nanos)
    }
  }
  return [...bands.values()]
}

/** Of what counts. */
function planeOf(spent: readonly SeriesSpend[], known: boolean): History['planes'][number] {
  if (!known) return null
  const planes = new Set<SeriesSpend['plane']>()
  for (const part of spent) planes.add(part.plane)
  return planes.size > 1 ? 'mixed' : ([...planes][0] ?? 'billed')
}
