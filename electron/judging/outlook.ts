import type { Budget } from '../../shared/budgets.ts'
import { countedText, presentCounted } from '../../shared/rate-notes.ts'
import type { Counted, RateBook } from '../../shared/rates.ts'
import { parseScope, type Scope } from '../../shared/scope.ts'
import { addDays, dayMs, hourMs, localDay, periodAt, startOfLocalDay, type TimeRange } from '../../shared/time.ts'
import { countInScope, type SpendIn } from '../detection/finding.ts'
import { forecastEnd, type Forecast } from '../detection/forecast.ts'
import { isForetold } from '../detection/forecasts.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import { spendIn } from './spend-in.ts'

const historyDays = 56
/** A forecast hardly changes within an hour, and is a good deal of reading. */
const keptMs = hourMs
/** So many are made anew in one look; the rest follow with the next. */
const mostAtOnce = 10

interface Outlook {
  forecast: Forecast
  spentNanos: bigint
  /** Which rates made it one sum; empty where there is one currency. */
  rates: string
}

/** Where budgets are heading, from the ledger's days in the budget's own zone and scope. */
export function createOutlook(parts: { ledger: Ledger; owners: Owners; rates: RateBook }) {
  const { ledger, rates } = parts
  const kept = new Map<string, { madeFor: string; atMs: number; outlook: Outlook | null }>()

  /**
   * Answers for one look at all budgets; what is older than an hour is made again, a few at a time. Nothing is foretold
   * from data that are still being read, or that are missing.
   */
  function look(
    nowMs: number,
    zone: string,
    isComplete: (scope: Scope) => boolean,
    spentSoFar: (budget: Budget, scope: Scope) => Counted | null,
  ): (budget: Budget) => Outlook | null {
    let made = 0
    const past = createPast(nowMs)
    return (budget) => {
      const scope = parseScope(budget.scope)
      if (!scope || !isComplete(scope)) return null
      const madeFor = JSON.stringify([budget.limit, budget.currency, budget.period, budget.scope, budget.zone ?? zone])
      const last = kept.get(budget.id)
      const fresh = last?.madeFor === madeFor && nowMs - last.atMs < keptMs && nowMs >= last.atMs
      if (fresh || (last?.madeFor === madeFor && made >= mostAtOnce))
        return last.outlook && carriedOn(last.outlook, spentSoFar(budget, scope), budget.currency)
      made++
      const soFar = spentSoFar(budget, scope)
      const outlook = soFar && outlookOf(budget, scope, nowMs, budget.zone ?? zone, past, soFar)
      kept.set(budget.id, { madeFor, atMs: nowMs, outlook })
      return outlook
    }
  }

  function outlookOf(
    budget: Budget,
    scope: Scope,
    nowMs: number,
    zone: string,
    past: Past,
    soFar: Counted,
  ): Outlook | null {
    if (!isForetold(budget.period)) return null
    const period = periodAt(budget.period, nowMs, zone)
    const { today, todayMs, tomorrowMs, before: daysBefore } = past.daysOf(zone)
    const sum = (range: TimeRange): bigint | null => {
      if (range.fromMs >= range.toMs) return 0n
      const spent = past.spentIn(range)
      const counted = spent && countInScope(spent, scope, budget.currency, rates)
      // Where a rate is missing, so is a part of the habit.
      return counted && counted.missing.length === 0 ? counted.nanos : null
    }
    const days: number[] = []
    for (const day of daysBefore) {
      const spent = sum(day)
      // Days before anything was read are unknown, not free.
      if (spent !== null) days.push(units(spent))
      else if (days.length > 0) return null
    }
    const before = period.fromMs < todayMs ? sum({ fromMs: period.fromMs, toMs: todayMs }) : 0n
    const spentToday = sum({ fromMs: todayMs, toMs: nowMs })
    if (before === null || spentToday === null) return null
    const limit = Number(budget.limit)
    const forecast = forecastEnd(
      {
        days,
        weekday: new Date(`${today}T00:00:00Z`).getUTCDay(),
        today: units(spentToday),
        todayShare: (nowMs - todayMs) / (tomorrowMs - todayMs),
        before: units(before),
        daysLeft: Math.max(0, Math.round((period.toMs - tomorrowMs) / dayMs)),
      },
      limit,
    )
    return (
      forecast && {
        forecast,
        spentNanos: before + spentToday,
        rates: countedText(presentCounted(soFar), budget.currency),
      }
    )
  }

  /** What the budgets of one look share: their days, and who spent in them. */
  function createPast(nowMs: number) {
    const zones = new Map<string, Days>()
    const spans = new Map<string, SpendIn | null>()
    return {
      daysOf(zone: string): Days {
        const days = zones.get(zone) ?? daysUpTo(nowMs, zone)
        zones.set(zone, days)
        return days
      },
      /** Null where nothing was read. */
      spentIn(range: TimeRange): SpendIn | null {
        const key = `${range.fromMs} ${range.toMs}`
        let spent = spans.get(key)
        if (spent === undefined) spans.set(key, (spent = spendIn(ledger.step(range, nowMs), parts, nowMs)))
        return spent
      },
    }
  }
  type Past = ReturnType<typeof createPast>

  return { look }
}

interface Days {
  today: string
  todayMs: number
  tomorrowMs: number
  /** The days before today, oldest first. */
  before: TimeRange[]
}

/** Today and the eight weeks before it. */
export function daysUpTo(nowMs: number, zone: string): Days {
  const today = localDay(nowMs, zone)
  const starts = Array.from({ length: historyDays + 2 }, (_, index) =>
    startOfLocalDay(addDays(today, index - historyDays), zone),
  )
  const days = starts.slice(1).map((toMs, index): TimeRange => ({ fromMs: starts[index] ?? toMs, toMs }))
  const last = days.pop()
  return { today, todayMs: last?.fromMs ?? nowMs, tomorrowMs: last?.toMs ?? nowMs, before: days }
}

/**
 * A forecast of some minutes ago, with what was spent since on top: nothing is heading for less than it already is. A
 * leap of minutes is no new habit, so how likely the limit is passed is left to the next forecast.
 */
function carriedOn(outlook: Outlook, soFar: Counted | null, currency: string): Outlook {
  const { forecast, spentNanos } = outlook
  if (soFar === null || soFar.nanos <= spentNanos) return outlook
  const nowNanos = soFar.nanos
  const more = units(nowNanos - spentNanos)
  const { end, low, high } = forecast
  return {
    forecast: { ...forecast, end: end + more, low: low + more, high: high + more },
    spentNanos: nowNanos,
    rates: countedText(presentCounted(soFar), currency),
  }
}

export function units(nanos: bigint): number {
  return Number(nanos) / 1e9
}
