import { z } from 'zod'
import { amountNanos, centsNanos, label } from '../../http/json-schema.ts'

/**
 * Answers of xAI's Management API, as far as we use them: docs.x.ai/developers/rest-api-reference/management (billing,
 * auth), checked 2026-11-25. The usage is in dollars, invoices are in whole cents written as text.
 */
export const keyAnswer = z.object({ teamId: label, scope: label, scopeId: label })

export const usageAnswer = z.object({
  timeSeries: z.array(
    z.object({
      group: z.array(z.string()).nullish(),
      groupLabels: z.array(z.string()).nullish(),
      dataPoints: z.array(
        z.object({
          // A day begins where the time zone that was asked for says so, which is UTC.
          timestamp: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}/)
            .transform((timestamp) => Date.parse(timestamp.slice(0, 10)))
            .refine(Number.isFinite, { error: 'not a date' }),
          // One value was asked for.
          values: z.tuple([amountNanos], z.unknown()),
        }),
      ),
    }),
  ),
  limitReached: z.boolean().nullish(),
})
export type UsageAnswer = z.output<typeof usageAnswer>

const cents = z
  .object({ val: centsNanos })
  .nullish()
  .transform((amount) => amount?.val ?? null)

/**
 * What the month comes to so far. An empty list is a month without spend; without a list, its total stands for it, and
 * without either it is an answer we do not understand.
 */
export const invoiceAnswer = z.object({
  coreInvoice: z
    .object({ lines: z.array(z.object({ amount: centsNanos })).nullish(), totalWithCorr: cents })
    .transform(({ lines, totalWithCorr }, context) => {
      const total = lines ? lines.reduce((sum, { amount }) => sum + amount, 0n) : totalWithCorr
      if (total === null) context.addIssue({ code: 'custom', path: ['lines'], message: 'not a list' })
      return total ?? z.NEVER
    }),
})

/** What was paid ahead when the month began, and what of it is used since. Owed to the customer, so below zero. */
export const creditAnswer = z.object({ coreInvoice: z.object({ prepaidCredits: cents, prepaidCreditsUsed: cents }) })

export const limitsAnswer = z.object({ spendingLimits: z.object({ effectiveSl: z.object({ val: centsNanos }) }) })

/** The ledger of what was paid ahead; what is left stands below zero. */
export const ledgerAnswer = z.object({ total: cents })
