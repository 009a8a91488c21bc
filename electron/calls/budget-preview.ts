import type { Budget } from '../../shared/budgets.ts'
import { parseNanos, nanosToDecimal } from '../../shared/money.ts'
import type { RateBook } from '../../shared/rates.ts'
import { ok } from '../../shared/result.ts'
import { parseScope } from '../../shared/scope.ts'
import { dayMs, floorTo, hourMs, iso, periodAt, type TimeRange } from '../../shared/time.ts'
import { previewThresholds, suggestLimit, usualSpend, type PeriodSpend } from '../detection/budget-preview.ts'
import { countInScope } from '../detection/finding.ts'
import { spendIn } from '../judging/spend-in.ts'
import { createBreather } from '../breather.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import type { Handlers } from './handlers.ts'

/** How far back is looked: hours cost more to read, and habits of hours are younger. */
const lookBackMs = { hour: 14 * dayMs, rolling24h: 14 * dayMs, day: 90 * dayMs, week: 91 * dayMs, month: 366 * dayMs }

/** What a budget would have said of the past, and which limit the past suggests. */
export function budgetPreviewCalls(parts: {
  ledger: Ledger
  owners: Owners
  rates: RateBook
  now(): number
  zone(): string
}): Pick<Handlers, 'budgets:preview'> {
  const { ledger } = parts
  return {
    'budgets:preview': async (entry) => {
      const nowMs = parts.now()
      const zone = entry.zone ?? parts.zone()
      const spends: PeriodSpend[] = []
      const breathe = createBreather()
      const scope = parseScope(entry.scope) ?? { kind: 'all' as const, name: '' }
      for (const range of rangesOf(entry.period, nowMs, zone)) {
        const spent = spendIn(ledger.step(range, nowMs), parts, nowMs)
        // What was never read is unknown: it is no period without spend.
        if (spent)
          spends.push({
            startMs: range.fromMs,
            nanos: countInScope(spent, scope, entry.currency, parts.rates).nanos,
          })
        await breathe()
      }
      const isRolling = entry.period === 'rolling24h'
      const seen = isRolling ? rolling(spends) : spends
      const usual = usualSpend(seen)
      const limitNanos = parseNanos(entry.limit ?? '')
      const suggested = usual && suggestLimit(usual, entry.period)
      return ok({
        from: spends[0] ? iso(spends[0].startMs) : null,
        periods: seen.length,
        middle: usual && nanosToDecimal(usual.middleNanos),
        high: usual && nanosToDecimal(usual.highNanos),
        suggested: suggested === null ? null : String(suggested),
        thresholds:
          limitNanos === null
            ? []
            : previewThresholds(seen, entry.thresholds, limitNanos, isRolling).map(({ threshold, times, lastMs }) => ({
                threshold,
                times,
                lastAt: lastMs === null ? null : iso(lastMs),
              })),
      })
    },
  }
}

/** Whole periods that are over, oldest first; hours for a rolling day. */
function rangesOf(period: Budget['period'], nowMs: number, zone: string): TimeRange[] {
  const ranges: TimeRange[] = []
  const firstMs = nowMs - lookBackMs[period]
  if (period === 'hour' || period === 'rolling24h') {
    for (let fromMs = floorTo(firstMs, hourMs); fromMs + hourMs <= nowMs; fromMs += hourMs)
      ranges.push({ fromMs, toMs: fromMs + hourMs })
    return ranges
  }
  for (let range = periodAt(period, firstMs, zone); range.toMs <= nowMs; range = periodAt(period, range.toMs, zone))
    if (range.fromMs >= firstMs) ranges.push(range)
  return ranges
}

/** From hours to the sum of 24 of them, at each hour. */
function rolling(hours: readonly PeriodSpend[]): PeriodSpend[] {
  return hours.slice(23).map(({ startMs }, at) => ({
    startMs,
    nanos: hours.slice(at, at + 24).reduce((sum, { nanos }) => sum + nanos, 0n),
  }))
}
