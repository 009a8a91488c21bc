import { z } from 'zod'
import { amountNanos, count, label } from '../../http/json-schema.ts'

/**
 * Answers of OpenRouter's API, as far as we use them: openrouter.ai/docs/api/api-reference (analytics, credits,
 * api-keys), checked 2026-11-25. Amounts are dollars.
 */
export const activityAnswer = z.object({
  data: z.array(
    z.object({
      // Documented as a date; a time of day has been seen after it.
      date: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}/)
        .transform((date) => Date.parse(date.slice(0, 10)))
        .refine(Number.isFinite, { error: 'not a date' }),
      model: label,
      provider_name: label,
      // What a customer's own key at another provider cost is beside it (byok_usage_inference). That is not paid to
      // OpenRouter, and the account at that provider counts it.
      usage: amountNanos,
      prompt_tokens: count,
      completion_tokens: count,
    }),
  ),
})
export type ActivityRow = z.output<typeof activityAnswer>['data'][number]

export const creditsAnswer = z.object({ data: z.object({ total_credits: amountNanos, total_usage: amountNanos }) })

/** What a key may use of the credits; null where it may use all there are. */
const keyLimit = { limit: amountNanos.nullish(), limit_reset: label }

export const keyAnswer = z.object({
  data: z.object({
    label,
    usage: amountNanos,
    ...keyLimit,
    is_management_key: z.boolean().nullish(),
    // The same, by its older name.
    is_provisioning_key: z.boolean().nullish(),
  }),
})

export const keysPage = z.object({
  data: z.array(z.object({ name: label, label, disabled: z.boolean().nullish(), ...keyLimit })),
})
export type LimitedKey = z.output<typeof keysPage>['data'][number]
