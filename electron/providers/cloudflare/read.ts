import { z } from 'zod'
import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, floorTo, utcDay, type TimeRange } from '../../../shared/time.ts'
import type { Query } from '../../http/provider-http.ts'
import type { ReadContext, ReadWindow, Refusal, SpendReading } from '../adapter.ts'
import { daysOf, type DayLine } from '../day-lines.ts'
import { focusCharge, readRows } from '../focus-rows.ts'
import { unreadable, within } from '../pages.ts'
import { cyclesOf, type Subscription } from './cycles.ts'
import { envelope, usageInfo, usageRow, type UsageRow } from './schema.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/**
 * One request for each billing cycle that is needed, from its first day to its last: a span without the day on which a
 * cycle begins is answered with nothing (documented), one with two such days with a part (seen by others). Where cycles
 * of several subscriptions overlap, what one answer brought is not taken from another.
 */
export async function read(context: ReadContext, window: ReadWindow): Promise<Result<SpendReading>> {
  const subscriptions = await readSubscriptions(context)
  if (!subscriptions.ok) return subscriptions
  if (subscriptions.value.length === 0) return err(notCovered())
  const broughtBy = new Map<string, number>()
  const charges: DayLine[] = []
  for (const cycle of cyclesOf(subscriptions.value, window)) {
    const rows = await readCycle(context, cycle)
    if (!rows.ok) return rows
    for (const row of rows.value) {
      const identity = JSON.stringify([row.SubscriptionId, row.ServiceName, row.ZoneId, row.ChargePeriodStart])
      if ((broughtBy.get(identity) ?? cycle.fromMs) !== cycle.fromMs) continue
      broughtBy.set(identity, cycle.fromMs)
      charges.push(focusCharge(row, row.ZoneName || null))
    }
  }
  // An answer without rows is no day without spend: free usage has rows too.
  return ok({ buckets: within(daysOf(charges), { ...window, open: false }) })
}

export const notCovered = () =>
  fail(
    'not-found',
    i18n.t(
      'Cloudflare reports no billable usage of this account. It does for self-serve accounts that have a usage-based subscription.',
    ),
  )

/** None where the account is not covered. */
export async function readSubscriptions(context: ReadContext): Promise<Result<Subscription[]>> {
  const path = `${pathOf(context)}/info`
  const answer = await ask(context, path)
  if (!answer.ok) return answer
  const info = usageInfo.safeParse(answer.value)
  if (!info.success) return err(unreadable(path, info.error))
  return ok(info.data.covered ? info.data.subscriptions : [])
}

async function readCycle(context: ReadContext, cycle: TimeRange): Promise<Result<UsageRow[]>> {
  const path = pathOf(context)
  // Both days are part of the span.
  const lastMs = Math.min(cycle.toMs - dayMs, floorTo(context.now(), dayMs))
  const answer = await ask(context, path, [
    ['from', utcDay(cycle.fromMs)],
    ['to', utcDay(lastMs)],
  ])
  return answer.ok ? readRows(path, usageRow, answer.value) : answer
}

function pathOf({ options }: ReadContext): string {
  return `/client/v4/accounts/${encodeURIComponent(options['account_id'] ?? '')}/billable-usage`
}

/** What is in the wrapping. Its errors are told by number: their words may hold what was sent. */
async function ask({ http }: ReadContext, path: string, query: Query = []): Promise<Result<unknown>> {
  const answer = await http.get(path, query)
  if (!answer.ok) return answer
  const wrapped = envelope.safeParse(answer.value)
  if (!wrapped.success) return err(unreadable(path, wrapped.error))
  const { success, errors, result } = wrapped.data
  if (success) return ok(result)
  return err(
    fail('unexpected-response', i18n.t('Cloudflare reports error {code}.', { code: errors?.[0]?.code ?? '?' })),
  )
}

const errorBody = z.object({ errors: z.tuple([z.object({ code: z.number() })], z.unknown()) })
const malformedToken = new Set([6003, 6103, 6111])
const noSuchAccount = new Set([7000, 7003])

/** Codes of the API, as its community knows them: 10000 is a wrong token and a missing permission alike. */
export function refusal({ status, body, said }: Refusal): Failure | null {
  const parsed = errorBody.safeParse(body)
  const code = parsed.success ? parsed.data.errors[0].code : 0
  const because = said ? i18n.t('Cloudflare says: {said}', { said }) : ''
  if (malformedToken.has(code))
    return fail(
      'credential-rejected',
      sentences(i18n.t('Cloudflare cannot read this token. Was all of it copied?'), because),
      { status },
    )
  if (noSuchAccount.has(code))
    return fail('not-found', sentences(i18n.t('Cloudflare does not know this account. Check account_id.'), because), {
      status,
    })
  if (status !== 403) return null
  return fail(
    'permission-missing',
    sentences(
      i18n.t(
        'Cloudflare does not show this bill to this token. It needs the permission Account, Billing: Read, for this account. Check account_id too.',
      ),
      because,
    ),
    { status },
  )
}
