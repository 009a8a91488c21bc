import { ok, type Result } from '../../../shared/result.ts'
import { dayMs, floorTo, hourMs, iso, minuteMs, utcDay } from '../../../shared/time.ts'
import type { Query } from '../../http/provider-http.ts'
import {
  widths,
  type Auth,
  type CostBucket,
  type ProviderAdapter,
  type ReadContext,
  type ReadWindow,
  type Width,
} from '../adapter.ts'
import { listOption } from '../list-option.ts'
import { readPages, within } from '../pages.ts'
import { checkKey, keyKind } from './key.ts'
import { names } from './names.ts'
import { parseClaudeCode, parseCosts, parseMessages } from './parse.ts'
import { claudeCodePage, costsPage, messagesPage } from './schema.ts'

/** Anthropic: the cost report bills, the messages usage report counts, Claude Code analytics tell who. */
export const anthropic: ProviderAdapter = {
  id: 'anthropic',
  origins: ['https://api.anthropic.com'],
  auth: (secret): Auth =>
    secret.startsWith('sk-ant-oat') ? { authorization: `Bearer ${secret}` } : { 'x-api-key': secret },
  headers: { 'anthropic-version': '2023-06-01' },
  feeds: [
    { id: 'costs', plane: 'billed', widths: ['day'], latencyMs: hourMs, matureAfterMs: 12 * hourMs },
    { id: 'messages', plane: 'estimate', widths: ['minute', 'hour', 'day'], latencyMs: 5 * minuteMs },
    { id: 'claude_code', plane: 'insight', widths: ['day'], latencyMs: hourMs, optional: true },
  ],
  keyKind,
  checkKey,
  names,
  async read(context, window) {
    const read = readers[window.feed]
    if (!read) throw new RangeError(`no such feed: ${window.feed}`)
    const buckets = await read(context, window)
    return buckets.ok ? ok({ buckets: buckets.value }) : buckets
  },
}

const readers: Record<string, (context: ReadContext, window: ReadWindow) => Promise<Result<CostBucket[]>>> = {
  costs: readCosts,
  messages: readMessages,
  claude_code: readClaudeCode,
}

async function readCosts(context: ReadContext, window: ReadWindow): Promise<Result<CostBucket[]>> {
  const query: Query = [
    ['starting_at', iso(window.fromMs)],
    ['ending_at', endingAt(window)],
    ['bucket_width', '1d'],
    ['group_by[]', 'workspace_id'],
    ['group_by[]', 'description'],
    ['limit', '31'],
  ]
  const path = '/v1/organizations/cost_report'
  const buckets = await readPages(context.http, { path, query }, costsPage, (rows) =>
    parseCosts(rows, workspaces(context)),
  )
  return buckets.ok ? ok(within(buckets.value, { ...window, open: false })) : buckets
}

/**
 * The documentation says "buckets that end before", which can be read with or without the bucket that ends just then.
 * One bucket more is asked for, so that the last one wanted comes either way.
 */
function endingAt(window: ReadWindow): string {
  return iso(window.toMs + widths[window.width])
}

const groups = ['api_key_id', 'workspace_id', 'model', 'service_tier', 'context_window', 'inference_geo']
const fastMode = { 'anthropic-beta': 'fast-mode-2026-02-01' }
const limits: Record<Width, string> = { minute: '360', hour: '168', day: '31' }
const widthNames: Record<Width, string> = { minute: '1m', hour: '1h', day: '1d' }

async function readMessages(context: ReadContext, window: ReadWindow): Promise<Result<CostBucket[]>> {
  const query = (by: readonly string[]): Query => [
    ['starting_at', iso(window.fromMs)],
    ...(window.open ? [] : [['ending_at', endingAt(window)] as const]),
    ['bucket_width', widthNames[window.width]],
    ...by.map((name) => ['group_by[]', name] as const),
    ...workspaces(context).map((id) => ['workspace_ids[]', id] as const),
    ['limit', limits[window.width]],
  ]
  const path = '/v1/organizations/usage_report/messages'
  const read = (request: { query: Query; headers?: typeof fastMode }) =>
    readPages(context.http, { path, ...request }, messagesPage, (rows) =>
      parseMessages(rows, window.width, context.prices),
    )
  let buckets = await read({ query: query([...groups, 'speed']), headers: fastMode })
  // Grouping by speed is a beta: where it is not offered (any more), fast requests count as standard ones.
  if (!buckets.ok && buckets.failure.status === 400) buckets = await read({ query: query(groups) })
  return buckets.ok ? ok(within(buckets.value, window)) : buckets
}

/** One request answers one UTC day. Data younger than an hour is not in it. */
async function readClaudeCode(context: ReadContext, window: ReadWindow): Promise<Result<CostBucket[]>> {
  const buckets: CostBucket[] = []
  for (let day = floorTo(window.fromMs, dayMs); day < window.toMs; day += dayMs) {
    const query: Query = [
      ['starting_at', utcDay(day)],
      ['limit', '1000'],
    ]
    const rows = await readPages(
      context.http,
      { path: '/v1/organizations/usage_report/claude_code', query },
      claudeCodePage,
      (page) => page,
    )
    if (!rows.ok) return rows
    buckets.push(parseClaudeCode(day, rows.value))
  }
  return ok(buckets)
}

function workspaces(context: ReadContext): string[] {
  return listOption(context.options, 'workspace_ids')
}
