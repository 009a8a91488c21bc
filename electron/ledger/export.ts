import { nanosToDecimal } from '../../shared/money.ts'
import { ceilTo, dayMs, floorTo, utcDay } from '../../shared/time.ts'
import { createBreather } from '../breather.ts'
import { csvCell } from '../../shared/csv-cell.ts'
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
  const lines: string[] = []
  const write = (row: ExportRow) =>
    format === 'json' ? JSON.stringify(row) : columns.map((column) => csvCell(row[column])).join(',')
  const breathe = createBreather()
  for (let fromMs = floorTo(range.fromMs, dayMs); fromMs < ceilTo(range.toMs, dayMs); fromMs += dayMs) {
    for (const part of views.between({ fromMs, toMs: fromMs + dayMs }).parts) {
      const { owner, labels } = views.owners.own(part)
      const row: ExportRow = {
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
      }
      lines.push(write(row))
      await breathe()
    }
  }
  const text = format === 'json' ? `[\n${lines.join(',\n')}\n]\n` : `${[columns.join(','), ...lines].join('\r\n')}\r\n`
  return { text, rows: lines.length }
}
