import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import {
  pageOf,
  startEmulator,
  type Answers,
  type EmulatedAnswer,
  type EmulatedRequest,
  type Emulator,
} from './http.ts'

export const anthropicKey = 'sk-ant-admin01-emulated-0123456789'

const widths: Record<string, { ms: number; usual: number; most: number }> = {
  '1m': { ms: 60_000, usual: 60, most: 1_440 },
  '1h': { ms: 3_600_000, usual: 24, most: 168 },
  '1d': { ms: 86_400_000, usual: 7, most: 31 },
}
const usageGroups = [
  'api_key_id',
  'workspace_id',
  'model',
  'service_tier',
  'context_window',
  'inference_geo',
  'account_id',
  'service_account_id',
]

export const startAnthropic = (world: World): Promise<Emulator> => startEmulator(anthropicAnswers(world))

/** The usage and cost API as documented: key kinds, the version header, limits, pages, amounts in cents. */
export function anthropicAnswers(world: World): Answers {
  return (request) => {
    const { pathname } = request.url
    if (request.headers.origin)
      return refuse(401, 'authentication_error', 'CORS requests are not allowed for this Organization.')
    if (request.headers['x-api-key'] !== anthropicKey) return refuse(401, 'authentication_error', 'invalid x-api-key')
    if (request.headers['anthropic-version'] !== '2023-06-01')
      return refuse(400, 'invalid_request_error', 'anthropic-version: header is required')
    if (pathname === '/v1/organizations/me')
      return { status: 200, json: { id: 'org_1', type: 'organization', name: 'Acme' } }
    if (pathname === '/v1/organizations/cost_report') return costs(world, request)
    if (pathname === '/v1/organizations/usage_report/messages') return messages(world, request)
    if (pathname === '/v1/organizations/usage_report/claude_code')
      return { status: 200, json: { data: [], has_more: false, next_page: null } }
    if (pathname === '/v1/organizations/workspaces' || pathname === '/v1/organizations/api_keys') {
      return { status: 200, json: { data: [], has_more: false, first_id: null, last_id: null } }
    }
    return refuse(404, 'not_found_error', 'Not found')
  }
}

function bills(world: World, fromMs: number, toMs: number) {
  const counted = countBetween(world, 'anthropic', fromMs, toMs, world.costDelayMs)
  return counted.map((one) => ({ flow: one.flow, nanos: billedNanos(world, one, fromMs) }))
}

function costs(world: World, { url }: EmulatedRequest): EmulatedAnswer {
  return answerPage(world, url, ['1d'], ['workspace_id', 'description'], (fromMs, toMs) =>
    bills(world, fromMs, toMs).map(({ flow, nanos }) => ({
      // Cents, as text, with their decimals.
      amount: `${nanos / 10_000_000n}.${(nanos % 10_000_000n).toString().padStart(7, '0')}`,
      currency: 'USD',
      workspace_id: flow.project,
      description: `${flow.model} Usage`,
      cost_type: 'tokens',
      model: flow.model,
      token_type: 'output_tokens',
      service_tier: 'standard',
      context_window: '0-200k',
      inference_geo: 'global',
    })),
  )
}

function messages(world: World, { url, headers }: EmulatedRequest): EmulatedAnswer {
  const groups = headers['anthropic-beta'] === 'fast-mode-2026-02-01' ? [...usageGroups, 'speed'] : usageGroups
  return answerPage(world, url, Object.keys(widths), groups, (fromMs, toMs) =>
    countBetween(world, 'anthropic', fromMs, toMs, world.usageDelayMs).map(({ flow, input, cached, output }) => ({
      uncached_input_tokens: input,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      cache_read_input_tokens: cached,
      output_tokens: output,
      server_tool_use: { web_search_requests: 0 },
      model: flow.model,
      service_tier: 'standard',
      context_window: '0-200k',
      inference_geo: 'global',
      speed: 'standard',
      api_key_id: flow.apiKey,
      workspace_id: flow.project,
    })),
  )
}

function answerPage(
  world: World,
  url: URL,
  allowed: string[],
  groups: string[],
  rows: (fromMs: number, toMs: number) => unknown[],
): EmulatedAnswer {
  const get = (name: string) => url.searchParams.get(name)
  const width = widths[get('bucket_width') ?? '1d']
  if (!width || !allowed.includes(get('bucket_width') ?? '1d'))
    return refuse(400, 'invalid_request_error', 'bucket_width: invalid')
  const limit = Number(get('limit') ?? width.usual)
  if (!Number.isInteger(limit) || limit < 1 || limit > width.most)
    return refuse(400, 'invalid_request_error', `limit: at most ${width.most}`)
  const startMs = Date.parse(get('starting_at') ?? '')
  if (Number.isNaN(startMs)) return refuse(400, 'invalid_request_error', 'starting_at: required')
  const strange = url.searchParams.getAll('group_by[]').find((name) => !groups.includes(name))
  if (strange) return refuse(400, 'invalid_request_error', `group_by: ${strange} is not allowed`)
  const first = Math.ceil(startMs / width.ms) * width.ms
  // Only buckets that end before `ending_at`, to the letter: the one that ends just then is not among them.
  const endMs =
    get('ending_at') === null
      ? Math.ceil(world.now() / width.ms) * width.ms
      : Math.ceil(Date.parse(get('ending_at') ?? '') / width.ms - 1) * width.ms
  const starts = Array.from(
    { length: Math.max(0, Math.floor((endMs - first) / width.ms)) },
    (_, index) => first + index * width.ms,
  )
  const question = [...url.searchParams]
    .filter(([name]) => name !== 'page')
    .sort()
    .join('&')
  const found = pageOf(starts, limit, get('page'), question)
  if (!found) return refuse(400, 'invalid_request_error', 'page: belongs to another question')
  const data = found.page.map((start) => ({
    starting_at: new Date(start).toISOString(),
    ending_at: new Date(start + width.ms).toISOString(),
    results: rows(start, start + width.ms),
  }))
  return { status: 200, json: { data, has_more: found.next !== null, next_page: found.next } }
}

function refuse(status: number, type: string, message: string): EmulatedAnswer {
  return { status, json: { type: 'error', error: { type, message }, request_id: 'req_emulated' } }
}
