import { z } from 'zod'
import { amountNanos, count, currencyCode, decimalText, label } from '../../http/json-schema.ts'

/**
 * Answers of the organization API, as far as we use them: developers.openai.com/api/reference (Admin, Usage), checked
 * 2026-11-23. Unknown fields and unknown enum values are accepted; an amount that cannot be read is not.
 */
const bucketOf = <T extends z.ZodType>(result: T) =>
  z.object({
    data: z.array(
      z.object({
        start_time: z.number().int(),
        end_time: z.number().int().nullish(),
        // An empty list is a day without spend; no list at all is an answer we do not understand.
        results: z.array(result),
      }),
    ),
  })

/** An amount may be absent (see parse.ts); one that is there but cannot be read fails the whole read. */
export const costsPage = bucketOf(
  z.object({
    amount: z.object({ value: amountNanos, currency: currencyCode }).nullish(),
    line_item: label,
    project_id: label,
    api_key_id: label,
    // For explanation only: one that cannot be read must not cost us the money beside it.
    quantity: decimalText.nullish().catch(null),
  }),
)

export type CostsRow = z.output<typeof costsPage>['data'][number]['results'][number]

const attribution = { project_id: label, api_key_id: label, model: label }

export const completionsPage = bucketOf(
  z.object({
    ...attribution,
    batch: z.boolean().nullish(),
    service_tier: label,
    input_tokens: count,
    output_tokens: count,
    input_cached_tokens: count,
    input_cache_write_tokens: count,
    input_text_tokens: count,
    input_audio_tokens: count,
    input_image_tokens: count,
    input_cached_text_tokens: count,
    input_cached_audio_tokens: count,
    input_cached_image_tokens: count,
    output_text_tokens: count,
    output_audio_tokens: count,
    output_image_tokens: count,
  }),
)
export type CompletionsRow = z.output<typeof completionsPage>['data'][number]['results'][number]

/** All other kinds of usage: each row has one of these counts. */
export const otherUsagePage = bucketOf(
  z.object({
    ...attribution,
    size: label,
    input_tokens: count,
    images: count,
    characters: count,
    seconds: count,
    usage_bytes: count,
    num_sessions: count,
    num_requests: count,
  }),
)

export const listPage = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string().nullish() })),
  has_more: z.boolean().nullish(),
  last_id: z.string().nullish(),
})
