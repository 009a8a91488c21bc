import { z } from 'zod'
import { amountNanos, decimalText, label } from '../../http/json-schema.ts'

/**
 * The usage report of the billing platform, as far as we use it: docs.github.com/en/rest/billing/usage, checked
 * 2026-11-25. Amounts are US dollars. The net amount is what is left of the gross one after the free quota.
 */
export const usageReport = z.object({
  usageItems: z.array(
    z.object({
      date: z.string().regex(/^\d{4}-\d{2}-\d{2}/, { error: 'not a day' }),
      product: label,
      sku: label,
      // For explanation only: one that cannot be read must not cost us the money beside it.
      quantity: decimalText.nullish().catch(null),
      netAmount: amountNanos,
      repositoryName: label,
    }),
  ),
})
