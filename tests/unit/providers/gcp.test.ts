import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createProviderHttp } from '../../../electron/http/create-provider-http.ts'
import { createTokenMemory } from '../../../electron/http/token-memory.ts'
import { createPriceBook } from '../../../electron/prices/price-book.ts'
import type { CostLine, Options, ReadContext, ReadWindow } from '../../../electron/providers/adapter.ts'
import { feedsOf } from '../../../electron/providers/registry.ts'
import { gcp } from '../../../electron/providers/gcp/adapter.ts'
import { billQuestion } from '../../../electron/providers/gcp/bill.ts'
import { modelOf } from '../../../electron/providers/gcp/models.ts'
import { settingsOf } from '../../../electron/providers/gcp/options.ts'
import type { World } from '../../../electron/replay/world.ts'
import { parseNanos } from '../../../shared/money.ts'
import { dayMs, hourMs, iso, minuteMs } from '../../../shared/time.ts'
import { gcloudLogin, gcpKey, gcpTable, startGcp, type GcpSetting } from '../../emulators/gcp.ts'
import type { EmulatedAnswer, Emulator } from '../../emulators/http.ts'
import { createTestSystem } from '../../fakes/system.ts'

const nowMs = Date.UTC(2026, 10, 23, 10)
const prices = createPriceBook(() => nowMs)
const midnight = Date.UTC(2026, 10, 23)
const bill: ReadWindow = {
  feed: 'export',
  width: 'day',
  fromMs: midnight - 3 * dayMs,
  toMs: midnight + dayMs,
  open: true,
}
const minutes = (feed: string): ReadWindow => ({
  feed,
  width: 'minute',
  fromMs: nowMs - 10 * minuteMs,
  toMs: nowMs + minuteMs,
  open: true,
})
const flow: World['flows'][number] = {
  provider: 'gcp',
  model: 'gemini-2.5-flash',
  project: 'p1',
  apiKey: 'k1',
  tokens: { input: 1_000, cached: 0, output: 500 },
  prices: { input: 0.3, cached: 0.03, output: 2.5 },
  pace: () => 1,
}
const world: World = { now: () => nowMs, flows: [flow], usageDelayMs: 0, costDelayMs: 0 }
const usual = { table: gcpTable, query_project: 'acme-tools' }

const stopping: Emulator[] = []
afterEach(async () => {
  for (const emulator of stopping.splice(0)) await emulator.stop()
})

async function stage(
  change: { setting?: Partial<GcpSetting>; options?: Options; world?: World; secret?: string; dir?: string } = {},
) {
  const emulator = await startGcp(change.world ?? world, change.setting)
  stopping.push(emulator)
  const options = { ...usual, ...change.options }
  const system = { ...createTestSystem(), clock: { ...createTestSystem().clock, now: () => nowMs }, random: () => 0 }
  const http = createProviderHttp({
    system,
    adapter: gcp,
    baseUrl: emulator.url,
    secret: change.secret ?? gcpKey,
    options,
    tokens: createTokenMemory(),
  })
  const context: ReadContext = { http, options, prices, now: () => nowMs, dir: change.dir ?? null }
  const read = async (window: ReadWindow) => {
    const answer = await gcp.read?.(context, window)
    if (!answer) throw new Error('cannot be read')
    return answer
  }
  const lines = async (window: ReadWindow): Promise<CostLine[]> => {
    const answer = await read(window)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value.buckets.flatMap((bucket) => bucket.lines)
  }
  const answers = (path: string, answer: EmulatedAnswer, times = 1) => emulator.fail({ path, times, answer })
  return { emulator, context, read, lines, answers }
}

const columns = ['day', 'service', 'sku', 'project', 'cost_type', 'currency', 'net', 'as_of']
const plain = [
  '2026-11-22T00:00:00Z',
  'Compute Engine',
  'N2 Core',
  'web',
  'regular',
  'EUR',
  '1.5',
  '2026-11-23T04:05:06Z',
]
const row = (change: Record<number, string | null> = {}) =>
  plain.map((cell, index) => change[index] ?? (index in change ? null : cell))
const answer = (rows: (string | null)[][]): EmulatedAnswer => ({
  status: 200,
  json: {
    jobComplete: true,
    jobReference: { jobId: 'job_x', location: 'US' },
    schema: { fields: columns.map((name) => ({ name })) },
    totalRows: String(rows.length),
    ...(rows.length > 0 ? { rows: rows.map((cells) => ({ f: cells.map((v) => ({ v })) })) } : {}),
  },
})
const refusal = (status: number, reason: string, message: string): EmulatedAnswer => ({
  status,
  json: { error: { code: status, message, errors: [{ reason, message, domain: 'global' }] } },
})

describe('the bill of Google Cloud', () => {
  it.each([
    ['a correction that gives money back', { 6: '-12.345678901' }, { costNanos: -12_345_678_901n }],
    ['nothing at all', { 6: '0' }, { costNanos: 0n }],
    ['spend of no project', { 3: null }, { project: null, lineItem: 'Compute Engine: N2 Core' }],
    ['tax', { 4: 'tax' }, { tier: 'tax' }],
    ['a kind of cost of tomorrow', { 4: 'carbon_fee' }, { tier: 'carbon_fee' }],
    ['a service without a SKU', { 2: null }, { lineItem: 'Compute Engine', model: null }],
    ['a model', { 1: 'Vertex AI', 2: 'Gemini 2.5 Flash GA Text Input - Predictions' }, { model: 'gemini-2.5-flash' }],
  ])('holds %s', async (_what, change, expected) => {
    const { lines, answers } = await stage()
    answers('/queries', answer([row(change)]))
    expect(await lines(bill)).toMatchObject([{ currency: 'EUR', ...expected }])
  })

  it.each([
    ['an amount that is none', { 6: 'NaN' }],
    ['no amount', { 6: null }],
    ['no currency', { 5: null }],
    ['a day that is none', { 0: '1.7E9' }],
  ])('is not read with %s', async (_what, change) => {
    const { read, answers } = await stage()
    answers('/queries', answer([row(), row(change)]))
    expect(await read(bill)).toMatchObject({ ok: false, failure: { kind: 'unexpected-response' } })
  })

  it('is complete up to the newest export, and without a row nobody knows', async () => {
    const { read, answers } = await stage()
    answers('/queries', answer([row(), row({ 7: '2026-11-23T09:00:00Z' })]))
    expect(await read(bill)).toMatchObject({ ok: true, value: { asOfMs: Date.parse('2026-11-23T09:00:00Z') } })
    answers('/queries', answer([]))
    expect(await read(bill)).toEqual({ ok: true, value: { buckets: [], asOfMs: bill.fromMs } })
  })

  it('has nothing left of a day whose last row was taken back, as far as days around it are known', async () => {
    const { read, answers } = await stage()
    answers('/queries', answer([row({ 0: '2026-11-20' }), row()]))
    const days = await read(bill)
    expect(
      days.ok && days.value.buckets.map(({ startMs, lines }) => [iso(startMs).slice(0, 10), lines.length]),
    ).toEqual([
      ['2026-11-20', 1],
      ['2026-11-21', 0],
      ['2026-11-22', 1],
    ])
  })

  it('adds up to what its rows say, whatever they say', async () => {
    const amount = fc
      .tuple(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.integer({ min: 0, max: 2 }))
      .map(([nanos, day]) => ({
        text: `${nanos < 0n ? '-' : ''}${(nanos < 0n ? -nanos : nanos) / 10n ** 9n}.${String((nanos < 0n ? -nanos : nanos) % 10n ** 9n).padStart(9, '0')}`,
        nanos,
        day: iso(bill.fromMs + day * dayMs).replace('.000', ''),
      }))
    const { read, answers } = await stage()
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { maxLength: 20 }), async (amounts) => {
        answers('/queries', answer(amounts.map(({ text, day }) => row({ 0: day, 6: text }))))
        const bought = await read(bill)
        const buckets = bought.ok ? bought.value.buckets : []
        const sum = buckets.flatMap(({ lines }) => lines).reduce((total, { costNanos }) => total + costNanos, 0n)
        expect(sum).toBe(amounts.reduce((total, { nanos }) => total + nanos, 0n))
        expect(buckets.map(({ startMs }) => startMs)).toEqual(
          buckets.map(({ startMs }) => startMs).toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('reads partitions since the day before and never bounds them from above', () => {
    const settings = settingsOf(usual)
    const { sql, parameters } = billQuestion(settings.ok ? settings.value : ({} as never), bill)
    expect(sql).toContain("(_PARTITIONTIME >= TIMESTAMP('2026-11-19') OR _PARTITIONTIME IS NULL)")
    expect(sql).not.toMatch(/_PARTITIONTIME\s*</)
    expect(parameters).toEqual({ from: '2026-11-20T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' })
  })

  it('is read from a view too, which has no partitions of its own', async () => {
    const { lines } = await stage({ setting: { isView: true } })
    expect((await lines(bill)).length).toBeGreaterThan(0)
  })

  it('is waited for where the query takes long, and found outside the US by its location', async () => {
    const { lines, emulator } = await stage({
      setting: { location: 'europe-west3', looksUntilDone: 4 },
      options: { location: 'europe-west3' },
    })
    expect((await lines(bill)).length).toBeGreaterThan(0)
    expect(emulator.asked.filter((what) => what.includes('location=europe-west3'))).toHaveLength(4)
  })

  it('gives up on a query that never ends', async () => {
    const { read } = await stage({ setting: { looksUntilDone: 1_000 } })
    expect(await read(bill)).toMatchObject({ ok: false, failure: { kind: 'timeout' } })
  })

  it.each([
    ['another location', { location: 'EU' }, 'not-found', 'location'],
    ['a table that is not there', { table: 'acme-billing.billing.nothing' }, 'not-found', 'table'],
    ['a project without the right to run queries', { query_project: 'stranger' }, 'permission-missing', 'Job User'],
    ['more bytes than are allowed', { max_bytes: '10485760' }, 'invalid-input', 'max_bytes'],
    ['a table that would be more than a table', { table: 'a.b.c` UNION ALL SELECT' }, 'invalid-input', 'option table'],
    ['bytes that are no number', { max_bytes: '1 GiB' }, 'invalid-input', 'max_bytes'],
  ])('says what to do about %s', async (_what, options, kind, words) => {
    const { read } = await stage({ options, setting: { partitionBytes: 9_000_000n } })
    const answer = await read(bill)
    expect(answer).toMatchObject({ ok: false, failure: { kind, message: expect.stringContaining(words) } })
  })

  it('is not queried and billed twice where an answer gets lost', async () => {
    const ids: unknown[] = []
    const system = {
      ...createTestSystem(),
      random: () => 0,
      fetch: (async (url: string, init?: RequestInit) => {
        if (url.includes('/token')) return Response.json({ access_token: 'ya29.x', expires_in: 3_599 })
        ids.push((JSON.parse(String(init?.body)) as { requestId: string }).requestId)
        if (ids.length === 1) throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })
        return Response.json({ jobComplete: true, totalRows: '0' })
      }) as typeof fetch,
    }
    const http = createProviderHttp({ system, adapter: gcp, baseUrl: null, secret: gcpKey, options: usual })
    const context: ReadContext = { http, options: usual, prices, now: () => nowMs, dir: null }
    await gcp.read?.(context, bill)
    await gcp.read?.(context, bill)
    expect(ids).toHaveLength(3)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  it('waits where a quota is used up, which Google says with a 403', async () => {
    const { read, answers } = await stage()
    answers('/queries', refusal(403, 'quotaExceeded', 'Quota exceeded'))
    expect(await read(bill)).toMatchObject({ failure: { kind: 'rate-limited', retryAtMs: nowMs + 5 * minuteMs } })
  })
})

describe('signing in to Google', () => {
  it("says that this computer's clock is wrong", async () => {
    const { read, answers } = await stage()
    answers('/token', {
      status: 400,
      json: {
        error: 'invalid_grant',
        error_description: 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
      },
    })
    expect(await read(bill)).toMatchObject({
      failure: { kind: 'credential-rejected', message: expect.stringContaining('clock is wrong') },
    })
  })

  it('says that a key was deleted, and repeats nothing of it', async () => {
    const { read } = await stage({ secret: gcpKey.replace('guard@acme', 'gone@acme') })
    const answer = await read(bill)
    expect(answer).toMatchObject({
      failure: { kind: 'credential-rejected', message: expect.stringContaining('deleted') },
    })
    expect(JSON.stringify(answer)).not.toContain('PRIVATE')
  })

  it('says that a private key is damaged', async () => {
    const { read, emulator } = await stage({ secret: gcpKey.replace(/\\n.{200}/, '\\n') })
    expect(await read(bill)).toMatchObject({
      failure: { kind: 'credential-rejected', message: expect.stringContaining('private key') },
    })
    expect(emulator.asked).toEqual([])
  })

  it('asks by our own door alone, at no host but its own, and once for many requests', async () => {
    const hosts: string[] = []
    const system = {
      ...createTestSystem(),
      fetch: (async (url: string) => {
        hosts.push(new URL(url).host)
        return url.includes('/token')
          ? Response.json({ access_token: 'ya29.x', expires_in: 3_599 })
          : Response.json({ jobComplete: true, totalRows: '0', jobReference: { jobId: 'j' } })
      }) as typeof fetch,
    }
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9')
    const http = createProviderHttp({ system, adapter: gcp, baseUrl: null, secret: gcpKey, options: usual })
    const context: ReadContext = { http, options: usual, prices, now: () => nowMs, dir: null }
    await gcp.read?.(context, bill)
    await gcp.read?.(context, bill)
    expect(hosts).toEqual(['oauth2.googleapis.com', 'bigquery.googleapis.com', 'bigquery.googleapis.com'])
  })

  it.each([
    [{}, ['cloud-platform.read-only']],
    [{ monitoring_projects: 'p1' }, ['cloud-platform.read-only', 'monitoring.read']],
    [{ billing_account: '01AB23-CD45EF-678901' }, ['cloud-platform.read-only', 'cloud-billing']],
  ])('asks for no more than %j needs', async (options, scopes) => {
    let asked = ''
    const fetched = (async (url: string, init?: RequestInit) => {
      if (url.includes('/token')) asked = new URLSearchParams(String(init?.body)).get('assertion') ?? ''
      return Response.json({ access_token: 'ya29.x', expires_in: 3_599 })
    }) as typeof fetch
    const http = createProviderHttp({
      system: { ...createTestSystem(), fetch: fetched },
      adapter: gcp,
      baseUrl: null,
      secret: gcpKey,
      options: { ...usual, ...options },
    })
    await http.get('/bigquery/v2/projects')
    const claims = JSON.parse(Buffer.from(asked.split('.')[1] ?? '', 'base64url').toString()) as { scope: string }
    expect(claims.scope.split(' ').map((one) => one.split('/auth/')[1])).toEqual(scopes)
  })

  it('takes the login that gcloud keeps, where that is chosen, and counts for its project', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'gcloud-')), 'login.json')
    writeFileSync(file, gcloudLogin)
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file)
    const chosen = await stage({ secret: '', options: { credentials: 'gcloud', monitoring_projects: 'p1' } })
    expect(await chosen.read(bill)).toMatchObject({ ok: true })
    expect(await chosen.read(minutes('vertex'))).toMatchObject({ ok: true })
    const not = await stage({ secret: '' })
    expect(await not.read(bill)).toMatchObject({ failure: { kind: 'secret-missing' } })
    expect(not.emulator.asked).toEqual([])
  })

  it.each([
    ['no file', undefined, 'gcloud auth application-default login'],
    ['a file of another kind', '{"type":"external_account"}', 'neither'],
    ['a damaged file', '{"type":', 'neither'],
  ])('says so where gcloud has left %s', async (_what, text, words) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gcloud-'))
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '')
    vi.stubEnv('CLOUDSDK_CONFIG', folder)
    if (text !== undefined) writeFileSync(path.join(folder, 'application_default_credentials.json'), text)
    const { read, emulator } = await stage({ secret: '', options: { credentials: 'gcloud' } })
    expect(await read(bill)).toMatchObject({ ok: false, failure: { message: expect.stringContaining(words) } })
    expect(emulator.asked).toEqual([])
  })

  it('takes the account of the machine only where that is chosen', async () => {
    const { read, emulator } = await stage({ secret: '', options: { credentials: 'machine' } })
    expect(await read(bill)).toMatchObject({ ok: true })
    expect(emulator.asked[0]).toContain('/computeMetadata/v1/instance/service-accounts/default/token')
  })

  it.each([
    ['{"installed":{"client_id":"x"}}', {}, 'complete key'],
    ['{"type":"external_account"}', {}, 'workload identity'],
    [gcpKey.replace('"googleapis.com"', '"other.cloud"'), {}, 'other.cloud'],
    [gcpKey, { credentials: 'gcloud' }, 'not both'],
    [gcpKey, { table: 'billing' }, 'option table'],
    [gcpKey, { billing_account: '42' }, 'option billing_account'],
    ['', {}, 'no key'],
  ])('refuses what cannot work before it is sent (%#)', (secret, options: Options, words) => {
    expect(gcp.keyKind(secret, { ...usual, ...options }).refused).toContain(words)
  })
})

describe('checking a Google account', () => {
  const warnings = async (change: Parameters<typeof stage>[0]) => {
    const { context } = await stage(change)
    return (await gcp.checkKey(context)).warnings.join(' ')
  }
  it('says what a read will scan, and when that is more than allowed', async () => {
    expect(await warnings({ setting: { partitionBytes: 20n * 2n ** 20n } })).toContain(
      'about 100 MiB, at most 1024 MiB',
    )
    expect(
      await warnings({ setting: { partitionBytes: 20n * 2n ** 20n }, options: { max_bytes: '52428800' } }),
    ).toContain('more than max_bytes allows')
  })
  it('warns where the account may change the export', async () => {
    expect(await warnings({ setting: { permissions: ['bigquery.tables.delete'] } })).toContain('change or delete')
    expect(await warnings({})).not.toContain('change or delete')
  })
  it('names the projects whose tokens it may not count', async () => {
    expect(await warnings({ options: { monitoring_projects: 'p1, secret-project' } })).toMatch(
      /^((?!Project p1).)*Tokens cannot be counted.*Project secret-project/,
    )
  })
  it('runs no query', async () => {
    const { context, emulator } = await stage()
    await gcp.checkKey(context)
    expect(emulator.asked.filter((what) => what.includes('/queries/'))).toEqual([])
  })
})

const series = (metric: Record<string, string>, count: unknown, resource: Record<string, string> = {}) => ({
  metric: { labels: metric },
  resource: { labels: { project_id: 'p1', ...resource } },
  points: [{ interval: { endTime: iso(nowMs) }, value: { int64Value: count } }],
})
const seriesAnswer = (...list: unknown[]): EmulatedAnswer => ({ status: 200, json: { timeSeries: list } })
const million = '1000000'

describe('tokens of Vertex AI', () => {
  const vertex = (labels: Record<string, string>, resource: Record<string, string> = {}) =>
    seriesAnswer(
      series({ type: 'output', ...labels }, million, {
        model_user_id: 'gemini-2.5-flash',
        publisher: 'google',
        ...resource,
      }),
    )
  it.each([
    ['at list price', {}, {}, { costNanos: 2_500_000_000n, pricing: 'listed', tier: null, model: 'gemini-2.5-flash' }],
    ['as prepaid where throughput is bought', { request_type: 'dedicated' }, {}, { costNanos: 0n, pricing: 'prepaid' }],
    [
      'carefully in a tier without a known price',
      { shared_request_type: 'priority' },
      {},
      { pricing: 'ceiling', tier: 'priority' },
    ],
    ['as input where the kind is new', { type: 'tool_input' }, {}, { costNanos: 300_000_000n, lineItem: 'input' }],
    ['as sound where it was sound', { type: 'input', modality: 'AUDIO' }, {}, { costNanos: 1_000_000_000n }],
    [
      "at Anthropic's price, a tenth more in a region",
      { type: 'input' },
      { publisher: 'anthropic', model_user_id: 'claude-sonnet-4-5@20250929', location: 'us-east5' },
      { costNanos: 3_300_000_000n, model: 'claude-sonnet-4-5' },
    ],
    [
      'at the ceiling where the model is unknown',
      {},
      { model_user_id: 'llama-9' },
      { pricing: 'ceiling', model: 'llama-9' },
    ],
  ])('are priced %s', async (_how, labels, resource, expected) => {
    const { lines, answers } = await stage({ options: { monitoring_projects: 'p1' } })
    answers('/timeSeries', vertex(labels, resource))
    expect(await lines(minutes('vertex'))).toMatchObject([{ currency: 'USD', project: 'p1', ...expected }])
  })

  it('belong to the minute that ends with them', async () => {
    const { read, answers } = await stage({ options: { monitoring_projects: 'p1' } })
    answers('/timeSeries', vertex({}))
    expect(await read(minutes('vertex'))).toMatchObject({
      value: { buckets: [{ startMs: nowMs - minuteMs, width: 'minute' }] },
    })
  })

  it('of another project in its metrics scope are not counted twice', async () => {
    const { lines, answers } = await stage({ options: { monitoring_projects: 'p1' } })
    answers('/timeSeries', vertex({}, { project_id: 'p2' }))
    expect(await lines(minutes('vertex'))).toEqual([])
  })

  it.each([['many'], [null], [-4]])('are not read from the count %j', async (count) => {
    const { read, answers } = await stage({ options: { monitoring_projects: 'p1' } })
    answers('/timeSeries', seriesAnswer(series({ type: 'input' }, count)))
    expect(await read(minutes('vertex'))).toMatchObject({ failure: { kind: 'unexpected-response' } })
  })

  it('that Google could read in part only are not taken for all', async () => {
    const { read, answers } = await stage({ options: { monitoring_projects: 'p1' } })
    answers('/timeSeries', { status: 200, json: { executionErrors: [{ code: 4 }] } })
    expect(await read(minutes('vertex'))).toMatchObject({ failure: { kind: 'truncated' } })
  })

  it('are a feed only where projects are named', () => {
    const named = (options: Options) => feedsOf({ provider: 'gcp', options }).map(({ id }) => id)
    expect(named(usual)).toEqual(['export'])
    expect(named({ ...usual, monitoring_projects: 'p1' })).toEqual(['export', 'vertex', 'gemini'])
  })
})

describe('tokens of the Gemini API', () => {
  const keyed = (apiKey: string, change: Partial<World['flows'][number]> = {}) => ({ ...flow, apiKey, ...change })
  const options = { monitoring_projects: 'p1' }
  const sum = (list: CostLine[]) => list.reduce((total, { costNanos }) => total + costNanos, 0n)

  it('are counted once, although each limit of a quota counts them', async () => {
    const { lines } = await stage({ options, world: { ...world, flows: [keyed('apikey:a')] } })
    // Ten minutes of 1,000 tokens in at $0.30 and 500 out at $2.50 for a million.
    expect(sum(await lines(minutes('gemini')))).toBe(15_500_000n)
  })

  it('belong to the credential that alone has called, and to none where several have', async () => {
    const half = (atMs: number) => (atMs < nowMs - 5 * minuteMs ? 1 : 0)
    const flows = [keyed('apikey:a'), keyed('apikey:b', { pace: half, model: 'gemini-2.5-pro' })]
    const { read } = await stage({ options, world: { ...world, flows } })
    const answer = await read(minutes('gemini'))
    const keys = answer.ok
      ? answer.value.buckets.map(({ lines }) => [...new Set(lines.map(({ apiKey }) => apiKey))])
      : []
    expect(keys.map(String)).toEqual([...Array<string>(5).fill(''), ...Array<string>(5).fill('apikey:a')])
  })

  it('cost nothing where the model is used in the free tier alone', async () => {
    const { lines, answers } = await stage({ options })
    const output = series({ model: 'gemini-2.5-flash', output_modality: 'text' }, million)
    const pro = series({ model: 'gemini-2.5-pro' }, million)
    answers('/timeSeries', seriesAnswer(output, pro))
    answers('/timeSeries', seriesAnswer(series({ model: 'gemini-2.5-flash', limit_name: 'x' }, '9')))
    expect(await lines(minutes('gemini'))).toMatchObject([{ model: 'gemini-2.5-pro', lineItem: 'output' }])
  })
})

describe('a bill in another currency', () => {
  const setting = { currency: 'EUR', perUsd: '0.9' }
  const options = { monitoring_projects: 'p1' }

  it('has its estimates in that currency, so that no money stands there twice', async () => {
    const { lines } = await stage({ setting, options })
    const billed = await lines(bill)
    const estimated = await lines(minutes('vertex'))
    expect(new Set([...billed, ...estimated].map(({ currency }) => currency))).toEqual(new Set(['EUR']))
    // Of each minute 300 and 1,250 nanos of a dollar for a thousand tokens; nine tenths of it.
    expect(estimated.slice(0, 2).map(({ costNanos }) => costNanos)).toEqual([270_000n, 1_125_000n])
  })

  it('tells its rate once a day, not every minute', async () => {
    const dir = path.join(mkdtempSync(path.join(tmpdir(), 'gcp-')), 'account')
    const { lines, emulator } = await stage({ setting, options, dir })
    for (let read = 0; read < 3; read++) await lines(minutes('vertex'))
    expect(emulator.asked.filter((what) => what.startsWith('POST') && what.includes('/queries'))).toHaveLength(1)
  })

  it('keeps its currency when the export stops', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'gcp-'))
    const rate = { atMs: nowMs - 2 * dayMs, table: gcpTable, rate: { currency: 'EUR', per_usd: '0.9' } }
    writeFileSync(path.join(dir, 'currency.json'), JSON.stringify(rate))
    const { lines, answers } = await stage({ options, dir })
    answers('/queries', answer([]))
    expect((await lines(minutes('vertex')))[0]).toMatchObject({ currency: 'EUR' })
  })

  it('without a rate fails the read: an estimate in the wrong currency would never be compared', async () => {
    const { read } = await stage({ setting: { ...setting, perUsd: 'unknown' }, options })
    expect(await read(minutes('vertex'))).toMatchObject({ failure: { kind: 'unexpected-response' } })
  })
})

describe('budgets of a billing account', () => {
  const caps = async (budgets: unknown[], options: Options = { billing_account: '01AB23-CD45EF-678901' }) => {
    const { context } = await stage({ setting: { budgets }, options })
    return gcp.caps?.(context)
  }
  const specified = (units: string | undefined, nanos: number | undefined, currencyCode = 'EUR') => ({
    specifiedAmount: {
      currencyCode,
      ...(units === undefined ? {} : { units }),
      ...(nanos === undefined ? {} : { nanos }),
    },
  })

  it('only warn; all pages of them, with amount and period', async () => {
    expect(
      await caps([
        { displayName: 'All', amount: specified('500', undefined), budgetFilter: { calendarPeriod: 'MONTH' } },
        {
          displayName: 'Search',
          amount: specified('12', 345_000_000),
          budgetFilter: { calendarPeriod: 'QUARTER', projects: ['projects/7'] },
        },
        {
          displayName: 'Small',
          amount: specified(undefined, 500_000_000),
          thresholdRules: [{ thresholdPercent: 0.9 }],
        },
        { displayName: 'Launch', amount: specified('9', 0), budgetFilter: { customPeriod: { startDate: {} } } },
        { amount: { lastPeriodAmount: {} }, budgetFilter: { calendarPeriod: 'FORTNIGHT' } },
      ]),
    ).toEqual({
      ok: true,
      value: [
        { scope: 'budget All', effect: 'warn', limit: '500', currency: 'EUR', period: 'month' },
        { scope: 'budget Search, projects/7', effect: 'warn', limit: '12.345', currency: 'EUR', period: 'quarter' },
        { scope: 'budget Small', effect: 'warn', limit: '0.5', currency: 'EUR', period: 'month' },
        { scope: 'budget Launch', effect: 'warn', limit: '9', currency: 'EUR', period: 'total' },
        { scope: 'budget without a name', effect: 'warn', limit: null, currency: 'USD', period: 'total' },
      ],
    })
  })
  it('are none where there are none', async () => {
    expect(await caps([])).toEqual({ ok: true, value: [] })
  })
  it.each([[specified('many', 0)], [specified('1', 0.5)], [specified('1', 0, '€')]])(
    'are not read with an amount that is none (%#)',
    async (amount) => {
      expect(await caps([{ displayName: 'x', amount }])).toMatchObject({ failure: { kind: 'unexpected-response' } })
    },
  )
  it('are unknown without the billing account', async () => {
    expect(await caps([], {})).toMatchObject({ failure: { message: expect.stringContaining('billing_account') } })
  })
})

describe('the model a line is about', () => {
  it.each([
    ['Vertex AI', 'Gemini 2.5 Flash GA Text Input - Predictions', 'gemini-2.5-flash'],
    ['Gemini API', 'Generate content input token count gemini 3.1 flash lite preview text', 'gemini-3.1-flash-lite'],
    ['Gemini API', 'GenerateContent text output token count for Gemini 2.0 Flash', 'gemini-2.0-flash'],
    ['Gemini API', 'Generate_content text input token count for gemini 3 pro short', 'gemini-3-pro'],
    ['Vertex AI', 'Claude Opus 4.5 - Input Tokens', 'claude-opus-4-5'],
    ['Vertex AI', 'Custom training in Iowa', null],
    ['Compute Engine', 'Gemini 2.5 Pro', null],
    [null, 'Gemini 2.5 Pro', null],
    ['Vertex AI', null, null],
  ])('%s: %s', (service, sku, model) => {
    expect(modelOf(service, sku)).toBe(model)
  })
})

describe('a late hour of use', () => {
  it('lands in the day it was used on, in whatever partition it comes', async () => {
    const late: World = { ...world, costDelayMs: 30 * hourMs }
    const { lines } = await stage({ world: late })
    const day = (await lines({ ...bill, fromMs: midnight - 2 * dayMs, toMs: midnight - dayMs })).map(
      ({ costNanos }) => costNanos,
    )
    expect(day).toEqual([parseNanos(String(1_440 * 0.00155))])
  })
})
