import { describe, expect, it } from 'vitest'
import { createPriceBook } from '../../../electron/prices/price-book.ts'
import type { ProviderHttp, ProviderRequest } from '../../../electron/http/provider-http.ts'
import { declaredFor, type ReadWindow } from '../../../electron/providers/adapter.ts'
import { aws } from '../../../electron/providers/aws/adapter.ts'
import { readBedrock } from '../../../electron/providers/aws/bedrock.ts'
import { parseCosts, readCosts } from '../../../electron/providers/aws/costs.ts'
import { keyKind } from '../../../electron/providers/aws/key.ts'
import { modelOf } from '../../../electron/providers/aws/models.ts'
import { refusal } from '../../../electron/providers/aws/refusal.ts'
import { costsPage } from '../../../electron/providers/aws/schema.ts'
import { signer } from '../../../electron/providers/aws/sign.ts'
import { ok } from '../../../shared/result.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import { verify } from '../../emulators/sigv4.ts'

const nowMs = Date.UTC(2026, 10, 23, 10)
const prices = createPriceBook(() => nowMs)
const days: ReadWindow = {
  feed: 'costs',
  width: 'day',
  fromMs: nowMs - 13 * hourMs - 3 * dayMs + 3 * hourMs,
  toMs: nowMs,
  open: true,
}
const group = (service: string, second: string, Amount: string, Unit = 'USD') => ({
  Keys: [service, second],
  Metrics: { UnblendedCost: { Amount, Unit } },
})
const day = (Start: string, ...Groups: unknown[]) => ({
  TimePeriod: { Start, End: 'later' },
  Total: {},
  Groups,
  Estimated: true,
})
const parse = (json: unknown, options = {}) =>
  parseCosts(costsPage.parse({ ResultsByTime: json }).ResultsByTime, options)

/** A provider that gives the same answers in turn, the last one for ever, and what it was asked. */
function answering(...answers: unknown[]): { http: ProviderHttp; asked: ProviderRequest[] } {
  const asked: ProviderRequest[] = []
  const send = async (request: ProviderRequest) => {
    asked.push(request)
    return ok(answers[Math.min(asked.length, answers.length) - 1])
  }
  return { http: { send, get: (path) => send({ path }) }, asked }
}

describe('a day of Cost Explorer', () => {
  it('keeps credits, refunds and tax apart from use, with their signs', () => {
    const [bucket] = parse([
      day(
        '2026-11-22',
        group('Amazon Bedrock', 'Usage', '12.5'),
        group('Amazon Bedrock', 'Credit', '-12.5'),
        group('AWS Support', 'Refund', '-0.000000001'),
        group('Tax', 'Tax', '2.375'),
        group('Amazon Bedrock', 'A record type of tomorrow', '1'),
      ),
    ])
    expect(bucket?.lines.map(({ project, lineItem, costNanos }) => [project, lineItem, costNanos])).toEqual([
      ['Amazon Bedrock', 'Usage', 12_500_000_000n],
      ['Amazon Bedrock', 'Credit', -12_500_000_000n],
      ['AWS Support', 'Refund', -1n],
      ['Tax', 'Tax', 2_375_000_000n],
      ['Amazon Bedrock', 'A record type of tomorrow', 1_000_000_000n],
    ])
  })
  it.each([
    ['4.1032857', 4_103_285_700n],
    ['0.123456789012345678901234567890', 123_456_789n],
    ['1E-7', 100n],
    ['0E-6176', 0n],
  ])('reads the amount %s exactly', (amount, nanos) => {
    expect(parse([day('2026-11-22', group('Amazon Bedrock', 'Usage', amount))])[0]?.lines[0]?.costNanos).toBe(nanos)
  })
  it('leaves out what costs nothing in no currency, and keeps other currencies', () => {
    const [bucket] = parse([day('2026-11-22', group('A', 'Usage', '0', 'N/A'), group('B', 'Usage', '7', 'cny'))])
    expect(bucket?.lines.map(({ project, currency }) => [project, currency])).toEqual([['B', 'CNY']])
  })
  it('is one day where a page ended in the middle of it', () => {
    const halves = [day('2026-11-22', group('A', 'Usage', '1')), day('2026-11-22', group('B', 'Usage', '2'))]
    expect(parse(halves).map(({ lines }) => lines.length)).toEqual([2])
  })
  it('is left out at the end, where nothing is known of it yet, and empty in between, where nothing was spent', () => {
    const found = parse([
      day('2026-11-20', group('A', 'Usage', '1')),
      day('2026-11-21'),
      day('2026-11-22', group('A', 'Usage', '1')),
      day('2026-11-23'),
    ])
    expect(found.map(({ lines }) => lines.length)).toEqual([1, 0, 1])
  })
  it('names the model where it is billed as a service of its own', () => {
    const [bucket] = parse([day('2026-11-22', group('Claude Sonnet 5 (Amazon Bedrock Edition)', 'Usage', '1'))])
    expect(bucket?.lines[0]).toMatchObject({
      model: 'Claude Sonnet 5',
      project: 'Claude Sonnet 5 (Amazon Bedrock Edition)',
    })
  })
  it.each([
    [{}, ['Amazon Bedrock', 'AmazonCloudWatch', 'Opus (Amazon Bedrock Edition)']],
    [{ bill: 'bedrock' }, ['Amazon Bedrock', 'Opus (Amazon Bedrock Edition)']],
    [{ regions: 'us-east-1' }, ['Amazon Bedrock', 'Opus (Amazon Bedrock Edition)']],
    [{ bill: 'rest' }, ['AmazonCloudWatch']],
  ])('with %j is about its part of the bill', (options, services) => {
    const all = ['Amazon Bedrock', 'AmazonCloudWatch', 'Opus (Amazon Bedrock Edition)']
    const [bucket] = parse([day('2026-11-22', ...all.map((service) => group(service, 'Usage', '1')))], options)
    expect(bucket?.lines.map(({ project }) => project)).toEqual(services)
  })
  it('is known without the part that is asked for, so that Bedrock without use costs nothing that day', () => {
    expect(parse([day('2026-11-22', group('AmazonCloudWatch', 'Usage', '1'))], { bill: 'bedrock' })).toMatchObject([
      { lines: [] },
    ])
  })
})

describe('the question to Cost Explorer', () => {
  const empty = { ResultsByTime: [] }
  const ask = async (options: Record<string, string>) => {
    const { http, asked } = answering(empty)
    await readCosts({ http, options, now: () => nowMs }, days)
    return asked[0]?.json as { Filter?: unknown; GroupBy: { Key: string }[] }
  }
  it('has no filter and no page token unless there is one', async () => {
    expect(Object.keys(await ask({}))).toEqual(['TimePeriod', 'Granularity', 'Metrics', 'GroupBy'])
  })
  it('divides by record type, or by linked account', async () => {
    expect((await ask({})).GroupBy.map(({ Key }) => Key)).toEqual(['SERVICE', 'RECORD_TYPE'])
    expect((await ask({ split: 'accounts' })).GroupBy.map(({ Key }) => Key)).toEqual(['SERVICE', 'LINKED_ACCOUNT'])
  })
  it('leaves out credits and other accounts where that is wished', async () => {
    const accounts = { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['123456789012', '210987654321'] } }
    const credits = { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } } }
    expect((await ask({ account_ids: '123456789012, 210987654321' })).Filter).toEqual(accounts)
    expect((await ask({ credits: 'ignore' })).Filter).toEqual(credits)
    expect((await ask({ credits: 'ignore', account_ids: '123456789012,210987654321' })).Filter).toEqual({
      And: [accounts, credits],
    })
  })
  it('puts a linked account in the place of the project', async () => {
    const { http } = answering({ ResultsByTime: [day('2026-11-22', group('Amazon Bedrock', '123456789012', '1'))] })
    const read = await readCosts({ http, options: { split: 'accounts' }, now: () => nowMs }, days)
    expect(read.ok && read.value[0]?.lines[0]).toMatchObject({ project: '123456789012', lineItem: 'Amazon Bedrock' })
  })
  it('stops paying for pages at some point, and does not try again for hours', async () => {
    const { http, asked } = answering()
    let token = 0
    const endless: ProviderHttp = {
      ...http,
      send: async (request) => {
        await http.send(request)
        return ok({ ...empty, NextPageToken: `t${token++}` })
      },
    }
    const read = await readCosts({ http: endless, options: {}, now: () => nowMs }, days)
    expect(read).toMatchObject({ ok: false, failure: { kind: 'truncated', retryAtMs: nowMs + 6 * hourMs } })
    expect(asked).toHaveLength(30)
  })
  it('does not pay for an answer it cannot read every half hour', async () => {
    const { http } = answering({ surprise: 'none' })
    const read = await readCosts({ http, options: {}, now: () => nowMs }, days)
    expect(read).toMatchObject({ failure: { kind: 'unexpected-response', retryAtMs: nowMs + 6 * hourMs } })
  })
})

interface Question {
  MetricDataQueries: { MetricStat: { Metric: { MetricName: string } } }[]
}

describe('the minutes of Bedrock', () => {
  const window: ReadWindow = {
    feed: 'bedrock',
    width: 'minute',
    fromMs: nowMs - 3 * minuteMs,
    toMs: nowMs + minuteMs,
    open: true,
  }
  const metric = (MetricName: string, Value: string, ...more: string[]) => ({
    MetricName,
    Dimensions: [{ Name: 'ModelId', Value }, ...more.map((Name) => ({ Name, Value: 'x' }))],
  })
  const series = (index: number, minutesAgo: number[], Values: unknown[], StatusCode = 'Complete') => ({
    Id: `m${index}`,
    Label: 'any',
    Timestamps: minutesAgo.map((ago) => (nowMs - ago * minuteMs) / 1_000),
    Values,
    StatusCode,
  })
  const none = { Metrics: [] }
  const read = async (...answers: unknown[]) => {
    const { http, asked } = answering(...answers)
    return {
      answer: await readBedrock({ http, options: { regions: 'us-east-1' }, prices, now: () => nowMs }, window),
      asked,
    }
  }

  it('are all there, those without a data point as minutes without spend', async () => {
    const { answer } = await read(none, none)
    expect(answer.ok && answer.value.map(({ startMs, lines }) => [startMs - nowMs, lines.length])).toEqual([
      [-3 * minuteMs, 0],
      [-2 * minuteMs, 0],
      [-minuteMs, 0],
    ])
  })
  it('ask for no metric when there is none, since each costs', async () => {
    expect((await read(none, none)).asked.map(({ headers }) => headers?.['x-amz-target'])).toEqual(
      ['ListMetrics', 'ListMetrics'].map((action) => `GraniteServiceVersion20100801.${action}`),
    )
  })
  it('count each token once: by model alone, and under one of two names', async () => {
    const { asked } = await read(
      {
        Metrics: [
          metric('InputTokenCount', 'amazon.nova-pro-v1:0'),
          metric('InputTokenCount', 'amazon.nova-pro-v1:0', 'ServiceTier'),
          metric('CacheReadInputTokenCount', 'amazon.nova-pro-v1:0'),
          metric('CacheReadInputTokens', 'amazon.nova-pro-v1:0'),
          metric('constructor', 'amazon.nova-pro-v1:0'),
          metric('InvocationLatency', 'amazon.nova-pro-v1:0'),
          { MetricName: 'InputTokenCount' },
        ],
      },
      none,
      { MetricDataResults: [] },
    )
    const question = asked[2]?.json as Question | undefined
    expect(question?.MetricDataQueries.map(({ MetricStat }) => MetricStat.Metric.MetricName)).toEqual([
      'InputTokenCount',
      'CacheReadInputTokenCount',
    ])
  })
  it('add up what both endpoints counted of a model, page by page', async () => {
    const mantle = { MetricName: 'TotalInputTokens', Dimensions: [{ Name: 'Model', Value: 'amazon.nova-pro-v1:0' }] }
    const { answer } = await read(
      { Metrics: [metric('InputTokenCount', 'amazon.nova-pro-v1:0')] },
      { Metrics: [mantle] },
      { MetricDataResults: [series(0, [2], [1_000_000], 'PartialData')], NextToken: 'more' },
      { MetricDataResults: [series(0, [1], [1e6]), series(1, [2], [500_000])] },
    )
    expect(
      answer.ok && answer.value.flatMap(({ startMs, lines }) => lines.map((line) => [startMs - nowMs, line])),
    ).toEqual([
      [
        -2 * minuteMs,
        expect.objectContaining({
          costNanos: 1_200_000_000n,
          quantity: 1_500_000,
          tier: 'us-east-1',
          pricing: 'listed',
        }),
      ],
      [-minuteMs, expect.objectContaining({ costNanos: 800_000_000n, project: 'Amazon Bedrock', lineItem: 'input' })],
    ])
  })
  it.each([
    ['Forbidden', 'permission-missing'],
    ['InternalError', 'provider-down'],
  ])('are not a smaller sum where a metric is %s', async (status, kind) => {
    const { answer } = await read({ Metrics: [metric('InputTokenCount', 'a.b')] }, none, {
      MetricDataResults: [series(0, [1], [1], status)],
    })
    expect(answer).toMatchObject({ ok: false, failure: { kind } })
  })
  it.each([
    ['a count that is none', [series(0, [1], ['many'])]],
    ['a negative count', [series(0, [1], [-1])]],
    ['fewer values than instants', [series(0, [1, 2], [1])]],
    ['a metric nobody asked for', [series(7, [1], [1])]],
  ])('fail loudly on %s', async (_what, MetricDataResults) => {
    const { answer } = await read({ Metrics: [metric('InputTokenCount', 'a.b')] }, none, { MetricDataResults })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
  })
})

describe('a model of Bedrock', () => {
  it.each([
    ['us.anthropic.claude-sonnet-5-v1:0', 'us.anthropic.claude-sonnet-5-v1:0'],
    ['global.anthropic.claude-sonnet-5-v1:0', 'global.anthropic.claude-sonnet-5-v1:0'],
    ['xx.openai.gpt-5.4', 'openai.gpt-5.4'],
    ['arn:aws:bedrock:us-west-2::foundation-model/amazon.titan-embed-text-v1', 'amazon.titan-embed-text-v1'],
  ])('%s is priced as %s', (id, priced) => expect(modelOf(prices, id).priced).toBe(priced))

  it('costs more within a region than anywhere, as listed', () => {
    const cost = (id: string) =>
      prices.price(
        {
          provider: 'aws',
          model: modelOf(prices, id).priced,
          tier: 'standard',
          longContext: false,
          region: null,
          speed: null,
          atMs: nowMs,
          durationMs: minuteMs,
        },
        [{ meter: 'output', quantity: '1000000' }],
      )[0]
    expect(cost('us.anthropic.claude-sonnet-5-v1:0')).toMatchObject({ costNanos: 11_000_000_000n, pricing: 'listed' })
    expect(cost('global.anthropic.claude-sonnet-5-v1:0')).toMatchObject({
      costNanos: 10_000_000_000n,
      pricing: 'listed',
    })
    // Of a release, a profile or a maker that the list does not know: the dearest there is, never nothing.
    for (const id of [
      'global.anthropic.claude-sonnet-5-6-v1:0',
      'arn:aws:bedrock:us-east-1:1:application-inference-profile/ab12',
      'new.maker-1',
    ])
      expect(cost(id)).toMatchObject({ costNanos: 55_000_000_000n, pricing: 'ceiling' })
  })
  it('is bought by the hour where it is provisioned', () => {
    expect(modelOf(prices, 'arn:aws:bedrock:us-east-1:1:provisioned-model/ab12')).toMatchObject({
      model: 'ab12',
      provisioned: true,
    })
  })
})

describe('an access key', () => {
  const secret = 'emulated/secret+access+key0123456789abcd'
  it.each([
    [{ regions: 'us-esat-1' }, 'us-esat-1'],
    [{ regions: 'cn-north-1' }, 'cn-north-1'],
    [{ regions: 'us-east-1', bill: 'all' }, 'bill=rest'],
    [{ account_ids: '1234' }, '12 digits'],
  ])('is refused with the options %j, in words', (options, words) => {
    expect(keyKind(`AKIAEMULATED01234567:${secret}`, options).refused).toContain(words)
  })
  it('warns when it is a temporary one', () => {
    expect(keyKind(`ASIAEMULATED01234567:${secret}:token+/=`, {})).toMatchObject({
      refused: null,
      warnings: [expect.stringContaining('ends')],
    })
  })

  it.each([
    ['https://ce.us-east-1.amazonaws.com/', { service: 'ce', region: 'us-east-1' }, undefined],
    [
      'https://monitoring.eu-central-1.amazonaws.com/',
      { service: 'monitoring', region: 'eu-central-1' },
      'session+token/==',
    ],
  ])('signs for %s, wherever the request goes', async (asked, scope, token) => {
    const url = new URL('http://127.0.0.1:8080/behind/')
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Some.Action', 'user-agent': 'us' }
    const body = '{"of":"ünicode"}'
    const auth = signer(['AKIA', secret, token].filter(Boolean).join(':'), { now: () => nowMs })
    const proof = typeof auth === 'function' && (await auth({ method: 'POST', url, asked, headers, body }))
    if (!proof || !proof.ok) throw new Error('not signed')
    expect(JSON.stringify(proof)).not.toContain(secret)
    const arrived = { method: 'POST', url, body, headers: { ...headers, ...proof.value, host: url.host } }
    const keys = { id: 'AKIA', secret, ...(token ? { token } : {}) }
    expect(verify(arrived, keys, nowMs)).toEqual(scope)
    expect(verify({ ...arrived, body: '{}' }, keys, nowMs)).toHaveProperty('problem')
    expect(
      verify({ ...arrived, headers: { ...arrived.headers, 'x-amz-target': 'Other' } }, keys, nowMs),
    ).toHaveProperty('problem')
  })
})

describe('what AWS refuses', () => {
  const say = (body: unknown, said = '') => refusal({ status: 400, body, said, headers: new Headers(), nowMs })
  it.each([
    [{ __type: 'com.amazon.coral.availability#ThrottlingException' }, '', 'rate-limited', 'slow down'],
    [{ __type: 'LimitExceededException' }, '', 'rate-limited', 'slow down'],
    [{ __type: 'DataUnavailableException' }, '', 'not-found', 'Open it once'],
    [{ __type: 'AccessDeniedException' }, 'User x is not authorized', 'permission-missing', 'ce:GetCostAndUsage'],
    [{ __type: 'ExpiredTokenException' }, '', 'credential-rejected', 'temporary key has ended'],
    [{ __type: 'InvalidSignatureException' }, 'Signature expired: 20261123', 'credential-rejected', 'clock'],
    [
      { __type: 'InvalidSignatureException' },
      'The request signature we calculated',
      'credential-rejected',
      'does not belong',
    ],
    [{ Error: { Code: 'InvalidClientTokenId', Message: 'm' } }, '', 'credential-rejected', 'does not know this key'],
  ])('%j is in its words', (body, said, kind, words) => {
    expect(say(body, said)).toMatchObject({ kind, message: expect.stringContaining(words) })
  })
  it.each([[{ __type: 'ValidationException' }], [{ __type: 'constructor' }], [null], ['text']])(
    'is left to its status where %j says no more',
    (body) => expect(say(body)).toBeNull(),
  )
})

describe('the AWS adapter', () => {
  it('has Bedrock by the minute only where regions are given', () => {
    const [, bedrock] = declaredFor(aws.feeds, {})
    expect([{}, { regions: ' ' }, { regions: 'us-east-1' }].map((options) => bedrock?.when?.(options))).toEqual([
      false,
      false,
      true,
    ])
  })
  it('reads this month and the one before again, on the last day of a long one too', () => {
    const [costs] = declaredFor(aws.feeds, {})
    expect(Date.UTC(2026, 11, 31, 23, 59) - (costs?.restatesMs ?? 0)).toBeLessThanOrEqual(Date.UTC(2026, 10, 1))
  })
  it('goes to hosts of AWS alone', () => {
    expect(
      declaredFor(aws.origins, {}).every((origin) =>
        /^https:\/\/(ce|sts|monitoring)\.[a-z]+-[a-z]+-\d\.amazonaws\.com$/.test(origin),
      ),
    ).toBe(true)
  })
})
