import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { parseDecimal } from '../../../shared/decimal.ts'
import { shareOf } from '../../../shared/money.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { dayMs, isRecent, utcDay } from '../../../shared/time.ts'
import { currencyCode, decimalText } from '../../http/json-schema.ts'
import type { CostBucket, ReadContext } from '../adapter.ts'
import { ask } from './bill.ts'
import type { Question } from './bigquery.ts'
import type { Settings } from './options.ts'

/** What the account is billed in, and how much of it a US dollar is there. */
const rate = z.object({ currency: currencyCode, per_usd: decimalText })
type Rate = z.output<typeof rate>

const kept = z.object({ atMs: z.number(), table: z.string(), rate })
const dollars: Rate = { currency: 'USD', per_usd: '1' }

/**
 * Prices of models are in US dollars and a bill may be in another currency. Estimates are put into the bill's, at the
 * rate that the export itself names: otherwise the same money would stand in the account twice, in two currencies that
 * nobody adds or compares. The rate changes once a month; it is asked for once a day.
 */
export async function inBilledCurrency(
  context: ReadContext,
  settings: Settings,
  buckets: CostBucket[],
): Promise<Result<CostBucket[]>> {
  if (buckets.length === 0) return ok(buckets)
  const found = await rateOf(context, settings)
  if (!found.ok) return found
  const { currency, per_usd: perUsd } = found.value
  if (currency === 'USD') return ok(buckets)
  const { digits, scale } = parseDecimal(perUsd) ?? { digits: 1n, scale: 0 }
  return ok(
    buckets.map((bucket) => ({
      ...bucket,
      lines: bucket.lines.map((line) => ({
        ...line,
        currency,
        costNanos: shareOf(line.costNanos, digits, 10n ** BigInt(scale)),
      })),
    })),
  )
}

async function rateOf(context: ReadContext, settings: Settings): Promise<Result<Rate>> {
  const file = context.dir === null ? null : path.join(context.dir, 'currency.json')
  const remembered = file === null ? null : await recall(file)
  if (remembered?.table === settings.table && isRecent(remembered.atMs, context.now(), dayMs))
    return ok(remembered.rate)
  const rows = await ask(context.http, settings, rateQuestion(settings, context.now()), rate)
  if (!rows.ok) return rows
  const [newest] = rows.value
  // An export that has nothing yet has no bill either to be apart from; one that has stopped keeps its currency.
  if (!newest) return ok(remembered?.table === settings.table ? remembered.rate : dollars)
  if (file !== null) await keep(file, { atMs: context.now(), table: settings.table, rate: newest })
  return ok(newest)
}

function rateQuestion({ table }: Settings, nowMs: number): Question {
  return {
    sql: `SELECT currency, CAST(CAST(MAX_BY(currency_conversion_rate, export_time) AS NUMERIC) AS STRING) AS per_usd
FROM \`${table}\`
WHERE _PARTITIONTIME >= TIMESTAMP('${utcDay(nowMs - 3 * dayMs)}')
GROUP BY currency
ORDER BY MAX(export_time) DESC
LIMIT 1`,
    parameters: {},
  }
}

async function recall(file: string): Promise<z.output<typeof kept> | null> {
  try {
    return kept.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null // not there yet, or damaged: asking again is all it takes
  }
}

async function keep(file: string, what: z.input<typeof kept>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(what))
}
