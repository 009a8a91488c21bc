import { z } from 'zod'
import { centsNanos, count, currencyCode, decimalText, label } from '../../http/json-schema.ts'

/**
 * Answers of the usage and cost API, as far as we use them: platform.claude.com/docs/en/manage-claude/usage-cost-api,
 * checked 2026-11-23. Amounts are in cents.
 */
const bucketOf = <T extends z.ZodType>(result: T) =>
  z.object({
    data: z.array(
      z.object({
        starting_at: z.iso.datetime({ offset: true }),
        ending_at: z.iso.datetime({ offset: true }).nullish(),
        // An empty list is a day without spend; no list at all is an answer we do not understand.
        results: z.array(result),
      }),
    ),
  })

export const costsPage = bucketOf(
  z.object({
    amount: centsNanos,
    currency: currencyCode.nullish().transform((code) => code ?? 'USD'),
    workspace_id: label,
    description: label,
    cost_type: label,
    model: label,
    token_type: label,
    service_tier: label,
    context_window: label,
    inference_geo: label,
  }),
)

export const messagesPage = bucketOf(
  z.object({
    uncached_input_tokens: count,
    cache_creation: z.object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }).nullish(),
    cache_read_input_tokens: count,
    output_tokens: count,
    server_tool_use: z.object({ web_search_requests: count }).nullish(),
    model: label,
    service_tier: label,
    context_window: label,
    inference_geo: label,
    speed: label,
    api_key_id: label,
    workspace_id: label,
  }),
)
export type MessagesRow = z.output<typeof messagesPage>['data'][number]['results'][number]

export const claudeCodePage = z.object({
  data: z.array(
    z.object({
      date: z.string(),
      actor: z.object({ type: label, email_address: label, api_key_name: label }).nullish(),
      customer_type: label,
      model_breakdown: z
        .array(
          z.object({
            model: label,
            estimated_cost: z.object({ amount: decimalText, currency: currencyCode.nullish() }).nullish(),
          }),
        )
        .nullish()
        .transform((rows) => rows ?? []),
    }),
  ),
})

export const listPage = z.object({
  data: z.array(z.object({ id: z.string(), name: label })),
  has_more: z.boolean().nullish(),
  last_id: label,
})

export const mePage = z.object({ id: z.string(), name: label })
