import { nanosToDecimal } from '../../shared/money.ts'
import { hourMs, minuteMs, spanText, type TimeRange } from '../../shared/time.ts'
import { i18n, moneyInWords, sentences } from '../../shared/words.ts'
import { busyRuns, busySince, missedRun, type BusyRun, type SpentHour } from './missed.ts'
import { contributorsOf, type Finding, type Judgement, type OpenAlert, type OwnedSpend } from './finding.ts'

export interface VelocityScope {
  accountId: string
  accountLabel: string
  currency: string
  /** Spend of the trailing hour, by owner. Null while the account's usage is not known. */
  lastHour: readonly OwnedSpend[] | null
  /** Whether usage is known up to now. What is missing can make the hour look calm, but never busy. */
  complete: boolean
  /** Spend of the account's busiest ordinary hours lately; 0 without history. See `ordinaryPeak`. */
  ordinaryPeakNanos: bigint
  /** Whole hours of the last day in which the account was watched, oldest first. */
  hours: readonly SpentHour[]
  /** Until when the guard slept: hours that ended before were not looked at while they passed. */
  asleepToMs: number
  /** Until when an alert of this scope has spoken; 0 when none has. */
  spokenToMs: number
  /** What a person accepted as normal for an hour lately; 0 where nobody did. */
  acceptedNanos: bigint
  /** Spend between two instants, by owner. */
  spentIn(range: TimeRange): readonly OwnedSpend[]
  /** The part of what was spent between two instants that had been announced; and the words for it today. */
  plannedIn(range: TimeRange): bigint
  plan: string | null
}

const peakFactor = 3n
/** Below this margin over the limit one look is not enough. */
const sureTenths = 12n
const criticalFactor = 4n
const recoveryTenths = 8n
/** An hour that was accepted may be that much dearer before it is news again. */
const acceptedTenths = 15n
const missedMark = ':missed:'
const missedKeptMs = 48 * hourMs

/**
 * Money per hour above a floor. It needs no history: the limit is the floor the person set, raised to three times what
 * the account's busy hours usually cost, so that a company that normally spends $100 an hour is not paged for it.
 * The trailing hour crosses the limit within a minute when the rate is many times over, and slowly when it is just over.
 */
export function judgeVelocity(input: {
  scopes: readonly VelocityScope[]
  floorNanos: bigint
  open: readonly OpenAlert[]
  nowMs: number
}): Judgement {
  const findings: Finding[] = []
  const cleared = new Map<string, string>()
  for (const scope of input.scopes) {
    const identity = velocityIdentity(scope.accountId, scope.currency)
    const open = input.open.find((alert) => alert.identity === identity)
    if (!scope.lastHour) continue
    const lastHour = { fromMs: input.nowMs - hourMs, toMs: input.nowMs }
    const spent = sumOf(scope.lastHour, scope.currency) - scope.plannedIn(lastHour)
    const limit = velocityLimit(input.floorNanos, scope.ordinaryPeakNanos, scope.acceptedNanos)
    const hours = scope.hours.map((hour) => ({
      ...hour,
      nanos: hour.nanos - scope.plannedIn({ fromMs: hour.startMs, toMs: hour.startMs + hourMs }),
    }))
    const runs = busyRuns(hours, limit)
    const missed = missedRun(runs, scope.asleepToMs, scope.spokenToMs)
    if (spent >= limit) {
      const sinceMs = open?.sinceMs ?? busySince(runs, input.nowMs)
      findings.push(describe(scope, identity, { spent, limit, sinceMs, nowMs: input.nowMs }))
    } else if (!open && missed) findings.push(describeMissed(scope, identity, missed, limit, input.nowMs))
    else if (open && scope.complete && spent * 10n < limit * recoveryTenths)
      cleared.set(identity, i18n.t('Spend per hour is back below the limit.'))
  }
  const watched = new Set(input.scopes.map((scope) => scope.accountId))
  for (const { identity, rule, sinceMs } of input.open) {
    if (identity.includes(missedMark) && input.nowMs - sinceMs > missedKeptMs)
      cleared.set(identity, i18n.t('Two days have passed.'))
    if (rule === 'velocity' && !watched.has(identity.split(':')[1] ?? ''))
      cleared.set(identity, i18n.t('The account was removed.'))
  }
  return { findings, cleared }
}

export function velocityIdentity(accountId: string, currency: string): string {
  return `velocity:${accountId}:${currency}`
}

export function velocityLimit(floorNanos: bigint, ordinaryPeakNanos: bigint, acceptedNanos = 0n): bigint {
  const candidates = [ordinaryPeakNanos * peakFactor, (acceptedNanos * acceptedTenths) / 10n]
  return candidates.reduce((limit, one) => (one > limit ? one : limit), floorNanos)
}

/**
 * The 95th percentile of hourly spend over the given hours, idle hours included. A past incident of a few hours does
 * not make the guard deaf, as the largest value would.
 */
export function ordinaryPeak(hourlyNanos: readonly bigint[], hours: number): bigint {
  if (hours <= 0) return 0n
  const sorted = [...hourlyNanos].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const rank = Math.ceil(hours * 0.95) - 1 - (hours - sorted.length)
  return rank < 0 ? 0n : (sorted[rank] ?? 0n)
}

const money = (nanos: bigint, currency: string) => moneyInWords(nanosToDecimal(nanos), currency)

function sumOf(parts: readonly OwnedSpend[], currency: string): bigint {
  return parts.reduce((sum, part) => (part.currency === currency ? sum + part.nanos : sum), 0n)
}

function describe(
  scope: VelocityScope,
  identity: string,
  { spent, limit, sinceMs, nowMs }: { spent: bigint; limit: bigint; sinceMs: number; nowMs: number },
): Finding {
  const critical = spent >= limit * criticalFactor
  const longer = nowMs - sinceMs > hourMs + minuteMs
  const since = { fromMs: sinceMs, toMs: nowMs }
  const parts = longer ? scope.spentIn(since) : (scope.lastHour ?? [])
  const total = longer ? sumOf(parts, scope.currency) - scope.plannedIn(since) : spent
  return {
    ...common(scope, limit),
    identity,
    severity: critical ? 'critical' : 'warning',
    steps: critical ? ['fast', 'very fast'] : ['fast'],
    unsure: spent * 10n < limit * sureTenths,
    amountNanos: total > spent ? total : spent,
    sinceMs,
    summary: sentences(
      i18n.t('{account} spent {spent} in the last hour; the limit is {limit} an hour.', {
        account: scope.accountLabel,
        spent: money(spent, scope.currency),
        limit: money(limit, scope.currency),
      }),
      total > spent ? i18n.t('{total} since it began.', { total: money(total, scope.currency) }) : null,
      scope.plan,
    ),
    contributors: contributorsOf(parts, { kind: 'account', name: scope.accountId }, scope.currency),
  }
}

/** Told once, and kept until a person has seen it: the money is gone, but the key may still be out there. */
function describeMissed(scope: VelocityScope, identity: string, run: BusyRun, limit: bigint, nowMs: number): Finding {
  const parts = scope.spentIn({ fromMs: run.startMs, toMs: run.endMs })
  return {
    ...common(scope, limit),
    identity: `${identity}${missedMark}${run.startMs}`,
    severity: run.peakNanos >= limit * criticalFactor ? 'critical' : 'warning',
    steps: ['missed'],
    once: true,
    unsure: false,
    amountNanos: run.nanos,
    sinceMs: run.startMs,
    summary: i18n.t(
      'While the guard slept, {account} spent {spent} in {hours, plural, one {one hour} other {# hours}}; the limit is {limit} an hour. It ended {span} ago.',
      {
        account: scope.accountLabel,
        spent: money(run.nanos, scope.currency),
        hours: run.hours,
        limit: money(limit, scope.currency),
        span: spanText(nowMs - run.endMs),
      },
    ),
    contributors: contributorsOf(parts, { kind: 'account', name: scope.accountId }, scope.currency),
  }
}

function common(scope: VelocityScope, limitNanos: bigint) {
  return {
    rule: 'velocity' as const,
    ruleId: null,
    scope: `account:${scope.accountId}`,
    limitNanos,
    currency: scope.currency,
  }
}
