import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, utcDay } from '../../shared/time.ts'
import { i18n, figureInWords, moneyInWords } from '../../shared/words.ts'
import { contributorsOf, type Finding, type Judgement, type OpenAlert, type OwnedSpend } from './finding.ts'

/** What an account spent a day, in one currency: what there is to go by where no habit of its hours is known (yet). */
export interface DailySpend {
  accountId: string
  accountLabel: string
  currency: string
  /** UTC days that are known, oldest first; today's is what is known of it so far. */
  days: readonly { startMs: number; nanos: bigint }[]
  /** Days that were over before the account was watched are the past's business. */
  watchedSinceMs: number
  /** What was announced for a day, on top of what is usual. */
  announced(startMs: number): bigint
  spentOn(startMs: number): readonly OwnedSpend[]
}

/** Newest days that are looked at: a bill is often a day late, and restated after that. */
const newestDays = 3
const fewestDays = 7
const historyDays = 35
/** A month ago, give or take two days: what is charged once a month is no news. */
const monthDays = { from: 27, to: 33 }
/** A day's money never falls within less than this share of what is usual. */
const leastSpread = 0.15
const spreads = 4
/** Over this many times the smallest impact, and of what is usual, somebody must be woken. */
const criticalImpact = 10n
const criticalTimes = 3

/**
 * A day that cost far more than days of this account do. It needs no more than a bill by the day, so that it speaks of
 * providers that tell nothing finer, and of accounts that are too new for the anomaly model. Of today only a part is
 * known, which must be too much for a whole day. What the quicker judges speak of already is left to them.
 */
export function judgeUnusualDays(input: {
  accounts: readonly DailySpend[]
  open: readonly OpenAlert[]
  floorNanos: bigint
  /** Whether velocity or the anomaly model speaks of the account, or spoke on that day. */
  isSpokenOf(accountId: string, currency: string, dayMs: number): boolean
}): Judgement {
  const judgement: Judgement = { findings: [], cleared: new Map() }
  const unusual = new Set<string>()
  for (const spend of input.accounts) {
    for (const day of spend.days.slice(-newestDays)) {
      const identity = unusualDayIdentity(spend, day.startMs)
      const excess = excessOf(spend, day)
      if (excess === null || excess.nanos < input.floorNanos || day.startMs + dayMs <= spend.watchedSinceMs) continue
      unusual.add(identity)
      const isOpen = input.open.some((alert) => alert.identity === identity)
      if (!isOpen && input.isSpokenOf(spend.accountId, spend.currency, day.startMs)) continue
      const isCritical =
        excess.nanos >= input.floorNanos * criticalImpact && day.nanos >= excess.usual * BigInt(criticalTimes)
      judgement.findings.push(describe(spend, day, excess.usual, identity, isCritical))
    }
  }
  for (const { identity } of input.open)
    if (identity.startsWith('day:') && !unusual.has(identity))
      judgement.cleared.set(identity, i18n.t('The days since then cost what is usual, or the day was restated.'))
  return judgement
}

export function unusualDayIdentity({ accountId, currency }: DailySpend, startMs: number): string {
  return `day:${accountId}:${currency}:${utcDay(startMs)}`
}

/** By how much a day is beyond what is usual; null where too little is known, or it is not out of the ordinary. */
export function excessOf(
  { days, announced }: Pick<DailySpend, 'days' | 'announced'>,
  day: { startMs: number; nanos: bigint },
): { nanos: bigint; usual: bigint } | null {
  const before = days.filter(({ startMs }) => startMs < day.startMs && startMs >= day.startMs - historyDays * dayMs)
  if (before.length < fewestDays) return null
  const all = before.map(({ nanos }) => nanos)
  const sameWeekday = before
    .filter(({ startMs }) => (day.startMs - startMs) % (7 * dayMs) === 0)
    .map(({ nanos }) => nanos)
  const median = medianOf(all)
  const usual = max(median, sameWeekday.length >= 2 ? medianOf(sameWeekday) : 0n)
  const deviation = medianOf(all.map((nanos) => abs(nanos - median)))
  const spread = Math.max(Number(deviation) * 1.4826, Number(usual) * leastSpread)
  const monthAgo = before
    .filter(({ startMs }) => {
      const ago = (day.startMs - startMs) / dayMs
      return ago >= monthDays.from && ago <= monthDays.to
    })
    .map(({ nanos }) => nanos)
  // One day of the past may have been an incident; two make a habit.
  const second = [...all].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))[1] ?? 0n
  const limit = max(usual + BigInt(Math.round(spread * spreads)), max(second, monthAgo.reduce(max, 0n)))
  const own = day.nanos - announced(day.startMs)
  return own > limit ? { nanos: own - usual, usual } : null
}

function describe(
  spend: DailySpend,
  { startMs, nanos }: { startMs: number; nanos: bigint },
  usual: bigint,
  identity: string,
  isCritical: boolean,
): Finding {
  const money = (amount: bigint) => moneyInWords(nanosToDecimal(amount), spend.currency)
  const said = {
    account: spend.accountLabel,
    spent: money(nanos),
    day: utcDay(startMs),
    usual: money(usual),
    factor: usual > 0n ? figureInWords(Number(nanos) / Number(usual), 1) : '',
  }
  return {
    identity,
    rule: 'anomaly',
    ruleId: null,
    scope: `account:${spend.accountId}`,
    severity: isCritical ? 'critical' : 'warning',
    steps: isCritical ? ['unusual day', 'costly'] : ['unusual day'],
    once: true,
    unsure: false,
    amountNanos: nanos,
    limitNanos: null,
    currency: spend.currency,
    sinceMs: startMs,
    summary:
      usual > 0n
        ? i18n.t('{account} spent {spent} on {day}; a usual day costs {usual} ({factor} times as much).', said)
        : i18n.t('{account} spent {spent} on {day}; a usual day costs {usual}.', said),
    contributors: contributorsOf(spend.spentOn(startMs), { kind: 'account', name: spend.accountId }, spend.currency),
  }
}

function medianOf(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? 0n
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0n) + high) / 2n
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}
