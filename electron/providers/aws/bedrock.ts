import { andAgain, fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { hourMs } from '../../../shared/time.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import type { PriceBook } from '../../prices/price-book.ts'
import type { Meter } from '../../prices/usage.ts'
import { widths, type CostBucket, type CostLine, type ReadContext, type ReadWindow } from '../adapter.ts'
import { followPages, unreadable } from '../pages.ts'
import { pricedLines, type Counts } from '../priced-lines.ts'
import { modelOf } from './models.ts'
import { listOption } from '../list-option.ts'
import { cloudWatch } from './regions.ts'
import { dataPage, metricsPage } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

/**
 * Where Bedrock counts tokens: by endpoint a namespace, in each the dimension that names the model, and the metrics by
 * what they meter. Input without what the cache served or stored, as the quotas page says; the cache has been seen under
 * two names. docs.aws.amazon.com/bedrock/latest/userguide: monitoring-runtime-metrics, monitoring-mantle-metrics,
 * quotas-token-burndown; 2026-11-25.
 */
const sources: Record<string, { dimension: string; meters: Record<string, Meter> }> = {
  'AWS/Bedrock': {
    dimension: 'ModelId',
    meters: {
      InputTokenCount: 'input',
      OutputTokenCount: 'output',
      CacheReadInputTokenCount: 'cached-input',
      CacheReadInputTokens: 'cached-input',
      CacheWriteInputTokenCount: 'cache-write',
      CacheWriteInputTokens: 'cache-write',
    },
  },
  'AWS/BedrockMantle': {
    dimension: 'Model',
    meters: { TotalInputTokens: 'input', TotalOutputTokens: 'output' },
  },
}

/** Of one request, by the API reference. */
const mostMetrics = 500

/** One series of numbers: a model's count of something. */
interface Series {
  namespace: string
  metric: string
  dimension: string
  model: string
  meter: Meter
}

/** Sums by bucket and model. Both endpoints may serve a model; it is one line all the same. */
type Tally = Map<number, Map<string, Counts>>

export async function readBedrock(
  context: Pick<ReadContext, 'http' | 'options' | 'prices' | 'now'>,
  window: ReadWindow,
): Promise<Result<CostBucket[]>> {
  const { now, options, prices } = context
  const widthMs = widths[window.width]
  const buckets: CostBucket[] = []
  const untilMs = Math.min(window.toMs, now())
  // CloudWatch keeps silent about what did not happen: all that was asked for and not answered is without spend.
  for (let startMs = window.fromMs; startMs < untilMs; startMs += widthMs)
    buckets.push({ startMs, width: window.width, lines: [] })
  for (const region of listOption(options, 'regions')) {
    const tally = await readRegion(context, region, window)
    if (!tally.ok) return tally
    for (const bucket of buckets) bucket.lines.push(...linesOf(tally.value, bucket, region, prices))
  }
  return ok(buckets)
}

async function readRegion(
  context: Pick<ReadContext, 'http' | 'now'>,
  region: string,
  window: ReadWindow,
): Promise<Result<Tally>> {
  const found: Series[] = []
  for (const namespace of Object.keys(sources)) {
    const series = await listSeries(context, region, namespace, window)
    if (!series.ok) return series
    found.push(...series.value)
  }
  const tally: Tally = new Map()
  for (let from = 0; from < found.length; from += mostMetrics) {
    const added = await addValues(context, region, found.slice(from, from + mostMetrics), window, tally)
    if (!added.ok) return added
  }
  return ok(tally)
}

/** What there is to ask for: a metric costs something each time, so none is asked for that has nothing to tell. */
async function listSeries(
  { http, now }: Pick<ReadContext, 'http' | 'now'>,
  region: string,
  namespace: string,
  window: ReadWindow,
): Promise<Result<Series[]>> {
  const { dimension, meters } = sources[namespace] ?? { dimension: '', meters: {} }
  const recent = now() - window.fromMs <= 3 * hourMs ? { RecentlyActive: 'PT3H' } : {}
  const first = ask(region, 'ListMetrics', { Namespace: namespace, ...recent })
  const series = await followPages(http, first, (answer, asked) => {
    const page = metricsPage.safeParse(answer)
    if (!page.success) return err(unreadable('ListMetrics', page.error))
    const made = page.data.Metrics.flatMap(({ MetricName, Dimensions }) => {
      const meter = Object.hasOwn(meters, MetricName) ? meters[MetricName] : undefined
      const [only, ...more] = Dimensions
      // The same tokens are there by tier, project and the like too: with one dimension, the model, each is once.
      if (!meter || only?.Name !== dimension || more.length > 0) return []
      return [{ namespace, metric: MetricName, dimension, model: only.Value, meter }]
    })
    return ok({ made, next: nextOf(asked, page.data.NextToken) })
  })
  return series.ok ? ok(firstOfEach(series.value)) : series
}

/** Where a count has two names, one of them is read. */
function firstOfEach(series: readonly Series[]): Series[] {
  return [...new Map([...series].reverse().map((one) => [`${one.model} ${one.meter}`, one])).values()].reverse()
}

async function addValues(
  { http }: Pick<ReadContext, 'http'>,
  region: string,
  series: readonly Series[],
  window: ReadWindow,
  tally: Tally,
): Promise<Result<null>> {
  const widthMs = widths[window.width]
  const first = ask(region, 'GetMetricData', {
    StartTime: window.fromMs / 1_000,
    EndTime: window.toMs / 1_000,
    ScanBy: 'TimestampAscending',
    MetricDataQueries: series.map(({ namespace, metric, dimension, model }, index) => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: { Namespace: namespace, MetricName: metric, Dimensions: [{ Name: dimension, Value: model }] },
        Period: widthMs / 1_000,
        Stat: 'Sum',
      },
    })),
  })
  const pages = await followPages(http, first, (answer, asked) => {
    const page = dataPage.safeParse(answer)
    if (!page.success) return err(unreadable('GetMetricData', page.error))
    for (const { Id, Timestamps, Values, StatusCode } of page.data.MetricDataResults) {
      const one = series[Number(Id.slice(1))]
      if (!one || Timestamps.length !== Values.length)
        return err(fail('unexpected-response', i18n.t('GetMetricData answered something we did not ask for.')))
      if (StatusCode === 'Forbidden')
        return err(
          fail(
            'permission-missing',
            i18n.t('CloudWatch in {region} does not let the key read {metric}.', { region, metric: one.metric }),
          ),
        )
      if (StatusCode === 'InternalError')
        return err(fail('provider-down', andAgain(i18n.t('CloudWatch in {region} has a fault.', { region }))))
      Timestamps.forEach((seconds, index) => add(tally, seconds * 1_000, one, Values[index] ?? null))
    }
    return ok({ made: [], next: nextOf(asked, page.data.NextToken) })
  })
  return pages.ok ? ok(null) : pages
}

function add(tally: Tally, startMs: number, { model, meter }: Series, value: number | null): void {
  const models = tally.get(startMs) ?? new Map<string, Counts>()
  const counts = models.get(model) ?? {}
  counts[meter] = Number(counts[meter] ?? 0) + (value ?? 0)
  tally.set(startMs, models.set(model, counts))
}

function linesOf(tally: Tally, { startMs, width }: CostBucket, region: string, prices: PriceBook): CostLine[] {
  return [...(tally.get(startMs) ?? [])].flatMap(([id, counts]) => {
    const { model, priced, provisioned } = modelOf(prices, id)
    const context = {
      provider: 'aws',
      model: priced,
      tier: provisioned ? ('prepaid' as const) : ('standard' as const),
      longContext: false,
      region: null,
      speed: null,
      atMs: startMs,
      durationMs: widths[width],
    }
    // The region, because that is where a stolen key shows first.
    const lines = pricedLines(prices, context, { project: 'Amazon Bedrock', apiKey: null, tier: region }, counts)
    return lines.map((line) => ({ ...line, model }))
  })
}

function ask(region: string, action: string, json: object): ProviderRequest {
  return {
    method: 'POST',
    path: `${cloudWatch(region)}/`,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `GraniteServiceVersion20100801.${action}`,
    },
    json,
  }
}

function nextOf(asked: ProviderRequest, token: string | null | undefined): ProviderRequest | null {
  return token ? { ...asked, json: { ...(asked.json as object), NextToken: token } } : null
}
