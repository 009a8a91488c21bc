import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A small company at one provider, and the Discord server it is told on. */
export interface StandIn {
  openaiUrl: string
  webhookUrl: string
  /** From now on somebody else uses the key too: about $600 an hour. */
  leak(): void
  /** Somebody deletes the webhook in Discord. */
  deleteWebhook(): void
  /** Titles of what Discord was told, an edit counting as a message of its own. */
  told: string[]
  stop(): Promise<void>
}

const widths: Record<string, number> = { '1m': 60, '1h': 3_600, '1d': 86_400 }
const adminKey = 'sk-admin-e2e-0123456789'
export const keys = { admin: adminKey, project: 'sk-proj-e2e', unknown: 'sk-admin-nobody-knows-this' }

interface Project {
  id: string
  name: string
  key: string
  model: string
  /** Output tokens in a usual second; the rest follows from it. */
  pace: number
}

const projects: Project[] = [
  { id: 'proj_support', name: 'Support bot', key: 'key_support', model: 'gpt-5-mini-2025-08-07', pace: 160 },
  { id: 'proj_search', name: 'Search', key: 'key_search', model: 'gpt-5-2025-08-07', pace: 22 },
  { id: 'proj_reports', name: 'Weekly reports', key: 'key_reports', model: 'gpt-5-nano-2025-08-07', pace: 120 },
]

/** Dollars per million tokens, in and out. */
const prices: Record<string, [number, number]> = {
  'gpt-5-mini-2025-08-07': [0.25, 2],
  'gpt-5-2025-08-07': [1.25, 10],
  'gpt-5-nano-2025-08-07': [0.05, 0.4],
}

/** Speaks as much of both APIs as a day of the app needs; odd and broken answers are the business of other tests. */
export async function startStandIn(): Promise<StandIn> {
  let leakFrom = Number.POSITIVE_INFINITY
  const told: string[] = []
  let webhook = true

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const answer = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname.startsWith('/api/webhooks/')) {
      if (!webhook) return answer(404, { message: 'Unknown Webhook', code: 10015 })
      void readJson(request).then((body) => {
        told.push((body as { embeds: { title: string }[] }).embeds[0]?.title ?? '')
        answer(200, { id: '111222333' })
      })
      return
    }
    if (request.headers.authorization !== `Bearer ${adminKey}`) {
      return answer(401, { error: { message: 'Incorrect API key provided', type: 'invalid_request_error' } })
    }
    if (url.pathname === '/v1/organization/costs') return answer(200, pageOf(url, costsOf))
    if (url.pathname === '/v1/organization/usage/completions') {
      return answer(
        200,
        pageOf(url, (from, to) => usageOf(from, to, leakFrom)),
      )
    }
    if (url.pathname.startsWith('/v1/organization/usage/'))
      return answer(
        200,
        pageOf(url, () => []),
      )
    if (url.pathname === '/v1/organization/projects') {
      return answer(200, { object: 'list', data: projects.map(({ id, name }) => ({ id, name })), has_more: false })
    }
    return answer(403, { error: { message: 'Missing scopes', type: 'invalid_request_error' } })
  })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    openaiUrl: base,
    webhookUrl: `${base}/api/webhooks/123456789/e2e-token`,
    leak: () => {
      leakFrom = Date.now() / 1_000 - 600
    },
    deleteWebhook: () => {
      webhook = false
    },
    told,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Rows = (from: number, to: number) => unknown[]

function pageOf(url: URL, rows: Rows) {
  const step = widths[url.searchParams.get('bucket_width') ?? '1d'] ?? 86_400
  const limit = Number(url.searchParams.get('limit') ?? 7)
  const now = Date.now() / 1_000
  const start = Number(url.searchParams.get('page') ?? url.searchParams.get('start_time'))
  const end = Math.min(Number(url.searchParams.get('end_time') ?? now), now)
  const starts: number[] = []
  for (let at = Math.floor(start / step) * step; at < end && starts.length < limit; at += step) starts.push(at)
  const next = (starts.at(-1) ?? start) + step
  const data = starts.map((at) => ({
    object: 'bucket',
    start_time: at,
    end_time: at + step,
    results: rows(at, Math.min(at + step, now)),
  }))
  return { object: 'page', data, has_more: next < end, next_page: next < end ? String(next) : null }
}

/** Usage between two seconds; weekends are quiet and days differ a little, the same each time. */
function usageOf(from: number, to: number, leakFrom: number) {
  return projects.map(({ id, key, model, pace }) => {
    const usual = (to - from) * pace * rhythm(from)
    const leaked = id === 'proj_search' ? Math.max(0, to - Math.max(from, leakFrom)) * 16_000 : 0
    const output = Math.round(usual + leaked)
    return {
      object: 'organization.usage.completions.result',
      project_id: id,
      api_key_id: key,
      model,
      batch: false,
      service_tier: 'default',
      num_model_requests: Math.ceil(output / 300),
      input_tokens: output * 3,
      output_tokens: output,
      input_cached_tokens: 0,
    }
  })
}

/** The bill of a day follows its usage, and comes a day late. */
function costsOf(from: number, to: number) {
  if (to > Date.now() / 1_000 - 86_400) return []
  return usageOf(from, to, Number.POSITIVE_INFINITY).map((row) => {
    const [input, output] = prices[row.model] ?? [0, 0]
    const dollars = (row.input_tokens * input + row.output_tokens * output) / 1e6
    return {
      object: 'organization.costs.result',
      amount: { value: Number(dollars.toFixed(6)), currency: 'usd' },
      line_item: `${row.model}, output`,
      project_id: row.project_id,
      api_key_id: row.api_key_id,
    }
  })
}

function rhythm(seconds: number): number {
  const day = Math.floor(seconds / 86_400)
  const weekend = [0, 6].includes(new Date(seconds * 1_000).getUTCDay()) ? 0.4 : 1
  return weekend * (0.85 + 0.3 * Math.abs(Math.sin(day * 12.9898)))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return JSON.parse(text)
}
