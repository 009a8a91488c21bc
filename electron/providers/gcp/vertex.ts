import { ok, type Result } from '../../../shared/result.ts'
import { lookUp } from '../../../shared/look-up.ts'
import type { Meter, UsageContext } from '../../prices/usage.ts'
import { widths, type CostBucket, type ReadContext, type ReadWindow } from '../adapter.ts'
import { pricedLines } from '../priced-lines.ts'
import { byStart } from './buckets.ts'
import { plainModel } from './models.ts'
import { monitoringProjects } from './options.ts'
import { readCounts, type Counted } from './time-series.ts'

export const vertexFilter =
  'metric.type = "aiplatform.googleapis.com/publisher/online_serving/token_count" AND resource.type = "aiplatform.googleapis.com/PublisherModel"'

/**
 * Tokens of every model that Vertex AI serves, Google's and others'. Labels as seen in the descriptor and in answers in
 * 2026: `type`, `modality`, `request_type`, `shared_request_type` of the metric; `publisher`, `model_user_id`, `location`
 * of the resource. Gemini models show no cached input here: it counts as plain input, which is too much, never too little.
 */
export async function readVertex(context: ReadContext, window: ReadWindow): Promise<Result<CostBucket[]>> {
  const parts: { startMs: number; lines: CostBucket['lines'] }[] = []
  for (const project of monitoringProjects(context.options)) {
    const counted = await readCounts(context, project, vertexFilter, window)
    if (!counted.ok) return counted
    for (const one of counted.value) parts.push({ startMs: one.startMs, lines: priced(context, project, one, window) })
  }
  return ok(byStart(parts, window.width))
}

function priced(context: ReadContext, project: string, counted: Counted, window: ReadWindow): CostBucket['lines'] {
  const { metric, resource, count, startMs } = counted
  const tier = tierOf(metric)
  return pricedLines(
    context.prices,
    {
      // What Anthropic makes has Anthropic's prices here too.
      provider: resource['publisher'] === 'anthropic' ? 'anthropic' : 'google',
      model: plainModel(resource['model_user_id'] ?? '') || null,
      tier,
      longContext: false,
      // Anthropic's models cost a tenth more where they are kept in a region, in any, as they do in the US.
      region: (resource['location'] ?? 'global') === 'global' ? 'global' : 'us',
      speed: null,
      atMs: startMs,
      durationMs: widths[window.width],
    },
    { project, apiKey: null, tier: tier === 'standard' ? null : (metric['shared_request_type'] ?? tier) },
    { [meterOf(metric)]: count },
  )
}

const sharedTiers: Readonly<Record<string, UsageContext['tier']>> = {
  '': 'standard',
  standard: 'standard',
  priority: 'priority',
  flex: 'flex',
  batch: 'batch',
}

/** `dedicated` is throughput that is paid for by the hour, whatever it serves. */
function tierOf(metric: Counted['metric']): UsageContext['tier'] {
  if (metric['request_type'] === 'dedicated') return 'prepaid'
  return lookUp(sharedTiers, (metric['shared_request_type'] ?? '').toLowerCase()) ?? 'unknown'
}

const meters: Readonly<Record<string, Meter>> = {
  input: 'input',
  output: 'output',
  cache_read_input: 'cached-input',
  cache_write_input: 'cache-write',
  cache_write_1h_input: 'cache-write-1h',
}
const ofAudio: Partial<Record<Meter, Meter>> = {
  input: 'audio-input',
  'cached-input': 'cached-audio-input',
  output: 'audio-output',
}
const ofImages: Partial<Record<Meter, Meter>> = {
  input: 'image-input',
  'cached-input': 'cached-image-input',
  output: 'image-output',
}

/** A kind of token that nobody has seen before is priced as what it sounds like: left out it would look free. */
function meterOf({ type = '', modality = '' }: Counted['metric']): Meter {
  const meter = lookUp(meters, type) ?? (type.includes('output') ? 'output' : 'input')
  if (/audio/i.test(modality)) return ofAudio[meter] ?? meter
  return /image/i.test(modality) ? (ofImages[meter] ?? meter) : meter
}
