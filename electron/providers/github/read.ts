import type { z } from 'zod'
import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { minuteMs } from '../../../shared/time.ts'
import { retryAfterAt } from '../../http/retry-after.ts'
import type { CostLine, ReadContext, ReadWindow, Refusal, SpendReading } from '../adapter.ts'
import { daysOf, type DayLine } from '../day-lines.ts'
import { monthsOf } from '../months.ts'
import { unreadable, within } from '../pages.ts'
import { resetAtMs } from '../rate-limit.ts'
import { usageReport } from './schema.ts'
import { i18n, sentences } from '../../../shared/words.ts'

type Item = z.output<typeof usageReport>['usageItems'][number]

/**
 * One request a month, which answers an item for each day, product and repository. Without a month it would answer sums
 * of months, dated to their first day (seen by others: promhippie/github_exporter, issue 718).
 */
export async function read(context: ReadContext, window: ReadWindow): Promise<Result<SpendReading>> {
  const charges: DayLine[] = []
  for (const month of monthsOf(window)) {
    const items = await readMonth(context, month.fromMs)
    if (!items.ok) return items
    for (const item of items.value) charges.push(chargeOf(item))
  }
  return ok({ buckets: within(daysOf(charges), { ...window, open: false }) })
}

export async function readMonth({ http, options }: ReadContext, monthMs: number): Promise<Result<Item[]>> {
  const { org, user } = options
  const owner = org ? `organizations/${encodeURIComponent(org)}` : `users/${encodeURIComponent(user ?? '')}`
  const path = `/${owner}/settings/billing/usage`
  const month = new Date(monthMs)
  const answer = await http.get(path, [
    ['year', String(month.getUTCFullYear())],
    ['month', String(month.getUTCMonth() + 1)],
  ])
  if (!answer.ok) return answer
  const report = usageReport.safeParse(answer.value)
  return report.success ? ok(report.data.usageItems) : err(unreadable(path, report.error))
}

function chargeOf(item: Item): DayLine {
  const line: CostLine = {
    model: null,
    project: item.repositoryName || null,
    apiKey: null,
    lineItem: [item.product, item.sku].filter(Boolean).join(': ') || null,
    tier: null,
    currency: 'USD',
    costNanos: item.netAmount,
    quantity: item.quantity ? Number(item.quantity) : null,
    pricing: 'billed',
  }
  return { dayMs: Date.parse(item.date.slice(0, 10)), line }
}

/**
 * GitHub says "too many requests" with 403 too, and "not for you" with 404 too: docs.github.com/en/rest/using-the-rest-api
 * (rate limits, troubleshooting), checked 2026-11-25.
 */
export function refusal(refused: Refusal): Failure | null {
  const { status, said } = refused
  if (status !== 403 && status !== 404 && status !== 429) return null
  const retryAtMs = status === 404 ? null : waitUntilMs(refused)
  if (retryAtMs !== null)
    return fail('rate-limited', i18n.t('GitHub asked us to slow down; the next read waits.'), { status, retryAtMs })
  const because = said ? i18n.t('GitHub says: {said}', { said }) : ''
  return fail(
    'permission-missing',
    sentences(
      i18n.t(
        "GitHub does not show this bill to this token ({status}). An organization's needs a fine-grained token that belongs to it, with Administration: Read; your own needs Plan: Read. Check the spelling of org or user too.",
        { status },
      ),
      because,
    ),
    { status },
  )
}

function waitUntilMs({ status, said, headers, nowMs }: Refusal): number | null {
  const namedMs = retryAfterAt(headers.get('retry-after'), nowMs)
  if (namedMs !== null) return namedMs
  if (headers.get('x-ratelimit-remaining') === '0') return resetAtMs(headers, nowMs) ?? nowMs + minuteMs
  return status === 429 || /rate limit/i.test(said) ? nowMs + minuteMs : null
}
