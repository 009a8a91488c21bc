import type { Collector } from '../../../electron/focus/collect.ts'
import { nanosToDecimal } from '../../../shared/money.ts'
import { utcDay } from '../../../shared/time.ts'

type Charge = Record<string, string | undefined>

/** A charge for an hour of a day of November 2026. A column that is undefined is not in the file. */
export function charge(day: number, hour: number, cost: string, change: Charge = {}): Charge {
  const at = (hours: number) => new Date(Date.UTC(2026, 10, day, hours)).toISOString().replace('.000', '')
  return {
    BilledCost: cost,
    BillingAccountId: 'acct-1',
    BillingCurrency: 'USD',
    BillingPeriodStart: '2026-11-01T00:00:00Z',
    BillingPeriodEnd: '2026-12-01T00:00:00Z',
    ChargeCategory: 'Usage',
    ChargeClass: '',
    ChargeDescription: 'Tokens',
    ChargePeriodStart: at(hour),
    ChargePeriodEnd: at(hour + 1),
    InvoiceIssuerName: 'ACME',
    ServiceName: 'Models',
    SkuMeter: 'meter',
    ...change,
  }
}

/** Charges as CSV, with every column that any of them has; without one, a header alone. */
export function focusFile(...charges: Charge[]): string {
  const named = charges.length > 0 ? charges : [charge(1, 0, '0')]
  const columns = [...new Set(named.flatMap((one) => Object.keys(one).filter((name) => one[name] !== undefined)))]
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const rows = [columns, ...charges.map((one) => columns.map((name) => one[name] ?? ''))]
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

/** Everything that was collected, as text: bill, day, amount, model and line item. */
export function linesOf(collector: Collector): string[] {
  return collector
    .bills()
    .flatMap((bill, at) =>
      bill.days.flatMap((day) =>
        collector
          .bucket(at, day)
          .lines.map(
            (line) =>
              `${bill.billingAccount} ${utcDay(day)} ${nanosToDecimal(line.costNanos)} ${line.currency} ${line.model ?? '-'} | ${line.lineItem}`,
          ),
      ),
    )
}
