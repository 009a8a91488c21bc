import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, iso, secondMs } from '../../../shared/time.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import type { CostBucket, Options, ReadContext, ReadWindow } from '../adapter.ts'
import { upToNewest } from '../newest.ts'
import { followPages, unreadable } from '../pages.ts'
import { costRow, queryPage, type QueryPage } from './schema.ts'
import { management } from './sign-in.ts'
import { i18n } from '../../../shared/words.ts'

/** A row with its columns by name, in lower case: Azure has been seen to write them either way. */
type Row = Record<string, unknown>

export async function readCosts(
  { http, options }: Pick<ReadContext, 'http' | 'options'>,
  window: ReadWindow,
): Promise<Result<CostBucket[]>> {
  let pages = 0
  const rows = await followPages(http, question(options, window), (answer, asked) => {
    const page = queryPage.safeParse(answer)
    if (!page.success) return err(unreadable(i18n.t('The cost query'), page.error))
    pages++
    const { nextLink } = page.data.properties
    if (!nextLink) return ok({ made: rowsOf(page.data), next: null })
    const path = follow(nextLink)
    if (path === null)
      return err(fail('truncated', i18n.t('Azure says there is more but not where; nothing of it was stored.')))
    // The link has its query already, and the question goes along again.
    return ok({ made: rowsOf(page.data), next: { ...asked, path, query: [] } })
  })
  // "No content" is how it says that there is nothing at all. In the middle of an answer it would be a part missing.
  if (!rows.ok) return rows.failure.status === 204 && pages === 0 ? ok([]) : rows
  return parseCosts(rows.value, options, window)
}

export function question(options: Options, window: Pick<ReadWindow, 'fromMs' | 'toMs'>): ProviderRequest {
  return {
    method: 'POST',
    path: `/${scopeOf(options)}/providers/Microsoft.CostManagement/query`,
    query: [['api-version', '2025-03-01']],
    json: {
      type: 'ActualCost',
      timeframe: 'Custom',
      // Both ends are part of it.
      timePeriod: { from: iso(window.fromMs), to: iso(window.toMs - secondMs) },
      dataset: {
        granularity: 'Daily',
        aggregation: { totalCost: { name: 'Cost', function: 'Sum' } },
        // Two are allowed.
        grouping: ['ServiceName', projectOf(options)].map((name) => ({ type: 'Dimension', name })),
      },
    },
  }
}

export function scopeOf(options: Options): string {
  return (options['scope'] ?? '').trim().replace(/^\/+|\/+$/g, '')
}

/** What divides a scope: of a subscription its resource groups, of anything larger its subscriptions. */
function projectOf(options: Options): string {
  return scopeOf(options).toLowerCase().startsWith('subscriptions/') ? 'ResourceGroupName' : 'SubscriptionName'
}

/** The next page is asked for at the same place, whatever host the link names: the token goes nowhere else. */
function follow(link: string): string | null {
  if (!URL.canParse(link, management)) return null
  const { pathname, search } = new URL(link, management)
  return pathname + search
}

function rowsOf({ properties: { columns, rows } }: QueryPage): Row[] {
  const names = columns.map(({ name }) => name.toLowerCase())
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
}

/** Days up to the newest one with costs: those before it without any are free, those after it are not known yet. */
export function parseCosts(rows: readonly Row[], options: Options, window: ReadWindow): Result<CostBucket[]> {
  const project = projectOf(options).toLowerCase()
  const days = new Map<number, CostBucket>()
  for (const row of rows) {
    const parsed = costRow.safeParse(row)
    if (!parsed.success) return err(unreadable(i18n.t('The cost query'), parsed.error))
    const { cost, currency, usagedate: startMs } = parsed.data
    const day = days.get(startMs) ?? { startMs, width: 'day', lines: [] }
    day.lines.push({
      model: null,
      project: text(row[project]),
      apiKey: null,
      lineItem: text(row['servicename']),
      tier: null,
      currency,
      costNanos: cost,
      quantity: null,
      pricing: 'billed',
    })
    days.set(startMs, day)
  }
  const buckets: CostBucket[] = []
  for (let startMs = window.fromMs; startMs < window.toMs; startMs += dayMs)
    buckets.push(days.get(startMs) ?? { startMs, width: 'day', lines: [] })
  return ok(upToNewest(buckets, ({ lines }) => lines.length > 0))
}

/** Costs of no service or resource group come with an empty name. */
function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
