import { billedNanos, countBetween, type Counted, type World } from '../../electron/replay/world.ts'
import {
  pageOf,
  startEmulator,
  type Answers,
  type EmulatedAnswer,
  type EmulatedRequest,
  type Emulator,
} from './http.ts'

export const openaiKey = 'sk-admin-emulated-0123456789'

const widths: Record<string, { seconds: number; usual: number; most: number }> = {
  '1m': { seconds: 60, usual: 60, most: 1_440 },
  '1h': { seconds: 3_600, usual: 24, most: 168 },
  '1d': { seconds: 86_400, usual: 7, most: 31 },
}
const kinds = [
  'completions',
  'embeddings',
  'moderations',
  'images',
  'audio_speeches',
  'audio_transcriptions',
  'vector_stores',
  'code_interpreter_sessions',
  'file_search_calls',
  'web_search_calls',
]
const known = new Set([
  'start_time',
  'end_time',
  'bucket_width',
  'project_ids',
  'group_by',
  'limit',
  'page',
  'api_key_ids',
  'user_ids',
  'models',
  'batch',
])

export const startOpenai = (world: World): Promise<Emulator> => startEmulator(openaiAnswers(world))

/** The organization API as documented: keys, parameters and their limits, pages, and buckets without spend. */
export function openaiAnswers(world: World): Answers {
  return (request) => {
    if (request.headers.authorization !== `Bearer ${openaiKey}`) {
      return refuse(401, 'Incorrect API key provided.', 'invalid_api_key')
    }
    const { pathname } = request.url
    if (pathname === '/v1/organization/costs') return costs(world, request)
    const kind = /^\/v1\/organization\/usage\/(\w+)$/.exec(pathname)?.[1]
    if (kind && kinds.includes(kind)) return usage(world, request, kind)
    if (pathname === '/v1/organization/projects')
      return list(projects(world).map((name) => ({ id: `proj_${name}`, name })))
    const project = /^\/v1\/organization\/projects\/proj_([\w-]+)\/api_keys$/.exec(pathname)?.[1]
    if (project) return list(keysOf(world, project).map((name) => ({ id: `key_${name}`, name })))
    if (pathname.endsWith('/spend_limit')) return refuse(404, 'Spend limit not found.', null)
    if (pathname.endsWith('/spend_alerts')) return list([])
    if (pathname.startsWith('/v1/organization/'))
      return refuse(
        403,
        'You have insufficient permissions for this operation. Missing scopes: api.management.read',
        null,
      )
    return refuse(404, 'Not found.', null)
  }
}

function bills(world: World, fromMs: number, toMs: number) {
  const counted = countBetween(world, 'openai', fromMs, toMs, world.costDelayMs)
  return counted.map((one) => ({ flow: one.flow, nanos: billedNanos(world, one, fromMs) }))
}

function costs(world: World, { url }: EmulatedRequest): EmulatedAnswer {
  const problem = check(url, ['1d'], 180, ['project_id', 'line_item', 'api_key_id'])
  if (problem) return problem
  return answerPage(world, url, 86_400, Number(url.searchParams.get('limit') ?? '7'), (fromMs, toMs) =>
    bills(world, fromMs, toMs).map(({ flow, nanos }) => ({
      object: 'organization.costs.result',
      amount: {
        value: `${nanos / 1_000_000_000n}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}${'0'.repeat(19)}`,
        currency: (world.billCurrency ?? 'usd').toLowerCase(),
      },
      line_item: `${flow.model}, all`,
      project_id: `proj_${flow.project}`,
      api_key_id: `key_${flow.apiKey}`,
    })),
  )
}

function usage(world: World, { url }: EmulatedRequest, kind: string): EmulatedAnswer {
  const width = widths[url.searchParams.get('bucket_width') ?? '1d']
  const problem = check(url, Object.keys(widths), width?.most ?? 0, [
    'project_id',
    'user_id',
    'api_key_id',
    'model',
    'batch',
    'service_tier',
    'size',
    'source',
    'vector_store_id',
    'context_level',
  ])
  if (problem || !width) return problem ?? refuse(400, 'bucket_width', null)
  const rows = kind === 'completions' ? completions : () => []
  return answerPage(world, url, width.seconds, Number(url.searchParams.get('limit') ?? width.usual), (fromMs, toMs) =>
    countBetween(world, 'openai', fromMs, toMs, world.usageDelayMs).flatMap(rows),
  )
}

function completions({ flow, input, cached, output }: Counted) {
  return [
    {
      object: 'organization.usage.completions.result',
      input_tokens: input + cached,
      input_cached_tokens: cached,
      input_uncached_tokens: input,
      input_text_tokens: input,
      output_tokens: output,
      output_text_tokens: output,
      num_model_requests: Math.ceil(output / 500),
      project_id: `proj_${flow.project}`,
      user_id: null,
      api_key_id: `key_${flow.apiKey}`,
      model: flow.model,
      batch: false,
      service_tier: 'default',
    },
  ]
}

function check(url: URL, allowed: string[], most: number, groups: string[]): EmulatedAnswer | null {
  const get = (name: string) => url.searchParams.get(name)
  for (const name of url.searchParams.keys()) {
    if (!known.has(name.replace('[]', ''))) return refuse(400, `Unknown parameter: '${name}'.`, 'unknown_parameter')
  }
  if (!/^\d+$/.test(get('start_time') ?? ''))
    return refuse(400, "Missing required parameter: 'start_time'.", 'missing_required_parameter')
  if (!allowed.includes(get('bucket_width') ?? '1d'))
    return refuse(400, "Invalid value: 'bucket_width'.", 'invalid_value')
  const limit = Number(get('limit') ?? '1')
  if (!Number.isInteger(limit) || limit < 1 || limit > most)
    return refuse(400, `'limit' must be between 1 and ${most}.`, 'invalid_value')
  const strange = url.searchParams.getAll('group_by').find((name) => !groups.includes(name))
  return strange ? refuse(400, `Invalid value: '${strange}'.`, 'invalid_value') : null
}

function answerPage(
  world: World,
  url: URL,
  widthS: number,
  limit: number,
  rows: (fromMs: number, toMs: number) => unknown[],
): EmulatedAnswer {
  const get = (name: string) => url.searchParams.get(name)
  const startS = Math.floor(Number(get('start_time')) / widthS) * widthS
  const endS = get('end_time') === null ? Math.ceil(world.now() / 1_000 / widthS) * widthS : Number(get('end_time'))
  const starts = Array.from(
    { length: Math.max(0, Math.ceil((endS - startS) / widthS)) },
    (_, index) => startS + index * widthS,
  )
  const question = [...url.searchParams]
    .filter(([name]) => name !== 'page')
    .sort()
    .join('&')
  const found = pageOf(starts, limit, get('page'), question)
  if (!found) return refuse(400, 'The page belongs to another question.', 'invalid_value')
  const data = found.page.map((start) => ({
    object: 'bucket',
    start_time: start,
    end_time: start + widthS,
    results: rows(start * 1_000, (start + widthS) * 1_000),
  }))
  return { status: 200, json: { object: 'page', data, has_more: found.next !== null, next_page: found.next } }
}

function projects(world: World): string[] {
  return [...new Set(world.flows.filter((flow) => flow.provider === 'openai').map((flow) => flow.project))]
}

function keysOf(world: World, project: string): string[] {
  return [
    ...new Set(
      world.flows.filter((flow) => flow.provider === 'openai' && flow.project === project).map((flow) => flow.apiKey),
    ),
  ]
}

function list(data: { id: string; name: string }[]): EmulatedAnswer {
  return {
    status: 200,
    json: { object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: false },
  }
}

function refuse(status: number, message: string, code: string | null): EmulatedAnswer {
  return { status, json: { error: { message, type: 'invalid_request_error', param: null, code } } }
}
