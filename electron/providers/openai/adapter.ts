import { ok, type Result } from '../../../shared/result.ts'
import type { Query } from '../../http/provider-http.ts'
import type { CostBucket, ProviderAdapter, ReadContext, ReadWindow } from '../adapter.ts'
import { listOption } from '../list-option.ts'
import { readPages, within } from '../pages.ts'
import { caps } from './caps.ts'
import { bucketsPerPage, bucketWidth, costBucketsPerPage, costsFeed, feeds, usageKinds } from './feeds.ts'
import { checkKey, keyKind } from './key.ts'
import { names } from './names.ts'
import { parseCompletions, parseCosts, parseOtherUsage } from './parse.ts'
import { completionsPage, costsPage, otherUsagePage } from './schema.ts'

/** OpenAI: what the organization's Costs endpoint bills, and what all its usage endpoints count. */
export const openai: ProviderAdapter = {
  id: 'openai',
  origins: ['https://api.openai.com'],
  auth: (secret) => ({ authorization: `Bearer ${secret}` }),
  feeds,
  keyKind,
  checkKey,
  names,
  caps,
  async read(context, window) {
    const buckets = await (window.feed === costsFeed ? readCosts(context, window) : readUsage(context, window))
    return buckets.ok ? ok({ buckets: within(buckets.value, window) }) : buckets
  },
}

async function readCosts(context: ReadContext, window: ReadWindow): Promise<Result<CostBucket[]>> {
  const groupBy = ['project_id', 'line_item', 'api_key_id']
  const query: Query = [
    ...common(context, window, groupBy),
    ['bucket_width', '1d'],
    ['limit', String(costBucketsPerPage)],
  ]
  return readPages(context.http, { path: '/v1/organization/costs', query }, costsPage, parseCosts)
}

async function readUsage(context: ReadContext, window: ReadWindow): Promise<Result<CostBucket[]>> {
  const kind = usageKinds[window.feed]
  if (!kind) throw new RangeError(`no such feed: ${window.feed}`)
  const query: Query = [
    ...common(context, window, kind.groupBy),
    ['bucket_width', bucketWidth[window.width]],
    ['limit', String(bucketsPerPage[window.width])],
  ]
  const path = `/v1/organization/usage/${window.feed}`
  return window.feed === 'completions'
    ? readPages(context.http, { path, query }, completionsPage, (rows) =>
        parseCompletions(rows, window.width, context.prices),
      )
    : readPages(context.http, { path, query }, otherUsagePage, (rows) =>
        parseOtherUsage(rows, window.width, kind, context.prices),
      )
}

/** `end_time` is left out where "until now" is meant: reports disagree on what a value in the future does. */
function common(context: ReadContext, window: ReadWindow, groupBy: readonly string[]): Query {
  return [
    ['start_time', String(window.fromMs / 1_000)],
    ...(window.open ? [] : [['end_time', String(window.toMs / 1_000)] as const]),
    ...groupBy.map((name) => ['group_by', name] as const),
    ...listOption(context.options, 'project_ids').map((id) => ['project_ids', id] as const),
  ]
}
