import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, minuteMs, utcDay, type TimeRange } from '../../../shared/time.ts'
import type { CostBucket, ReadContext, ReadWindow, Refusal, SpendReading } from '../adapter.ts'
import { monthAt, monthsOf } from '../months.ts'
import { unreadable, within } from '../pages.ts'
import { resetAtMs } from '../rate-limit.ts'
import { differences } from './differences.ts'
import { estimatedCost } from './schema.ts'
import { originOf } from './sites.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/** Whole months always: a difference needs the day before, and the first of a month is where its totals begin. */
export async function read(context: ReadContext, window: ReadWindow): Promise<Result<SpendReading>> {
  const current = monthAt(context.now())
  const previous = monthAt(current.fromMs - dayMs)
  const buckets: CostBucket[] = []
  for (const month of monthsOf(window)) {
    // Datadog refuses what is older.
    if (month.fromMs < previous.fromMs) continue
    const days = await readMonth(context, month)
    if (!days.ok) return days
    buckets.push(...days.value)
  }
  return ok({ buckets: within(buckets, { ...window, open: false }) })
}

export async function readMonth(context: ReadContext, month: TimeRange): Promise<Result<CostBucket[]>> {
  const path = `${originOf(context.options['site'])}/api/v2/usage/estimated_cost`
  const answer = await context.http.get(path, [
    ['view', 'sub-org'],
    ['start_date', utcDay(month.fromMs)],
    ['end_date', utcDay(Math.min(month.toMs - dayMs, context.now()))],
  ])
  if (!answer.ok) return answer
  const costs = estimatedCost.safeParse(answer.value)
  if (!costs.success) return err(unreadable('/api/v2/usage/estimated_cost', costs.error))
  return ok(differences(costs.data.data.map((row) => row.attributes)))
}

/** Rate limits: docs.datadoghq.com/api/latest/rate-limits, checked 2026-11-25. Wrong keys are forbidden, not unauthorized. */
export function refusal({ status, said, headers, nowMs }: Refusal): Failure | null {
  if (status === 429 && !headers.has('retry-after')) {
    const retryAtMs = resetAtMs(headers, nowMs) ?? nowMs + minuteMs
    return fail('rate-limited', i18n.t('Datadog asked us to slow down; the next read waits.'), { status, retryAtMs })
  }
  if (status !== 403) return null
  const because = said ? i18n.t('Datadog says: {said}', { said }) : ''
  return fail(
    'permission-missing',
    sentences(
      i18n.t(
        'Datadog does not show costs to these keys. Both must be active and of the chosen site, the application key needs usage_read and billing_read, and the organization must be the parent: sub-organizations are shown none.',
      ),
      because,
    ),
    { status },
  )
}
