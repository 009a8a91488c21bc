import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { hourMs, utcDay } from '../../../shared/time.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import type { CostBucket, CostLine, Options, ReadContext, ReadWindow } from '../adapter.ts'
import { upToNewest } from '../newest.ts'
import { followPages, unreadable, within } from '../pages.ts'
import { listOption } from '../list-option.ts'
import { partOf } from './options.ts'
import { costExplorer } from './regions.ts'
import { costsPage, isCurrency, type CostsPage } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

/** A page is a cent. An answer with more of them should be narrowed by a person, not paid for twice a day. */
const mostPages = 30
/** How long a read that was paid for and came to nothing is not made again. */
const paidRestMs = 6 * hourMs

export async function readCosts(
  { http, options, now }: Pick<ReadContext, 'http' | 'options' | 'now'>,
  window: ReadWindow,
): Promise<Result<CostBucket[]>> {
  let pages = 0
  const days = await followPages(http, question(options, window), (answer, asked) => {
    const page = costsPage.safeParse(answer)
    if (!page.success) return err(unreadable('GetCostAndUsage', page.error))
    const token = page.data.NextPageToken
    if (token && ++pages === mostPages)
      return err(
        fail(
          'truncated',
          i18n.t('The costs have more than {mostPages} pages, at a cent each. Narrow them with account_ids.', {
            mostPages,
          }),
        ),
      )
    return ok({
      made: page.data.ResultsByTime,
      next: token ? { ...asked, json: { ...(asked.json as object), NextPageToken: token } } : null,
    })
  })
  if (!days.ok) return err(patient(days.failure, now()))
  return ok(within(parseCosts(days.value, options), window))
}

function question(options: Options, window: ReadWindow): ProviderRequest {
  const filter = filterOf(options)
  return {
    method: 'POST',
    path: `${costExplorer}/`,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSInsightsIndexService.GetCostAndUsage',
    },
    json: {
      // The end is exclusive.
      TimePeriod: { Start: utcDay(window.fromMs), End: utcDay(window.toMs) },
      Granularity: 'DAILY',
      Metrics: ['UnblendedCost'],
      // Two are allowed.
      GroupBy: ['SERVICE', byAccount(options) ? 'LINKED_ACCOUNT' : 'RECORD_TYPE'].map((Key) => ({
        Type: 'DIMENSION',
        Key,
      })),
      ...(filter ? { Filter: filter } : {}),
    },
  }
}

function byAccount(options: Options): boolean {
  return options['split'] === 'accounts'
}

function filterOf(options: Options): object | null {
  const dimension = (Key: string, Values: readonly string[]) => ({ Dimensions: { Key, Values } })
  const accounts = listOption(options, 'account_ids')
  const parts = [
    ...(accounts.length > 0 ? [dimension('LINKED_ACCOUNT', accounts)] : []),
    ...(options['credits'] === 'ignore' ? [{ Not: dimension('RECORD_TYPE', ['Credit', 'Refund']) }] : []),
  ]
  return parts.length > 1 ? { And: parts } : (parts[0] ?? null)
}

/** Days as buckets. A day may be divided over two pages, and comes as one. */
export function parseCosts(days: CostsPage['ResultsByTime'], options: Options): CostBucket[] {
  const part = partOf(options)
  const buckets = new Map<number, CostBucket & { groups: number }>()
  for (const day of days) {
    const startMs = Date.parse(day.TimePeriod.Start.slice(0, 10))
    const bucket = buckets.get(startMs) ?? { startMs, width: 'day', lines: [], groups: 0 }
    bucket.groups += day.Groups.length
    for (const { Keys, Metrics } of day.Groups) {
      const [service, second] = Keys
      const { Amount, Unit } = Metrics.UnblendedCost
      if (part !== 'all' && (part === 'bedrock') !== /bedrock/i.test(service)) continue
      if (isCurrency(Unit))
        bucket.lines.push({ ...lineOf(service, second, options), currency: Unit, costNanos: Amount })
    }
    buckets.set(startMs, bucket)
  }
  // Cost Explorer lists today, and often yesterday, before it knows anything of them.
  return upToNewest(
    [...buckets.values()].sort((a, b) => a.startMs - b.startMs),
    ({ groups }) => groups > 0,
  ).map(({ groups: _groups, ...bucket }) => bucket)
}

/** Models of others are billed as services of their own: `Claude Sonnet 5 (Amazon Bedrock Edition)`. */
const edition = / \(Amazon Bedrock Edition\)$/

function lineOf(service: string, second: string, options: Options): Omit<CostLine, 'currency' | 'costNanos'> {
  const accounts = byAccount(options)
  return {
    model: edition.test(service) ? service.replace(edition, '') : null,
    project: accounts ? second : service,
    apiKey: null,
    // Usage, Credit, Refund, Tax, ...: each a line of its own, so that a credit hides nothing.
    lineItem: accounts ? service : second,
    tier: null,
    quantity: null,
    pricing: 'billed',
  }
}

/** The next try costs a cent or more again, so an answer that was no use is not asked for every half hour. */
function patient(failure: Failure, nowMs: number): Failure {
  const paid = failure.kind === 'truncated' || failure.kind === 'unexpected-response'
  return paid && failure.retryAtMs === undefined ? { ...failure, retryAtMs: nowMs + paidRestMs } : failure
}
