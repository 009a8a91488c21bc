import { severities, type Severity } from '../../shared/alerts.ts'
import { isReached, lineOf, type Budget, type Threshold } from '../../shared/budgets.ts'
import { nanosToDecimal, parseNanos } from '../../shared/money.ts'
import { countedText, presentCounted } from '../../shared/rate-notes.ts'
import type { Counted, RateBook } from '../../shared/rates.ts'
import { parseScope, type Scope } from '../../shared/scope.ts'
import { periodId, periodsAt, type TimeRange } from '../../shared/time.ts'
import { i18n, moneyInWords, sentences } from '../../shared/words.ts'
import {
  contributorsOf,
  countInScope,
  partsIn,
  type Finding,
  type Judgement,
  type OpenAlert,
  type SpendIn,
} from './finding.ts'

/** Spend over a range by owner, or null while nothing is known of it. */
export type SpendOver = (range: TimeRange) => SpendIn | null

/** A told threshold is left only once spend is this far below it (per cent), so that a value at the line does not flap. */
const recoveryPercent = 98n

export type PeriodOf = ReturnType<typeof periodsAt>

/** The part of the budget's period that has passed. */
export function budgetRange(budget: Budget, periodOf: PeriodOf, nowMs: number, zone: string): TimeRange {
  const range = periodOf(budget.period, budget.zone ?? zone)
  return budget.period === 'rolling24h' ? range : { fromMs: range.fromMs, toMs: Math.min(range.toMs, nowMs) }
}

/** A rolling window has no end to re-arm it: it is one life until its spend falls. */
function identityOf(budget: Budget, periodOf: PeriodOf, zone: string): string {
  if (budget.period === 'rolling24h') return `budget:${budget.id}:rolling24h`
  return `budget:${budget.id}:${periodId(budget.period, periodOf(budget.period, budget.zone ?? zone))}`
}

/** Which budgets have crossed which of their thresholds in the period that holds `nowMs`. */
export function judgeBudgets(input: {
  budgets: readonly Budget[]
  spendOver: SpendOver
  rates: RateBook
  open: readonly OpenAlert[]
  /** Whether usage in a scope is known up to now; otherwise a sum that fell may only be data that is missing. */
  isComplete(scope: Scope): boolean
  nowMs: number
  zone: string
}): Judgement {
  const { budgets, open, nowMs, zone } = input
  const periodOf = periodsAt(nowMs)
  const findings: Finding[] = []
  const cleared = new Map<string, string>()
  const judged = new Map<string, 'over' | 'under' | 'unknown'>()
  const toldOf = new Map(open.map((alert) => [alert.identity, alert.told]))
  for (const budget of budgets) {
    const identity = identityOf(budget, periodOf, zone)
    const told = toldOf.get(identity) ?? []
    const finding = judgeBudget(budget, identity, told, { ...input, range: budgetRange(budget, periodOf, nowMs, zone) })
    judged.set(identity, finding === null ? 'unknown' : finding === 'under' ? 'under' : 'over')
    if (finding !== null && finding !== 'under') findings.push(finding)
  }
  for (const alert of open) {
    if (alert.rule !== 'budget') continue
    const verdict = judged.get(alert.identity)
    if (verdict === 'under') cleared.set(alert.identity, i18n.t('Spend is below the threshold again.'))
    else if (verdict === undefined) {
      const kept = budgets.some((budget) => budget.id === alert.ruleId)
      cleared.set(
        alert.identity,
        kept ? i18n.t('The period of the budget is over.') : i18n.t('The budget was removed.'),
      )
    }
  }
  return { findings, cleared }
}

function judgeBudget(
  budget: Budget,
  identity: string,
  told: readonly string[],
  input: { spendOver: SpendOver; rates: RateBook; isComplete(scope: Scope): boolean; range: TimeRange },
): Finding | 'under' | null {
  const { range, rates } = input
  const spending = input.spendOver(range)
  const scope = parseScope(budget.scope)
  const limitNanos = parseNanos(budget.limit)
  if (!spending || !scope || limitNanos === null) return null
  const counted = countInScope(spending, scope, budget.currency, rates)
  const spent = counted.nanos
  const crossed = [...budget.thresholds]
    .sort((a, b) => (lineOf(a, limitNanos) < lineOf(b, limitNanos) ? -1 : 1))
    .filter((threshold) =>
      isReached(spent, threshold, limitNanos, told.includes(stepOf(threshold)) ? recoveryPercent : 100n),
    )
  const highest = crossed.at(-1)
  // A sum that lacks a currency is no proof of having spent less.
  if (!highest) return input.isComplete(scope) && counted.missing.length === 0 ? 'under' : null
  const parts = counted.exchanges.length === 0 ? spending.parts : partsIn(spending, budget.currency, rates)
  return {
    identity,
    rule: 'budget',
    ruleId: budget.id,
    scope: budget.scope,
    severity: worst(crossed.map((threshold) => threshold.severity)),
    steps: crossed.map(stepOf),
    ...(budget.period === 'rolling24h' ? {} : { once: true }),
    unsure: false,
    amountNanos: spent,
    limitNanos,
    currency: budget.currency,
    sinceMs: range.fromMs,
    summary: summarise(budget, counted, limitNanos),
    contributors: contributorsOf(parts, scope, budget.currency),
  }
}

function stepOf({ percent, amount }: Threshold): string {
  return percent === undefined ? `${amount}` : `${percent}%`
}

export function worst(found: readonly Severity[]): Severity {
  return severities.findLast((severity) => found.includes(severity)) ?? 'info'
}

function summarise(budget: Budget, counted: Counted, limit: bigint): string {
  const percent = (counted.nanos * 100n) / limit
  const money = (nanos: bigint) => moneyInWords(nanosToDecimal(nanos), budget.currency)
  const spent = i18n.t(
    '{spent} spent {period, select, hour {this hour} day {today} week {this week} month {this month} other {in the last 24 hours}}, {percent}% of the {limit} budget.',
    { spent: money(counted.nanos), period: budget.period, percent: String(percent), limit: money(limit) },
  )
  return sentences(spent, countedText(presentCounted(counted), budget.currency))
}
