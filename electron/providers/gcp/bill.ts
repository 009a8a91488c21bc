import { z } from 'zod'
import { ok, type Result } from '../../../shared/result.ts'
import { dayMs, floorTo, iso, utcDay } from '../../../shared/time.ts'
import { amountNanos, currencyCode, label } from '../../http/json-schema.ts'
import type { ProviderHttp } from '../../http/provider-http.ts'
import type { CostLine, ReadWindow, SpendReading } from '../adapter.ts'
import { daysOf } from '../day-lines.ts'
import { within } from '../pages.ts'
import { runQuery, type Question } from './bigquery.ts'
import { modelOf } from './models.ts'
import type { Settings } from './options.ts'

/**
 * The bill of the export, net of credits, by UTC day. Columns are named, because the table gets new ones;
 * credits are summed inside their row, because joining them would count the cost once a credit. Money is added up as
 * NUMERIC, whose nine decimals are our nanos: the columns are doubles.
 *
 * Only partitions since the day before are read, which is what bounds the bytes. It is never bounded from above: late
 * rows and corrections of old usage land in new partitions. The instant stands in the text itself so that partitions are
 * left out before anything is read. docs.cloud.google.com/billing/docs/how-to/export-data-bigquery-tables, 2026-11-25.
 */
export function billQuestion({ table }: Settings, window: Pick<ReadWindow, 'fromMs' | 'toMs'>): Question {
  const since = utcDay(window.fromMs - dayMs)
  return {
    sql: `SELECT FORMAT_TIMESTAMP('%FT%TZ', TIMESTAMP_TRUNC(usage_start_time, DAY)) AS day,
  service.description AS service, sku.description AS sku, project.id AS project, cost_type, currency,
  CAST(SUM(CAST(cost AS NUMERIC)
    + IFNULL((SELECT SUM(CAST(credit.amount AS NUMERIC)) FROM UNNEST(credits) AS credit), 0)) AS STRING) AS net,
  FORMAT_TIMESTAMP('%FT%TZ', MAX(export_time)) AS as_of
FROM \`${table}\`
WHERE (${partitionColumn} >= TIMESTAMP('${since}') OR ${partitionColumn} IS NULL)
  AND usage_start_time >= TIMESTAMP(@from) AND usage_start_time < TIMESTAMP(@to)
GROUP BY day, service, sku, project, cost_type, currency`,
    parameters: { from: iso(window.fromMs), to: iso(window.toMs) },
  }
}

const partitionColumn = '_PARTITIONTIME'

const billRow = z.object({
  // An hour of use would do as well: only its UTC day counts.
  day: z.iso.datetime().or(z.iso.date()),
  service: label,
  sku: label,
  project: label,
  cost_type: label,
  currency: currencyCode,
  net: amountNanos,
  as_of: z.iso.datetime(),
})
type BillRow = z.output<typeof billRow>

export async function readBill(
  http: ProviderHttp,
  settings: Settings,
  window: ReadWindow,
): Promise<Result<SpendReading>> {
  const rows = await ask(http, settings, billQuestion(settings, window), billRow)
  if (!rows.ok) return rows
  // Without a row nobody knows whether nothing was used or nothing is exported any more.
  const asOfMs = rows.value.reduce((latest, row) => Math.max(latest, Date.parse(row.as_of)), window.fromMs)
  const days = daysOf(rows.value.map((row) => ({ dayMs: floorTo(Date.parse(row.day), dayMs), line: lineOf(row) })))
  return ok({ buckets: within(days, { ...window, open: false }), asOfMs })
}

/**
 * A view over the export, or a copy of it, has no partition column of that name: there, the time of the export says the
 * same. Whether that saves bytes depends on how it is partitioned; the limit of bytes holds in any case.
 */
export async function ask<T>(
  http: ProviderHttp,
  settings: Settings,
  question: Question,
  shape: z.ZodType<T>,
): Promise<Result<T[]>> {
  const rows = await runQuery(http, settings, question, shape)
  return !rows.ok && lacksPartitions(rows.failure.message)
    ? runQuery(http, settings, byExportTime(question), shape)
    : rows
}

export function lacksPartitions(message: string): boolean {
  return message.includes(partitionColumn)
}

export function byExportTime({ sql, parameters }: Question): Question {
  return { sql: sql.replaceAll(partitionColumn, 'export_time'), parameters }
}

function lineOf({ service, sku, project, cost_type: type, currency, net }: BillRow): CostLine {
  return {
    model: modelOf(service, sku),
    project,
    apiKey: null,
    lineItem: [service, sku].filter((part) => part !== null).join(': ') || null,
    // Tax, adjustments and rounding are part of the invoice, and told apart from use.
    tier: type === 'regular' ? null : type,
    currency,
    costNanos: net,
    quantity: null,
    pricing: 'billed',
  }
}
