import { z } from 'zod'
import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, utcDay } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'
import { verify } from './sigv4.ts'

const keys = { id: 'AKIAEMULATED01234567', secret: 'emulated/secret+access+key0123456789abcd' }
export const awsKey = `${keys.id}:${keys.secret}`

/** The region in which all of the world's requests are served. */
export const awsRegion = 'us-east-1'
/** What one day of everything but Bedrock costs, in USD. */
export const computeUsd = '1.25'

export const startAws = (world: World): Promise<Emulator> => startEmulator(awsAnswers(world))

/** Cost Explorer, CloudWatch and STS as documented: signatures, JSON protocols, limits, pages, errors by their name. */
export function awsAnswers(world: World): Answers {
  return (request) => {
    const signed = verify(request, keys, world.now())
    if ('problem' in signed)
      return refuse(signed.problem.includes(' ') ? 'InvalidSignatureException' : signed.problem, signed.problem)
    const { service, region } = signed
    const [, action = ''] = String(request.headers['x-amz-target'] ?? '').split('.')
    const type = String(request.headers['content-type'])
    if (service === 'sts') return identity(request.body)
    if (
      service === 'ce' &&
      region === 'us-east-1' &&
      action === 'GetCostAndUsage' &&
      type === 'application/x-amz-json-1.1'
    )
      return costs(world, request.body)
    if (service !== 'monitoring' || type !== 'application/x-amz-json-1.0')
      return refuse('UnknownOperationException', '')
    if (action === 'ListMetrics') return listMetrics(world, region, request.body)
    return action === 'GetMetricData'
      ? metricData(world, region, request.body)
      : refuse('UnknownOperationException', '')
  }
}

function identity(body: string): EmulatedAnswer {
  if (body !== 'Action=GetCallerIdentity&Version=2011-06-15') return refuse('InvalidAction', body)
  const result = { Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/guard', UserId: 'AIDAEMULATED' }
  return { status: 200, json: { GetCallerIdentityResponse: { GetCallerIdentityResult: result } } }
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const dimension = z.strictObject({ Key: z.enum(['LINKED_ACCOUNT', 'RECORD_TYPE']), Values: z.array(z.string()).min(1) })
const filter = z.union([
  z.strictObject({ Dimensions: dimension }),
  z.strictObject({ Not: z.strictObject({ Dimensions: dimension }) }),
  z.strictObject({ And: z.array(z.unknown()).min(2) }),
])
const costsQuestion = z.strictObject({
  TimePeriod: z.strictObject({ Start: day, End: day }),
  Granularity: z.literal('DAILY'),
  Metrics: z.tuple([z.literal('UnblendedCost')]),
  GroupBy: z
    .array(z.strictObject({ Type: z.literal('DIMENSION'), Key: z.enum(['SERVICE', 'LINKED_ACCOUNT', 'RECORD_TYPE']) }))
    .length(2),
  Filter: filter.optional(),
  NextPageToken: z.string().optional(),
})
const daysOfPage = 40

function costs(world: World, body: string): EmulatedAnswer {
  const asked = costsQuestion.safeParse(JSON.parse(body))
  if (!asked.success) return refuse('ValidationException', z.prettifyError(asked.error))
  const { TimePeriod, GroupBy, NextPageToken } = asked.data
  const [fromMs, toMs] = [Date.parse(TimePeriod.Start), Date.parse(TimePeriod.End)]
  if (fromMs >= toMs || fromMs > world.now()) return refuse('ValidationException', 'Start date is invalid')
  const startMs = NextPageToken === undefined ? fromMs : Number(NextPageToken.replace(/^token-/, ''))
  if (!Number.isInteger(startMs)) return refuse('InvalidNextTokenException', 'Invalid next token')
  const endMs = Math.min(toMs, startMs + daysOfPage * dayMs)
  const second = GroupBy[1]?.Key === 'LINKED_ACCOUNT' ? '123456789012' : 'Usage'
  const group = (service: string, amount: string) => ({
    Keys: [service, second],
    Metrics: { UnblendedCost: { Amount: amount, Unit: 'USD' } },
  })
  const days = Array.from({ length: (endMs - startMs) / dayMs }, (_, index) => startMs + index * dayMs)
  return {
    status: 200,
    json: {
      GroupDefinitions: GroupBy,
      ResultsByTime: days.map((atMs) => ({
        TimePeriod: { Start: utcDay(atMs), End: utcDay(atMs + dayMs) },
        Total: {},
        Groups: [
          ...countBetween(world, 'aws', atMs, atMs + dayMs, world.costDelayMs).map((one) =>
            group(`${one.flow.model} (Amazon Bedrock Edition)`, nanosToDecimal(billedNanos(world, one, atMs))),
          ),
          ...(atMs + dayMs <= world.now() ? [group('Amazon Elastic Compute Cloud - Compute', computeUsd)] : []),
        ],
        Estimated: true,
      })),
      ...(endMs < toMs ? { NextPageToken: `token-${endMs}` } : {}),
    },
  }
}

const counters = { InputTokenCount: 'input', OutputTokenCount: 'output', CacheReadInputTokenCount: 'cached' } as const
const namespaces = z.enum(['AWS/Bedrock', 'AWS/BedrockMantle'])
const dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() }))
const listQuestion = z.strictObject({
  Namespace: namespaces,
  RecentlyActive: z.literal('PT3H').optional(),
  NextToken: z.string().optional(),
})

function listMetrics(world: World, region: string, body: string): EmulatedAnswer {
  const asked = listQuestion.safeParse(JSON.parse(body))
  if (!asked.success) return refuse('InvalidParameterValue', z.prettifyError(asked.error))
  const { Namespace, NextToken } = asked.data
  const models = Namespace === 'AWS/Bedrock' && region === awsRegion ? modelsOf(world) : []
  const metrics = models.flatMap((model) => {
    const byModel = { Name: 'ModelId', Value: model }
    return ['Invocations', ...Object.keys(counters)].flatMap((MetricName) => [
      { Namespace, MetricName, Dimensions: [byModel] },
      // The same numbers again, cut finer and coarser.
      { Namespace, MetricName, Dimensions: [byModel, { Name: 'ServiceTier', Value: 'standard' }] },
      { Namespace, MetricName, Dimensions: [] },
    ])
  })
  const from = Number(NextToken ?? 0)
  const more = from + 5 < metrics.length ? { NextToken: String(from + 5) } : {}
  return { status: 200, json: { Metrics: metrics.slice(from, from + 5), ...more } }
}

const dataQuestion = z.strictObject({
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).optional(),
  MetricDataQueries: z
    .array(
      z.strictObject({
        Id: z.string().regex(/^[a-z]\w*$/),
        MetricStat: z.strictObject({
          Metric: z.strictObject({ Namespace: namespaces, MetricName: z.string(), Dimensions: dimensions }),
          Period: z.number().multipleOf(60),
          Stat: z.literal('Sum'),
        }),
      }),
    )
    .min(1)
    .max(500),
  NextToken: z.string().optional(),
})
const stepsOfPage = 600
/** Minutes are kept for 15 days. */
const minutesKeptMs = 15 * dayMs

function metricData(world: World, region: string, body: string): EmulatedAnswer {
  const asked = dataQuestion.safeParse(JSON.parse(body))
  if (!asked.success) return refuse('InvalidParameterValue', z.prettifyError(asked.error))
  const { StartTime, EndTime, MetricDataQueries, NextToken } = asked.data
  const stepMs = (MetricDataQueries[0]?.MetricStat.Period ?? 60) * 1_000
  const first = NextToken === undefined ? Math.floor((StartTime * 1_000) / stepMs) * stepMs : Number(NextToken)
  const until = Math.min(EndTime * 1_000, first + stepsOfPage * stepMs)
  const more = until < EndTime * 1_000
  const steps = Array.from({ length: Math.ceil((until - first) / stepMs) }, (_, index) => first + index * stepMs)
  const kept = (atMs: number) => stepMs >= 300_000 || atMs >= world.now() - minutesKeptMs
  const results = MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
    const counter = Object.entries(counters).find(([name]) => name === Metric.MetricName)?.[1]
    const model = Metric.Dimensions.find(({ Name }) => Name === 'ModelId')?.Value
    // What did not happen has no data point.
    const points = steps.filter(kept).flatMap((atMs) => {
      const sum = countBetween(world, 'aws', atMs, atMs + stepMs, world.usageDelayMs)
        .filter((one) => one.flow.model === model && region === awsRegion)
        .reduce((total, one) => total + (counter ? one[counter] : 0), 0)
      return sum > 0 ? [{ at: atMs / 1_000, sum }] : []
    })
    return {
      Id,
      Label: Metric.MetricName,
      Timestamps: points.map(({ at }) => at),
      Values: points.map(({ sum }) => sum),
      StatusCode: more ? 'PartialData' : 'Complete',
    }
  })
  return {
    status: 200,
    json: { MetricDataResults: results, Messages: [], ...(more ? { NextToken: String(until) } : {}) },
  }
}

function modelsOf(world: World): string[] {
  return [...new Set(world.flows.filter(({ provider }) => provider === 'aws').map(({ model }) => model))]
}

function refuse(name: string, message: string): EmulatedAnswer {
  return { status: 400, json: { __type: `com.amazonaws#${name}`, message } }
}
