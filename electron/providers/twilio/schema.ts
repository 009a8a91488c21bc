import { z } from 'zod'
import { amountNanos, currencyCode, label } from '../../http/json-schema.ts'

/** Usage records as far as we use them: twilio.com/docs/usage/api/usage-record, checked 2026-11-25. */
export const recordsPage = z.object({
  usage_records: z.array(
    z.object({
      category: z.string(),
      /** GMT, and the same as the end: only questions by day are asked. */
      start_date: z.iso.date(),
      as_of: label,
      // Declared a number, sent as text; null where the amount is not known (yet).
      price: amountNanos.nullable(),
      price_unit: currencyCode,
    }),
  ),
  next_page_uri: label,
})
export type UsageRecord = z.output<typeof recordsPage>['usage_records'][number]

export const accountsPage = z.object({
  accounts: z.array(z.object({ sid: z.string(), friendly_name: label, owner_account_sid: label })),
  next_page_uri: label,
})

export const triggersPage = z.object({
  usage_triggers: z.array(
    z.object({
      usage_category: z.string(),
      trigger_by: z.string(),
      trigger_value: amountNanos,
      /** `daily`, `monthly`, `yearly`; empty for one that counts for ever. */
      recurring: label,
      friendly_name: label,
    }),
  ),
  next_page_uri: label,
})

export const balanceAnswer = z.object({ balance: amountNanos, currency: currencyCode })

export const errorBody = z.object({ code: z.coerce.number() })
