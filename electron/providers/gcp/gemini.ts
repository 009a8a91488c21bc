import { ok, type Result } from '../../../shared/result.ts'
import type { Meter } from '../../prices/usage.ts'
import { widths, type CostBucket, type CostLine, type ReadContext, type ReadWindow } from '../adapter.ts'
import { pricedLines } from '../priced-lines.ts'
import { byStart } from './buckets.ts'
import { plainModel } from './models.ts'
import { monitoringProjects } from './options.ts'
import { readCounts, type Counted } from './time-series.ts'

/**
 * The Gemini API counts its output by model, and its input only as quotas of the tier that a project is in. Descriptors
 * and answers of 2026; the labels are `model`, and for output `output_modality`.
 */
const service = 'generativelanguage.googleapis.com'
const output = `metric.type = "${service}/generate_content_usage_output_token_count"`
const quota = (name: string) => `metric.type = "${service}/quota/generate_content_${name}_input_token_count/usage"`
const paidInputs = ['paid_tier', 'paid_tier_2', 'paid_tier_3'].map(quota)
const freeInput = quota('free_tier')
/** Calls by credential: a quota or a count of tokens does not say whose they were. */
const calls = `metric.type = "serviceruntime.googleapis.com/api/request_count" AND resource.type = "consumed_api" AND resource.labels.service = "${service}"`

export async function readGemini(context: ReadContext, window: ReadWindow): Promise<Result<CostBucket[]>> {
  const parts: { startMs: number; lines: CostLine[] }[] = []
  for (const project of monitoringProjects(context.options)) {
    const answers: Counted[][] = []
    for (const filter of [output, freeInput, calls, ...paidInputs]) {
      const counted = await readCounts(context, project, filter, window)
      if (!counted.ok) return counted
      answers.push(counted.value)
    }
    const [outputs = [], free = [], requests = [], ...paid] = answers
    const inputs = paid.flatMap(withoutTwins)
    const callers = callersOf(requests)
    const isFree = freeModels(free, inputs)
    for (const one of [...inputs, ...outputs.filter(({ metric }) => !isFree.has(metric['model'] ?? ''))])
      parts.push({
        startMs: one.startMs,
        lines: priced(context, window, one, { project, apiKey: callers.get(one.startMs) ?? null, tier: null }),
      })
  }
  return ok(byStart(parts, window.width))
}

function priced(
  { prices }: ReadContext,
  window: ReadWindow,
  { startMs, metric, count }: Counted,
  dimensions: Pick<CostLine, 'project' | 'apiKey' | 'tier'>,
): CostLine[] {
  const usage = {
    provider: 'google',
    model: plainModel(metric['model'] ?? '') || null,
    tier: 'standard',
    longContext: false,
    region: null,
    speed: null,
    atMs: startMs,
    durationMs: widths[window.width],
  } as const
  return pricedLines(prices, usage, dimensions, { [meterOf(metric)]: count })
}

/** Only a count of output says of what kind it is; a quota has the label of its limit instead. */
function meterOf(metric: Counted['metric']): Meter {
  if (metric['limit_name'] !== undefined) return 'input'
  const kind = metric['output_modality'] ?? ''
  if (/audio/i.test(kind)) return 'audio-output'
  return /image/i.test(kind) ? 'image-output' : 'output'
}

/** One quota may have several limits (by minute, by minute and user), and each of them counts the same tokens again. */
function withoutTwins(counted: readonly Counted[]): Counted[] {
  const largest = new Map<string, Counted>()
  for (const one of counted) {
    const { limit_name: _limit, ...rest } = one.metric
    const key = JSON.stringify([one.startMs, Object.entries(rest).sort(), Object.entries(one.resource).sort()])
    const other = largest.get(key)
    if (!other || Number(one.count) > Number(other.count)) largest.set(key, one)
  }
  return [...largest.values()]
}

/** Models that were used in the free tier and in no other: their output, which names no tier, costs nothing. */
function freeModels(free: readonly Counted[], paid: readonly Counted[]): ReadonlySet<string> {
  const used = (list: readonly Counted[]) =>
    new Set(list.flatMap(({ metric, count }) => (Number(count) > 0 ? [metric['model'] ?? ''] : [])))
  const paidFor = used(paid)
  return new Set([...used(free)].filter((model) => !paidFor.has(model)))
}

/**
 * Who called, where that is one credential alone in a bucket of time: then all of its tokens are its own. Where there
 * are several, nobody knows whose tokens are whose. Refused calls use none.
 */
function callersOf(requests: readonly Counted[]): Map<number, string> {
  const callers = new Map<number, Set<string>>()
  for (const { startMs, metric, resource, count } of requests) {
    const id = resource['credential_id']
    if (id === undefined || Number(count) === 0 || !isGeneration(resource['method'] ?? '')) continue
    if (/^[45]/.test(metric['response_code'] ?? '')) continue
    callers.set(startMs, (callers.get(startMs) ?? new Set()).add(id))
  }
  return new Map(
    [...callers].flatMap(([startMs, [only, ...others]]) => (only && others.length === 0 ? [[startMs, only]] : [])),
  )
}

/** Listing models or counting tokens uses none. Methods look like `google.ai.….GenerativeService.GenerateContent`. */
function isGeneration(method: string): boolean {
  return !/ModelService|CountTokens|\.(List|Get)\w*$/.test(method)
}
