import { formatMoney, nanosToDecimal } from '../../shared/money.ts'
import { hourMs, minuteMs } from '../../shared/time.ts'
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
  /** Spend since an instant, for an alert that is already open. */
  spentSince(sinceMs: number): bigint
}

const peakFactor = 3n
/** Below this margin over the limit one look is not enough. */
const sureTenths = 12n
const criticalFactor = 4n
const recoveryTenths = 8n

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
    const identity = `velocity:${scope.accountId}:${scope.currency}`
    const open = input.open.find((alert) => alert.identity === identity)
    if (!scope.lastHour) continue
    const spent = scope.lastHour.reduce((sum, part) => (part.currency === scope.currency ? sum + part.nanos : sum), 0n)
    const limit = velocityLimit(input.floorNanos, scope.ordinaryPeakNanos)
    if (spent >= limit) findings.push(describe(scope, identity, spent, limit, open, input.nowMs))
    else if (open && scope.complete && spent * 10n < limit * recoveryTenths)
      cleared.set(identity, 'Spend per hour is back below the limit.')
  }
  const watched = new Set(input.scopes.map((scope) => scope.accountId))
  for (const { identity, rule } of input.open) {
    if (rule === 'velocity' && !watched.has(identity.split(':')[1] ?? ''))
      cleared.set(identity, 'The account was removed.')
  }
  return { findings, cleared }
}

export function velocityLimit(floorNanos: bigint, ordinaryPeakNanos: bigint): bigint {
  const scaled = ordinaryPeakNanos * peakFactor
  return scaled > floorNanos ? scaled : floorNanos
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

function describe(
  scope: VelocityScope,
  identity: string,
  spent: bigint,
  limit: bigint,
  open: OpenAlert | undefined,
  nowMs: number,
): Finding {
  const sinceMs = open?.sinceMs ?? nowMs - hourMs
  const critical = spent >= limit * criticalFactor
  const money = (nanos: bigint) => formatMoney(nanosToDecimal(nanos), scope.currency, 'en-US')
  const total = open && nowMs - sinceMs > hourMs + minuteMs ? scope.spentSince(sinceMs) : spent
  const longer = total > spent ? ` ${money(total)} since it began.` : ''
  return {
    identity,
    rule: 'velocity',
    ruleId: null,
    scope: `account:${scope.accountId}`,
    severity: critical ? 'critical' : 'warning',
    steps: critical ? ['fast', 'very fast'] : ['fast'],
    unsure: spent * 10n < limit * sureTenths,
    amountNanos: total > spent ? total : spent,
    limitNanos: limit,
    currency: scope.currency,
    sinceMs,
    summary: `${scope.accountLabel} spent ${money(spent)} in the last hour; the limit is ${money(limit)} an hour.${longer}`,
    contributors: contributorsOf(scope.lastHour ?? [], { kind: 'account', name: scope.accountId }, scope.currency),
  }
}
