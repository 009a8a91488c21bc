import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import { dayMs, floorTo } from '../../shared/time.ts'
import { createBreather } from '../breather.ts'
import { amountNanos, currencyCode, decimalText, label } from '../http/json-schema.ts'
import type { DayLine } from './day-lines.ts'
import { unreadable } from './pages.ts'

/** A label that providers also send empty where they have nothing to say. */
const name = label.transform((text) => text || null)

/**
 * A charge as FOCUS describes it (focus.finops.org, version 1.3), as far as we use it. Unknown columns and categories are
 * accepted; a charge whose cost, currency or day cannot be read is not.
 */
export const focusRow = z.object({
  BilledCost: amountNanos,
  BillingCurrency: currencyCode,
  ChargePeriodStart: z.iso.datetime({ offset: true }).or(z.iso.date()),
  ChargeCategory: name,
  ServiceName: name,
  ChargeDescription: name,
  SkuId: name,
  SubAccountName: name,
  // For explanation only: one that cannot be read must not cost us the money beside it.
  ConsumedQuantity: decimalText.nullish().catch(null),
})
export type FocusRow = z.output<typeof focusRow>

/**
 * What is no usage (a credit, a tax, a purchase) says so in `tier`. The day is the UTC day on which the charge begins: for
 * days of another zone that begin at 07:00 or 08:00 UTC, the day of the same date.
 */
export function focusCharge(row: FocusRow, project: string | null): DayLine {
  return {
    dayMs: floorTo(Date.parse(row.ChargePeriodStart), dayMs),
    line: {
      model: null,
      project,
      apiKey: null,
      lineItem: row.ServiceName ?? row.SkuId ?? row.ChargeDescription,
      tier: row.ChargeCategory === 'Usage' ? null : row.ChargeCategory,
      currency: row.BillingCurrency,
      costNanos: row.BilledCost,
      quantity: row.ConsumedQuantity ? Number(row.ConsumedQuantity) : null,
      pricing: 'billed',
    },
  }
}

/** A month may be some ten thousand rows, so each is read by itself and others go first in between. */
export async function readRows<Row>(path: string, row: z.ZodType<Row>, answer: unknown): Promise<Result<Row[]>> {
  const list = z.array(z.unknown()).safeParse(answer)
  if (!list.success) return err(unreadable(path, list.error))
  const breathe = createBreather()
  const rows: Row[] = []
  for (const one of list.data) {
    const parsed = row.safeParse(one)
    if (!parsed.success) return err(unreadable(path, parsed.error))
    rows.push(parsed.data)
    await breathe()
  }
  return ok(rows)
}
