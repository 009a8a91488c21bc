import type { z } from 'zod'
import { lookUp } from '../../../shared/look-up.ts'
import type { PriceBook } from '../../prices/price-book.ts'
import type { UsageContext } from '../../prices/usage.ts'
import { widths, type CostBucket, type CostLine, type Width } from '../adapter.ts'
import { pricedLines, type Counts } from '../priced-lines.ts'
import type { UsageKind } from './feeds.ts'
import type { completionsPage, CompletionsRow, costsPage, CostsRow, otherUsagePage } from './schema.ts'

type Buckets<P extends z.ZodType<{ data: unknown[] }>> = z.output<P>['data']

/**
 * The specification requires no amount of a row. One without it names no money: the rest of its bucket is a lower
 * bound, and a bucket of such rows only is left out, because that day's bill is unknown and not 0.
 */
export function parseCosts(buckets: Buckets<typeof costsPage>): CostBucket[] {
  return buckets.flatMap(({ start_time: startS, results }) => {
    const lines = results.flatMap((row) => (row.amount ? [costLine(row, row.amount)] : []))
    if (results.length > 0 && lines.length === 0) return []
    const incomplete = lines.length < results.length ? { incomplete: true as const } : {}
    return [{ startMs: startS * 1_000, width: 'day' as const, lines, ...incomplete }]
  })
}

function costLine(row: CostsRow, amount: NonNullable<CostsRow['amount']>): CostLine {
  return {
    model: modelOfLineItem(row.line_item),
    project: row.project_id,
    apiKey: row.api_key_id,
    lineItem: row.line_item,
    tier: null,
    currency: amount.currency,
    costNanos: amount.value,
    quantity: row.quantity ? Number(row.quantity) : null,
    pricing: 'billed',
  }
}

/** Line items are free text such as `gpt-5-mini-2025-08-07, output`: good enough for a label, not for money. */
function modelOfLineItem(lineItem: string | null): string | null {
  const comma = lineItem?.lastIndexOf(', ') ?? -1
  return lineItem === null ? null : comma > 0 ? lineItem.slice(0, comma) : lineItem
}

export function parseCompletions(
  buckets: Buckets<typeof completionsPage>,
  width: Width,
  prices: PriceBook,
): CostBucket[] {
  return buckets.map((bucket) => ({
    startMs: bucket.start_time * 1_000,
    width,
    lines: bucket.results.flatMap((row) => {
      const context = contextOf(row.model, tierOf(row), bucket.start_time * 1_000, width)
      const dimensions = {
        project: row.project_id,
        apiKey: row.api_key_id,
        tier: row.batch ? 'batch' : row.service_tier,
      }
      return pricedLines(prices, context, dimensions, disjoint(row))
    }),
  }))
}

export function parseOtherUsage(
  buckets: Buckets<typeof otherUsagePage>,
  width: Width,
  kind: UsageKind,
  prices: PriceBook,
): CostBucket[] {
  return buckets.map((bucket) => ({
    startMs: bucket.start_time * 1_000,
    width,
    lines: bucket.results.flatMap((row) => {
      const [field, meter] = kind.counts ?? ['num_requests', 'web-search']
      const context = { ...contextOf(row.model, 'standard', bucket.start_time * 1_000, width), imageSize: row.size }
      return pricedLines(
        prices,
        context,
        { project: row.project_id, apiKey: row.api_key_id, tier: null },
        { [meter]: row[field] },
      )
    }),
  }))
}

function contextOf(model: string | null, tier: UsageContext['tier'], atMs: number, width: Width): UsageContext {
  return {
    provider: 'openai',
    model,
    tier,
    longContext: false,
    region: null,
    speed: null,
    atMs,
    durationMs: widths[width],
  }
}

const tiers: Record<string, UsageContext['tier']> = {
  default: 'standard',
  standard: 'standard',
  auto: 'standard',
  flex: 'flex',
  priority: 'priority',
  // The newer name of the same tier, since July 2026.
  fast: 'priority',
  // Scale Tier is bought ahead: its tokens are counted here but not billed one by one.
  scale: 'prepaid',
}

function tierOf(row: CompletionsRow): UsageContext['tier'] {
  if (row.batch) return 'batch'
  return row.service_tier === null ? 'standard' : (lookUp(tiers, row.service_tier) ?? 'unknown')
}

/**
 * The counts of a row overlap: `input_tokens` holds cached, cache-write, audio and image tokens, `output_tokens` holds
 * audio and image. What is left of a total after its parts is text, also where the provider leaves the split away, so
 * every token is priced once.
 */
export function disjoint(row: CompletionsRow): Counts {
  const of = (count: number | null) => count ?? 0
  const cachedAudio = of(row.input_cached_audio_tokens)
  const cachedImage = of(row.input_cached_image_tokens)
  const cached = of(row.input_cached_tokens)
  const written = of(row.input_cache_write_tokens)
  const audio = of(row.input_audio_tokens)
  const image = of(row.input_image_tokens)
  const rest = (total: number, ...parts: number[]) =>
    Math.max(
      0,
      parts.reduce((left, part) => left - part, total),
    )
  return {
    input: rest(of(row.input_tokens), cached, written, audio, image),
    'cached-input': rest(cached, cachedAudio, cachedImage),
    'cache-write': written,
    'audio-input': audio,
    'cached-audio-input': cachedAudio,
    'image-input': image,
    'cached-image-input': cachedImage,
    output: rest(of(row.output_tokens), of(row.output_audio_tokens), of(row.output_image_tokens)),
    'audio-output': row.output_audio_tokens,
    'image-output': row.output_image_tokens,
  }
}
