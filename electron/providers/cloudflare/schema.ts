import { z } from 'zod'
import { amountNanos, label } from '../../http/json-schema.ts'
import { focusRow } from '../focus-rows.ts'

/**
 * The billable usage API (version 1), as far as we use it: developers.cloudflare.com/api/resources/billing, checked
 * 2026-11-25. Every answer is wrapped.
 */
export const envelope = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ code: z.number().nullish() })).nullish(),
  result: z.unknown(),
})

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

export const usageInfo = z.object({
  covered: z.boolean(),
  subscriptions: z.array(
    z
      .object({
        billing_cycle_anchor_timestamp: instant,
        start_timestamp: instant,
        end_timestamp: instant.nullish(),
      })
      .transform((one) => ({
        anchorMs: one.billing_cycle_anchor_timestamp,
        startMs: one.start_timestamp,
        endMs: one.end_timestamp ?? null,
      })),
  ),
})

/** The two costs are the same by definition; older answers have the second one only. */
export const usageRow = focusRow
  .extend({
    BilledCost: amountNanos.nullish(),
    ContractedCost: amountNanos.nullish(),
    SubscriptionId: label,
    ZoneId: label,
    ZoneName: label,
  })
  .transform((row, context) => {
    const cost = row.BilledCost ?? row.ContractedCost ?? null
    if (cost === null) context.addIssue({ code: 'custom', path: ['BilledCost'], message: 'not an amount' })
    return { ...row, BilledCost: cost ?? z.NEVER }
  })
export type UsageRow = z.output<typeof usageRow>
