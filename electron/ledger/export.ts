import { nanosToDecimal } from '../../shared/money.ts'
import { ceilTo, dayMs, floorTo, utcDay } from '../../shared/time.ts'
import { createBreather } from './breather.ts'
import { csvCell } from './csv-cell.ts'
import type { SpendViews, ZonedRange } from './spend-views.ts'

interface ExportRow {
  day: string
  provider: string
  account: string
  workspace: string
  plane: 'billed' | 'estimate'
  project: string
  model: string
  key: string
  lineItem: string
  tier: string
  pricing: string
  amount: string
  /** The part of the amount that counts: 0 where the other plane stands for the day. Billed and estimate never add up. */
  effective: string
  currency: string
}

const columns = [
  'day',
  'provider',
  'account',
  'workspace',
  'plane',
  'project',
  'model',
  'key',
  'lineItem',
  'tier',
  'pricing',
  'amount',
  'effective',
  'currency',
] as const satisfies readonly (keyof ExportRow)[]

/** Everything known about a range of UTC days, one row a series and day. */
export async function exportText(
  views: SpendViews,
  range: ZonedRange,
  format: 'csv' | 'json',
): Promise<{ text: string; rows: number }> {
  const rows: ExportRow[] = []
  const breathe = createBreather()
  for (let fromMs = floorTo(range.fromMs, dayMs); fromMs < ceilTo(range.toMs, dayMs); fromMs += dayMs) {
    for (const part of views.between({ fromMs, toMs: fromMs + dayMs }).parts) {
      const { owner, labels } = views.owners.own(part)
      rows.push({
        day: utcDay(fromMs),
        provider: owner.provider,
        account: labels.account,
        workspace: owner.workspace ?? '',
        plane: part.plane,
        project: labels.project ?? '',
        model: owner.model ?? '',
        key: labels.key ?? '',
        lineItem: part.series.lineItem ?? '',
        tier: part.series.tier ?? '',
        pricing: part.series.pricing,
        amount: nanosToDecimal(part.nanos),
        effective: nanosToDecimal(part.effectiveNanos),
        currency: part.series.currency,
      })
    }
    await breathe()
  }
  if (format === 'json') return { text: `${JSON.stringify(rows, null, 2)}\n`, rows: rows.length }
  const lines = [columns.join(','), ...rows.map((row) => columns.map((column) => csvCell(row[column])).join(','))]
  return { text: `${lines.join('\r\n')}\r\n`, rows: rows.length }
}
