import type { Budget } from '../../shared/budgets.ts'
import { parseNanos } from '../../shared/money.ts'
import { periodId, periodsAt, type Period } from '../../shared/time.ts'
import { i18n, moneyInWords, sentences, wordsLocale } from '../../shared/words.ts'
import type { Forecast } from './forecast.ts'
import type { Finding, Judgement, OpenAlert } from './finding.ts'

/** Periods long enough for "where is this heading" to mean something. */
const foretold = { week: 'week', month: 'month' } as const
const tellFrom = 0.8
const letGoBelow = 0.5

export function isForetold(period: Period): period is keyof typeof foretold {
  return period in foretold
}

/**
 * Budgets that will most likely be passed. Told once a period, from a probability of 80 % on, and let go below 50 %. Once
 * the limit itself is passed the budget speaks, and the forecast has nothing to add.
 */
export function judgeForecasts(input: {
  budgets: readonly Budget[]
  forecastOf(budget: Budget): { forecast: Forecast; spentNanos: bigint; rates: string } | null
  open: readonly OpenAlert[]
  nowMs: number
  zone: string
}): Judgement {
  const judgement: Judgement = { findings: [], cleared: new Map() }
  const judged = new Map<string, string | null>()
  const periodOf = periodsAt(input.nowMs)
  for (const budget of input.budgets) {
    if (!isForetold(budget.period)) continue
    const period = periodOf(budget.period, budget.zone ?? input.zone)
    const identity = `forecast:${budget.id}:${periodId(budget.period, period)}`
    const isOpen = input.open.some((alert) => alert.identity === identity)
    const found = input.forecastOf(budget)
    const limit = parseNanos(budget.limit)
    judged.set(identity, null)
    if (!found || limit === null) continue
    if (found.spentNanos >= limit) judged.set(identity, i18n.t('The limit is passed.'))
    else if (found.forecast.probability >= (isOpen ? letGoBelow : tellFrom))
      judgement.findings.push(describe(budget, identity, found, limit, period.fromMs, input))
    else judged.set(identity, i18n.t('It will most likely stay within the budget.'))
  }
  for (const { rule, ruleId, identity } of input.open) {
    if (rule !== 'forecast') continue
    const verdict = judged.get(identity)
    if (verdict) judgement.cleared.set(identity, verdict)
    else if (verdict === undefined) {
      const kept = input.budgets.some((budget) => budget.id === ruleId)
      judgement.cleared.set(
        identity,
        kept ? i18n.t('The period of the budget is over.') : i18n.t('The budget was removed.'),
      )
    }
  }
  return judgement
}

function describe(
  budget: Budget,
  identity: string,
  { forecast, spentNanos, rates }: { forecast: Forecast; spentNanos: bigint; rates: string },
  limitNanos: bigint,
  sinceMs: number,
  { nowMs, zone }: { nowMs: number; zone: string },
): Finding {
  const money = (amount: number) => moneyInWords(amount.toFixed(2), budget.currency)
  const said = {
    period: budget.period,
    end: money(forecast.end),
    low: money(forecast.low),
    high: money(forecast.high),
    limit: moneyInWords(budget.limit, budget.currency),
    day: dayText(nowMs, forecast.breachInDays ?? 0, budget.zone ?? zone),
  }
  return {
    identity,
    rule: 'forecast',
    ruleId: budget.id,
    scope: budget.scope,
    severity: 'warning',
    steps: ['heading over'],
    once: true,
    unsure: false,
    amountNanos: spentNanos,
    limitNanos,
    currency: budget.currency,
    sinceMs,
    summary: sentences(
      forecast.breachInDays === null
        ? i18n.t(
            'This {period, select, week {week} month {month} other {day}} is heading for {end} (most likely {low} to {high}), past the {limit} budget.',
            said,
          )
        : i18n.t(
            'This {period, select, week {week} month {month} other {day}} is heading for {end} (most likely {low} to {high}), past the {limit} budget around {day}.',
            said,
          ),
      rates,
    ),
    contributors: [],
  }
}

function dayText(nowMs: number, inDays: number, zone: string): string {
  return new Intl.DateTimeFormat(wordsLocale(), { timeZone: zone, month: 'long', day: 'numeric' }).format(
    nowMs + inDays * 86_400_000,
  )
}
