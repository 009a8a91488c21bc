import { z } from 'zod'
import { amountNanos, label } from '../../http/json-schema.ts'

/**
 * Estimated cost, as far as we use it: docs.datadoghq.com/api/latest/usage-metering, checked 2026-11-25. Amounts are US
 * dollars, from the first of the month up to the date.
 */
export const estimatedCost = z.object({
  data: z.array(
    z.object({
      attributes: z.object({
        date: z.string().regex(/^\d{4}-\d{2}-\d{2}/, { error: 'not a day' }),
        org_name: label,
        public_id: label,
        total_cost: amountNanos.nullish(),
        charges: z
          .array(z.object({ product_name: label, charge_type: label, cost: amountNanos.nullish() }))
          .nullish()
          .transform((charges) => charges ?? null),
      }),
    }),
  ),
})
export type MonthToDate = z.output<typeof estimatedCost>['data'][number]['attributes']
