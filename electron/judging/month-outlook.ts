import { nanosToDecimal } from '../../shared/money.ts'
import { parseScope, type Scope } from '../../shared/scope.ts'
import type { MonthOutlook } from '../../shared/spend.ts'
import { dayMs, iso, periodAt, type TimeRange } from '../../shared/time.ts'
import { createBreather } from '../breather.ts'
import { forecastEnd } from '../detection/forecast.ts'
import type { SpendViews } from '../ledger/spend-views.ts'
import { daysUpTo, units } from './outlook.ts'

/**
 * Where the month under way is heading, of any part of the spend, without a budget for it. Each currency by itself.
 * Nothing is foretold from data that are still being read, or that have a gap.
 */
export async function monthOutlook(
  scopes: readonly string[],
  zone: string,
  nowMs: number,
  parts: { views: Pick<SpendViews, 'sumsIn'>; isComplete: (scope: Scope) => boolean },
): Promise<MonthOutlook> {
  const month = periodAt('month', nowMs, zone)
  const nothing: MonthOutlook = { from: iso(month.fromMs), to: iso(month.toMs), at: iso(nowMs), currencies: [] }
  if (!isComplete(scopes, parts.isComplete)) return nothing
  const { today, todayMs, tomorrowMs, before } = daysUpTo(nowMs, zone)
  const sumsIn = parts.views.sumsIn(scopes, nowMs)
  const known: (TimeRange & { sums: ReadonlyMap<string, bigint> })[] = []
  const breathe = createBreather()
  for (const day of before) {
    const sums = sumsIn(day)
    // Days before anything was read are unknown, not free; a gap later on leaves the habit unknown.
    if (sums) known.push({ ...day, sums })
    else if (known.length > 0) return nothing
    await breathe()
  }
  const ofToday = todayMs < nowMs ? sumsIn({ fromMs: todayMs, toMs: nowMs }) : new Map<string, bigint>()
  const isMonthKnown = month.fromMs >= todayMs || known.some(({ fromMs }) => fromMs <= month.fromMs)
  if (!ofToday || !isMonthKnown) return nothing
  const currencies = new Set([...known.flatMap(({ sums }) => [...sums.keys()]), ...ofToday.keys()])
  return {
    ...nothing,
    currencies: [...currencies].sort().flatMap((currency) => {
      const spentBefore = known
        .filter(({ fromMs }) => fromMs >= month.fromMs)
        .reduce((sum, { sums }) => sum + (sums.get(currency) ?? 0n), 0n)
      const spentToday = ofToday.get(currency) ?? 0n
      const forecast = forecastEnd(
        {
          days: known.map(({ sums }) => units(sums.get(currency) ?? 0n)),
          weekday: new Date(`${today}T00:00:00Z`).getUTCDay(),
          today: units(spentToday),
          todayShare: (nowMs - todayMs) / (tomorrowMs - todayMs),
          before: units(spentBefore),
          daysLeft: Math.max(0, Math.round((month.toMs - tomorrowMs) / dayMs)),
        },
        Number.POSITIVE_INFINITY,
      )
      if (!forecast) return []
      const [end, low, high] = [forecast.end, forecast.low, forecast.high].map((amount) => amount.toFixed(2))
      return end && low && high ? [{ currency, spent: nanosToDecimal(spentBefore + spentToday), end, low, high }] : []
    }),
  }
}

/** One kind of scope whose accounts are all known is enough: no other account can have any of it. */
function isComplete(scopeTexts: readonly string[], isKnown: (scope: Scope) => boolean): boolean {
  const scopes = scopeTexts.flatMap((text) => parseScope(text) ?? []).filter(({ kind }) => kind !== 'all')
  if (scopes.length === 0) return isKnown({ kind: 'all', name: '' })
  return Map.groupBy(scopes, ({ kind }) => kind)
    .values()
    .some((ofKind) => ofKind.every(isKnown))
}
