import { createVerify, generateKeyPairSync } from 'node:crypto'
import { countBetween, countSpan, type Flow, type World } from '../../electron/replay/world.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type EmulatedRequest, type Emulator } from './http.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const email = 'guard@acme-tools.iam.gserviceaccount.com'

/** The document that Google makes for a service account. */
export const gcpKey = JSON.stringify({
  type: 'service_account',
  project_id: 'acme-tools',
  private_key_id: '0123456789abcdef',
  private_key: privateKey,
  client_email: email,
  client_id: '100000000000000000001',
  token_uri: 'https://oauth2.googleapis.com/token',
  universe_domain: 'googleapis.com',
})

export const gcpTable = 'acme-billing.billing.gcp_billing_export_v1_01AB23_CD45EF_678901'
const token = 'ya29.emulated-access-token'
const userToken = 'ya29.emulated-user-token'
const refreshToken = '1//emulated-refresh-token'
export const gcloudLogin = JSON.stringify({
  type: 'authorized_user',
  client_id: 'gcloud.apps.googleusercontent.com',
  client_secret: 'emulated-client-secret',
  refresh_token: refreshToken,
  quota_project_id: 'acme-tools',
})

export interface GcpSetting {
  location: string
  currency: string
  /** How much of the currency a dollar is; decimal text. */
  perUsd: string
  /** Bytes of one day's partition. */
  partitionBytes: bigint
  /** What Google gives back of the gross cost, in thousandths of it. */
  creditPermille: bigint
  /** Looks at a query that is not finished yet. */
  looksUntilDone: number
  /** A view has no partition column of its own. */
  isView: boolean
  permissions: string[]
  budgets: unknown[]
}

const usual: GcpSetting = {
  location: 'US',
  currency: 'USD',
  perUsd: '1',
  partitionBytes: 2_000_000n,
  creditPermille: 200n,
  looksUntilDone: 1,
  isView: false,
  permissions: [],
  budgets: [],
}

export const startGcp = (world: World, setting: Partial<GcpSetting> = {}): Promise<Emulator> =>
  startEmulator(gcpAnswers(world, setting))

/** Flows whose key has the form of a credential go through the Gemini API, the others through Vertex AI. */
const isGemini = (flow: Flow) => flow.apiKey.includes(':')

/** Sign-in, BigQuery, Cloud Monitoring and budgets as documented; all behind one base URL, as their paths differ. */
export function gcpAnswers(world: World, changes: Partial<GcpSetting> = {}): Answers {
  const setting = { ...usual, ...changes }
  const jobs = new Map<string, Job>()
  return (request) => {
    const { pathname } = request.url
    if (pathname === '/token') return signIn(request)
    if (pathname.startsWith('/computeMetadata/')) return machine(request)
    const isUser = request.headers.authorization === `Bearer ${userToken}`
    if (isUser && pathname.startsWith('/v3/') && !request.headers['x-goog-user-project'])
      return refuse(
        403,
        'forbidden',
        'The monitoring.googleapis.com API requires a quota project.',
        'PERMISSION_DENIED',
      )
    if (!isUser && request.headers.authorization !== `Bearer ${token}`)
      return refuse(401, 'authError', 'Request had invalid authentication credentials.', 'UNAUTHENTICATED')
    if (pathname.endsWith(':testIamPermissions')) return permissions(setting, request)
    const [, project, job] = /^\/bigquery\/v2\/projects\/([^/]+)\/queries(?:\/([^/]+))?$/.exec(pathname) ?? []
    if (project && job) return results(setting, jobs.get(job), job, request.url)
    if (project) return query(world, setting, jobs, project, request)
    const [, monitored] = /^\/v3\/projects\/([^/]+)\/timeSeries$/.exec(pathname) ?? []
    if (monitored) return timeSeries(world, monitored, request.url)
    if (/^\/v1\/billingAccounts\/[\w-]+\/budgets$/.test(pathname)) return budgets(setting, request.url)
    return { status: 404, json: { error: { code: 404, message: 'Not Found', status: 'NOT_FOUND' } } }
  }
}

function refuse(code: number, reason: string, message: string, status: string): EmulatedAnswer {
  return { status: code, json: { error: { code, message, errors: [{ message, domain: 'global', reason }], status } } }
}

function refuseGrant(why: string): EmulatedAnswer {
  return { status: 400, json: { error: 'invalid_grant', error_description: why } }
}

function signIn({ method, body, headers }: EmulatedRequest): EmulatedAnswer {
  if (method !== 'POST' || !headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return { status: 400, json: { error: 'invalid_request' } }
  const form = new URLSearchParams(body)
  if (form.get('grant_type') === 'refresh_token')
    return form.get('refresh_token') === refreshToken && form.get('client_secret') === 'emulated-client-secret'
      ? { status: 200, json: { access_token: userToken, expires_in: 3_599, token_type: 'Bearer' } }
      : refuseGrant('Bad Request')
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
    return { status: 400, json: { error: 'unsupported_grant_type' } }
  const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
  const verified = createVerify('RSA-SHA256')
    .update(`${header}.${claims}`)
    .verify(publicKey, Buffer.from(signature, 'base64url'))
  if (!verified) return refuseGrant('Invalid JWT Signature.')
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    iss: string
    aud: string
    scope: string
    iat: number
    exp: number
  }
  if (said.iss !== email) return refuseGrant('Invalid grant: account not found')
  if (said.aud !== 'https://oauth2.googleapis.com/token') return refuseGrant('Invalid JWT: Failed audience check.')
  const { iat, exp } = said
  if (exp - iat > 3_600 || Math.abs(iat - Date.now() / 1_000) > 300)
    return refuseGrant(
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    )
  if (!said.scope.split(' ').every((scope) => scope.startsWith('https://www.googleapis.com/auth/')))
    return {
      status: 400,
      json: { error: 'invalid_scope', error_description: 'Invalid OAuth scope or ID token audience provided.' },
    }
  return granted
}

const granted: EmulatedAnswer = { status: 200, json: { access_token: token, expires_in: 3_599, token_type: 'Bearer' } }

function machine({ headers }: EmulatedRequest): EmulatedAnswer {
  return headers['metadata-flavor'] === 'Google' ? granted : { status: 403, text: '<html>Forbidden</html>' }
}

function permissions(setting: GcpSetting, { body }: EmulatedRequest): EmulatedAnswer {
  const { permissions: asked } = JSON.parse(body) as { permissions: string[] }
  const held = asked.filter((one) => setting.permissions.includes(one))
  return { status: 200, json: held.length > 0 ? { permissions: held } : {} }
}

interface Job {
  names: string[]
  rows: (string | null)[][]
  looks: number
  bytes: bigint
}

const knownFields = new Set(
  'query useLegacySql parameterMode queryParameters location timeoutMs maxResults maximumBytesBilled useQueryCache labels dryRun requestId'.split(
    ' ',
  ),
)

interface QueryBody {
  query: string
  useLegacySql?: boolean
  parameterMode?: string
  queryParameters?: { name: string; parameterType: { type: string }; parameterValue: { value: string } }[]
  location?: string
  maxResults?: number
  maximumBytesBilled?: string
  labels?: Record<string, string>
  dryRun?: boolean
}

function query(
  world: World,
  setting: GcpSetting,
  jobs: Map<string, Job>,
  project: string,
  request: EmulatedRequest,
): EmulatedAnswer {
  const body = JSON.parse(request.body) as QueryBody
  const strange = Object.keys(body).find((name) => !knownFields.has(name))
  if (strange)
    return refuse(400, 'invalid', `Invalid JSON payload received. Unknown name "${strange}"`, 'INVALID_ARGUMENT')
  if (!['acme-billing', 'acme-tools'].includes(project))
    return refuse(
      403,
      'accessDenied',
      `Access Denied: Project ${project}: User does not have bigquery.jobs.create permission in project ${project}.`,
      'PERMISSION_DENIED',
    )
  // The default is legacy SQL, whose table names stand in brackets.
  if (body.useLegacySql !== false) return invalid('Encountered " "FROM" "FROM "" at line 4. [Try using standard SQL]')
  if (
    Object.entries(body.labels ?? {}).some(
      ([name, value]) => !/^[a-z][a-z0-9_-]{0,62}$/.test(name) || !/^[a-z0-9_-]{0,63}$/.test(value),
    )
  )
    return refuse(400, 'invalid', 'Label is invalid.', 'INVALID_ARGUMENT')
  const table = /FROM `([^`]+)`/.exec(body.query)?.[1] ?? ''
  const place = body.location ?? 'US'
  if (place !== setting.location)
    return refuse(
      404,
      'notFound',
      `Not found: Dataset acme-billing:billing was not found in location ${place}`,
      'NOT_FOUND',
    )
  if (table !== gcpTable)
    return refuse(404, 'notFound', `Not found: Table ${table} was not found in location ${place}`, 'NOT_FOUND')
  if (setting.isView && body.query.includes('_PARTITIONTIME'))
    return invalid('Unrecognized name: _PARTITIONTIME at [6:8]')
  const given = new Map(body.queryParameters?.map((one) => [one.name, one.parameterValue.value]))
  for (const [, name = ''] of body.query.matchAll(/@(\w+)/g))
    if (!given.has(name) || body.parameterMode !== 'NAMED') return invalid(`Query parameter '${name}' not found`)
  const column = setting.isView ? 'export_time' : '_PARTITIONTIME'
  const since = new RegExp(`${column} >= TIMESTAMP\\('(\\d{4}-\\d\\d-\\d\\d)'\\)`).exec(body.query)?.[1]
  // Without a bound every partition since the export began is read.
  const sinceMs = since ? Date.parse(since) : world.now() - 800 * dayMs
  const bytes = setting.partitionBytes * BigInt(Math.ceil((world.now() - sinceMs) / dayMs))
  if (body.dryRun)
    return { status: 200, json: { jobComplete: true, totalBytesProcessed: String(bytes), schema: { fields: [] } } }
  if (body.maximumBytesBilled !== undefined && BigInt(body.maximumBytesBilled) < bytes)
    return refuse(
      500,
      'bytesBilledLimitExceeded',
      `Query exceeded limit for bytes billed: ${body.maximumBytesBilled}. ${bytes} or higher required.`,
      'INTERNAL',
    )
  const id = `job_${jobs.size + 1}`
  const job = { ...rowsOf(world, setting, body.query, given, sinceMs), looks: 0, bytes }
  jobs.set(id, job)
  return results(setting, job, id, new URL(`?location=${place}&maxResults=${body.maxResults ?? 1_000}`, request.url))
}

function invalid(message: string): EmulatedAnswer {
  return refuse(400, 'invalidQuery', message, 'INVALID_ARGUMENT')
}

function results(setting: GcpSetting, job: Job | undefined, id: string, url: URL): EmulatedAnswer {
  const location = url.searchParams.get('location')
  // Only the two multi-regions are found without being named.
  if (!job || (location ?? 'US') !== setting.location)
    return refuse(404, 'notFound', `Not found: Job acme-tools:${id}`, 'NOT_FOUND')
  const reference = { projectId: 'acme-tools', jobId: id, location: setting.location }
  if (job.looks++ < setting.looksUntilDone)
    return { status: 200, json: { jobComplete: false, jobReference: reference } }
  const at = Number(url.searchParams.get('pageToken') ?? 0)
  const end = at + Math.min(Number(url.searchParams.get('maxResults') ?? 1_000), mostRows)
  return {
    status: 200,
    json: {
      kind: 'bigquery#queryResponse',
      jobComplete: true,
      jobReference: reference,
      schema: { fields: job.names.map((name) => ({ name, type: 'STRING', mode: 'NULLABLE' })) },
      totalRows: String(job.rows.length),
      ...(job.rows.length > 0 ? { rows: job.rows.slice(at, end).map((row) => ({ f: row.map((v) => ({ v })) })) } : {}),
      ...(end < job.rows.length ? { pageToken: String(end) } : {}),
      totalBytesProcessed: String(job.bytes),
      cacheHit: false,
    },
  }
}

/** An answer is at most so large, however many rows are asked for. */
const mostRows = 40
const hourMs = 3_600_000
const dayMs = 24 * hourMs

function rowsOf(
  world: World,
  setting: GcpSetting,
  sql: string,
  given: ReadonlyMap<string, string>,
  sinceMs: number,
): Pick<Job, 'names' | 'rows'> {
  const stamp = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`
  if (sql.includes('currency_conversion_rate'))
    return { names: ['currency', 'per_usd'], rows: [[setting.currency, setting.perUsd]] }
  // What the query does with credits is what it gets: without them the cost is gross.
  const nets =
    /SUM\(CAST\(cost AS NUMERIC\)\s*\+ IFNULL\(\(SELECT SUM\(CAST\(credit\.amount AS NUMERIC\)\) FROM UNNEST\(credits\) AS credit\), 0\)\)/.test(
      sql,
    )
  const [fromMs, toMs] = ['from', 'to'].map((name) => Date.parse(given.get(name) ?? '')) as [number, number]
  const exportedMs = world.now() - world.costDelayMs
  const rows: Job['rows'] = []
  // The export has rows by the hour, each of which lands in the partition of the day it was exported on.
  for (let day = Math.floor(fromMs / dayMs) * dayMs; day < toMs; day += dayMs) {
    for (const flow of world.flows.filter(({ provider }) => provider === 'gcp')) {
      let nanos = 0n
      for (let hour = Math.max(day, fromMs); hour < Math.min(day + dayMs, toMs, exportedMs); hour += hourMs)
        if (hour + world.costDelayMs >= sinceMs)
          nanos += countSpan(flow, hour, Math.min(hour + hourMs, exportedMs)).nanos
      if (nanos === 0n) continue
      const gross = nanos + (nanos * setting.creditPermille) / 1_000n
      const [service, sku] = isGemini(flow)
        ? ['Gemini API', `Generate content input token count ${flow.model.replaceAll('-', ' ')} short input text`]
        : ['Vertex AI', `${flow.model.replaceAll('-', ' ')} GA Text Input - Predictions`]
      rows.push([
        stamp(day),
        service ?? null,
        sku ?? null,
        flow.project,
        'regular',
        setting.currency,
        decimal(inCurrency(nets ? nanos : gross, setting)),
        stamp(exportedMs),
      ])
    }
  }
  return { names: ['day', 'service', 'sku', 'project', 'cost_type', 'currency', 'net', 'as_of'], rows }
}

function inCurrency(nanos: bigint, { perUsd }: GcpSetting): bigint {
  return (nanos * BigInt(Math.round(Number(perUsd) * 1e6))) / 1_000_000n
}

/** As CAST(NUMERIC AS STRING) writes it: no needless zeros, no exponent. */
function decimal(nanos: bigint): string {
  const text = `${nanos / 1_000_000_000n}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}`
  return text.replace(/\.?0+$/, '')
}

const generate = 'google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent'
const quotas = 'generativelanguage.googleapis.com/quota/generate_content'

interface Series {
  metric: Record<string, string>
  resource: Record<string, string>
  flow: Flow
  of: (counted: { input: number; cached: number; output: number }) => number
}

/** Which series a project has of a metric; null for a metric that it never had. */
function seriesOf(world: World, project: string, type: string): Series[] | null {
  const flows = world.flows.filter((flow) => flow.provider === 'gcp' && flow.project === project)
  const [gemini, vertex] = [flows.filter(isGemini), flows.filter((flow) => !isGemini(flow))]
  const place = { project_id: project, location: 'global' }
  const byModel = (flow: Flow, labels: Record<string, string>, of: Series['of'], method = ''): Series => ({
    metric: { model: flow.model, ...labels, ...(method ? { method } : {}) },
    resource: place,
    flow,
    of,
  })
  switch (type) {
    case 'aiplatform.googleapis.com/publisher/online_serving/token_count':
      return vertex.flatMap((flow) =>
        (['input', 'cached', 'output'] as const).map((part) => ({
          metric: {
            type: part === 'cached' ? 'cache_read_input' : part,
            request_type: 'shared',
            shared_request_type: 'standard',
          },
          resource: {
            ...place,
            publisher: flow.model.startsWith('claude') ? 'anthropic' : 'google',
            model_user_id: flow.model,
            model_version_id: '',
          },
          flow,
          of: (counted) => counted[part],
        })),
      )
    case 'generativelanguage.googleapis.com/generate_content_usage_output_token_count':
      return gemini.map((flow) =>
        byModel(flow, { output_modality: 'text', thinking_enabled: 'false' }, ({ output }) => output),
      )
    case `${quotas}_paid_tier_input_token_count/usage`:
      // Each limit of a quota counts the same tokens.
      return gemini.flatMap((flow) =>
        ['PerModelPerMinute', 'PerModelPerMinutePerUser'].map((limit) =>
          byModel(
            flow,
            { limit_name: `GenerateContentPaidTierInputTokens${limit}` },
            ({ input, cached }) => input + cached,
            generate,
          ),
        ),
      )
    case 'serviceruntime.googleapis.com/api/request_count':
      return gemini.map((flow) => ({
        metric: { response_code: '200', protocol: 'http' },
        resource: {
          ...place,
          service: 'generativelanguage.googleapis.com',
          method: generate,
          credential_id: flow.apiKey,
          version: 'v1beta',
        },
        flow,
        of: ({ output }) => Math.ceil(output / 500),
      }))
    default:
      return type.startsWith(quotas) ? null : []
  }
}

function timeSeries(world: World, project: string, { searchParams }: URL): EmulatedAnswer {
  const get = (name: string) => searchParams.get(name) ?? ''
  const wrong = (why: string): EmulatedAnswer => ({
    status: 400,
    json: { error: { code: 400, message: why, status: 'INVALID_ARGUMENT' } },
  })
  const types = [...get('filter').matchAll(/metric\.type = "([^"]+)"/g)]
  const type = types[0]?.[1]
  if (type === undefined || types.length > 1) return wrong('The filter must specify a single metric type.')
  const [startMs, endMs] = ['interval.startTime', 'interval.endTime'].map((name) => Date.parse(get(name))) as [
    number,
    number,
  ]
  if (!(startMs < endMs)) return wrong('Request was malformed: interval.')
  const widthMs = Number(/^(\d+)s$/.exec(get('aggregation.alignmentPeriod'))?.[1]) * 1_000
  if (!(widthMs >= 60_000)) return wrong('aggregation.alignmentPeriod must be at least 60 seconds')
  if (get('aggregation.perSeriesAligner') !== 'ALIGN_SUM') return wrong('The counts are not aligned.')
  if (!world.flows.some((flow) => flow.project === project))
    return refuse(
      403,
      'forbidden',
      `Permission monitoring.timeSeries.list denied (or the resource may not exist).`,
      'PERMISSION_DENIED',
    )
  const found = seriesOf(world, project, type)
  if (found === null)
    return {
      status: 404,
      json: {
        error: { code: 404, message: `Cannot find metric(s) that match type = "${type}".`, status: 'NOT_FOUND' },
      },
    }
  const at = Number(get('pageToken') || 0)
  const page = found.slice(at, at + 4)
  const answer = page.map((one) => ({
    metric: { type, labels: one.metric },
    resource: { type: 'any', labels: one.resource },
    metricKind: 'DELTA',
    valueType: 'INT64',
    points: pointsOf(world, one, startMs, endMs, widthMs),
  }))
  return {
    status: 200,
    json: {
      ...(answer.length > 0 ? { timeSeries: answer } : {}),
      ...(at + 4 < found.length ? { nextPageToken: String(at + 4) } : {}),
    },
  }
}

/** Newest first. A period without a count has no point. */
function pointsOf(world: World, { flow, of }: Series, startMs: number, endMs: number, widthMs: number): unknown[] {
  const points: unknown[] = []
  const one = { ...world, flows: [flow] }
  for (let end = endMs; end > startMs; end -= widthMs) {
    const [counted] = countBetween(one, 'gcp', Math.max(end - widthMs, startMs), end, world.usageDelayMs)
    const count = counted ? of(counted) : 0
    if (count === 0) continue
    const interval = { startTime: new Date(end - widthMs).toISOString(), endTime: new Date(end).toISOString() }
    points.push({ interval, value: { int64Value: String(count) } })
  }
  return points
}

function budgets(setting: GcpSetting, { searchParams }: URL): EmulatedAnswer {
  if (Number(searchParams.get('pageSize') ?? 100) > 100)
    return refuse(400, 'invalid', 'pageSize is at most 100', 'INVALID_ARGUMENT')
  const at = Number(searchParams.get('pageToken') ?? 0)
  return {
    status: 200,
    json: {
      ...(setting.budgets.length > 0 ? { budgets: setting.budgets.slice(at, at + 2) } : {}),
      ...(at + 2 < setting.budgets.length ? { nextPageToken: String(at + 2) } : {}),
    },
  }
}
