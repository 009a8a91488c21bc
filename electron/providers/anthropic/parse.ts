import type { z } from 'zod'
import { lookUp } from '../../../shared/look-up.ts'
import { parseNanos } from '../../../shared/money.ts'
import type { PriceBook } from '../../prices/price-book.ts'
import { ordinaryRegions, type UsageContext } from '../../prices/usage.ts'
import { widths, type CostBucket, type Width } from '../adapter.ts'
import { pricedLines } from '../priced-lines.ts'
import type { claudeCodePage, costsPage, messagesPage, MessagesRow } from './schema.ts'

type Rows<P extends z.ZodType<{ data: unknown[] }>> = z.output<P>['data']

/** The cost report cannot be asked for some workspaces only, so that choice is made here. */
export function parseCosts(buckets: Rows<typeof costsPage>, workspaces: readonly string[]): CostBucket[] {
  return buckets.map((bucket) => ({
    startMs: Date.parse(bucket.starting_at),
    width: 'day',
    lines: bucket.results
      .filter((row) => workspaces.length === 0 || (row.workspace_id !== null && workspaces.includes(row.workspace_id)))
      .map((row) => ({
        model: row.model,
        project: row.workspace_id,
        apiKey: null,
        lineItem: row.description ?? row.cost_type,
        tier: tierText(row),
        currency: row.currency,
        costNanos: row.amount,
        quantity: null,
        pricing: 'billed' as const,
      })),
  }))
}

export function parseMessages(buckets: Rows<typeof messagesPage>, width: Width, prices: PriceBook): CostBucket[] {
  return buckets.map((bucket) => {
    const startMs = Date.parse(bucket.starting_at)
    return {
      startMs,
      width,
      lines: bucket.results.flatMap((row) =>
        pricedLines(
          prices,
          contextOf(row, startMs, width),
          { project: row.workspace_id, apiKey: row.api_key_id, tier: tierText(row) },
          {
            // The four classes are disjoint already.
            input: row.uncached_input_tokens,
            'cache-write': row.cache_creation?.ephemeral_5m_input_tokens ?? null,
            'cache-write-1h': row.cache_creation?.ephemeral_1h_input_tokens ?? null,
            'cached-input': row.cache_read_input_tokens,
            output: row.output_tokens,
            'web-search': row.server_tool_use?.web_search_requests ?? null,
          },
        ),
      ),
    }
  })
}

const tiers: Record<string, UsageContext['tier']> = {
  standard: 'standard',
  batch: 'batch',
  flex: 'flex',
  flex_discount: 'flex',
  // Bought ahead: not in the cost report, and not spend by the token.
  priority: 'prepaid',
  priority_on_demand: 'priority',
}

function contextOf(row: MessagesRow, atMs: number, width: Width): UsageContext {
  return {
    provider: 'anthropic',
    model: row.model,
    tier: row.service_tier === null ? 'standard' : (lookUp(tiers, row.service_tier) ?? 'unknown'),
    longContext: windowText(row.context_window) !== null,
    region: row.inference_geo,
    speed: row.speed,
    atMs,
    durationMs: widths[width],
  }
}

/** A class of prompt size that nobody has seen before is taken for a long one: more tokens have never cost less. */
function windowText(window: string | null): string | null {
  if (window === null || window === '0-200k') return null
  return window === '200k-1M' ? 'long context' : window
}

/** What sets the price apart from the ordinary, as one text; null for an ordinary request. */
function tierText(
  row: Pick<MessagesRow, 'service_tier' | 'context_window' | 'inference_geo'> & { speed?: string | null },
): string | null {
  const parts = [
    row.service_tier === 'standard' ? null : row.service_tier,
    windowText(row.context_window),
    row.inference_geo !== null && ordinaryRegions.has(row.inference_geo) ? null : row.inference_geo,
    row.speed === 'fast' ? 'fast' : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

/**
 * Who used Claude Code. The cost is the provider's own estimate of money that is in the other reports too (or, for a
 * subscription, not owed at all): it is kept as insight and part of no sum.
 */
export function parseClaudeCode(dayMs: number, rows: Rows<typeof claudeCodePage>): CostBucket {
  return {
    startMs: dayMs,
    width: 'day',
    lines: rows.flatMap((row) =>
      row.model_breakdown.flatMap(({ model, estimated_cost: cost }) => {
        const nanos = cost ? parseNanos(cost.amount, 100n) : null
        if (nanos === null) return []
        return [
          {
            model,
            project: null,
            apiKey: row.actor?.api_key_name ?? row.actor?.email_address ?? null,
            lineItem: 'Claude Code',
            tier: row.customer_type,
            currency: cost?.currency ?? 'USD',
            costNanos: nanos,
            quantity: null,
            pricing: 'listed' as const,
          },
        ]
      }),
    ),
  }
}
