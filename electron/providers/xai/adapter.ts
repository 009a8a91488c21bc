import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { hourMs, iso, minuteMs } from '../../../shared/time.ts'
import type { Dimensions, ProviderAdapter, ReadContext, ReadWindow, Refusal, SpendReading } from '../adapter.ts'
import { dayBuckets } from '../day-buckets.ts'
import { unreadable } from '../pages.ts'
import { checkKey, keyKind } from './key.ts'
import { balances, caps, readInvoice } from './invoice.ts'
import { usageAnswer, type UsageAnswer } from './schema.ts'
import { billingPath, teamOf } from './team.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/** None of the delays is documented; these are on the safe side of what has been seen. */
const matureAfterMs = 12 * hourMs
const nobody: Dimensions = { model: null, project: null, apiKey: null, lineItem: null, tier: null }

/**
 * xAI: usage in dollars by day bills, and the invoice of the month so far tells what goes on just now.
 */
export const xai: ProviderAdapter = {
  id: 'xai',
  origins: ['https://management-api.x.ai'],
  auth: (secret) => ({ authorization: `Bearer ${secret}` }),
  refusal,
  feeds: [
    { id: 'usage', plane: 'billed', widths: ['day'], latencyMs: hourMs, matureAfterMs },
    { id: 'invoice', plane: 'estimate', widths: ['minute'], latencyMs: 15 * minuteMs, source: 'counter' },
  ],
  keyKind,
  checkKey,
  read: readUsage,
  readCounters: readInvoice,
  balances,
  caps,
}

/** A team that does not exist, or is not the key's, is answered like an address that does not. */
function refusal({ status, said }: Refusal): Failure | null {
  if (status !== 404) return null
  const because = said ? i18n.t('xAI says: {said}', { said }) : ''
  return fail(
    'not-found',
    sentences(i18n.t('xAI knows no such team for this key. Check the option team_id.'), because),
    { status },
  )
}

async function readUsage(context: ReadContext, window: ReadWindow): Promise<Result<SpendReading>> {
  const team = await teamOf(context)
  if (!team.ok) return team
  const path = `${billingPath(team.value)}/usage`
  let usage = await askUsage(context, path, window, ['description'])
  // Too many groups: better the whole sum of a day than a part of its lines.
  if (usage.ok && usage.value.limitReached) usage = await askUsage(context, path, window, [])
  if (!usage.ok) return usage
  if (usage.value.limitReached)
    return err(fail('truncated', i18n.t('{path} says that it left something out; nothing of it was stored.', { path })))
  const rows = usage.value.timeSeries.flatMap(({ group, groupLabels, dataPoints }) => {
    const model = groupLabels?.[0] ?? group?.[0] ?? null
    return dataPoints.map(({ timestamp: startMs, values: [costNanos] }) => ({
      startMs,
      line: { ...nobody, model, currency: 'USD', costNanos, quantity: null, pricing: 'billed' as const },
    }))
  })
  return ok({ buckets: dayBuckets(rows, window, context.now() - matureAfterMs) })
}

/** A question by POST; it changes nothing. */
async function askUsage(
  { http }: ReadContext,
  path: string,
  { fromMs, toMs }: ReadWindow,
  groupBy: readonly string[],
): Promise<Result<UsageAnswer>> {
  const analyticsRequest = {
    timeRange: { startTime: clockTime(fromMs), endTime: clockTime(toMs), timezone: 'Etc/GMT' },
    timeUnit: 'TIME_UNIT_DAY',
    values: [{ name: 'usd', aggregation: 'AGGREGATION_SUM' }],
    groupBy,
    filters: [],
  }
  const answer = await http.send({ method: 'POST', path, json: { analyticsRequest } })
  if (!answer.ok) return answer
  const parsed = usageAnswer.safeParse(answer.value)
  return parsed.success ? ok(parsed.data) : err(unreadable(path, parsed.error))
}

/** `2026-11-23 00:00:00` */
function clockTime(ms: number): string {
  return iso(ms).slice(0, 19).replace('T', ' ')
}
