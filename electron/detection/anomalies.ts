import { nanosToDecimal } from '../../shared/money.ts'
import { hourMs, minuteMs, spanText, type TimeRange } from '../../shared/time.ts'
import { i18n, moneyInWords, sentences } from '../../shared/words.ts'
import type { Finding as Rise, Shape } from './anomaly/finding.ts'
import { withKind, type Newcomer } from './newcomers.ts'
import { contributorsOf, type Finding, type Judgement, type OpenAlert, type OwnedSpend } from './finding.ts'

/** What an account spends in one currency, as the anomaly model sees it just now. */
export interface WatchedSpend {
  accountId: string
  accountLabel: string
  currency: string
  /** Whether spend is out of the ordinary, also while it pauses for a moment. */
  unusual: boolean
  /** What is out of the ordinary just now, in whole units of the currency. */
  rise: Rise | null
  /** The rise was over before the account was watched: a first look does not page about the past. */
  isPast: boolean
  /** Money of the last hour above what was expected of it. */
  excessOfHour: number
  /** The dearest name of the last hour that is new, or was silent for long. */
  newcomer: Newcomer | null
  /** Whether it was spoken of within two days: a newcomer is news once. */
  toldLately: boolean
  /** Whether usage is known up to now: silence of the data is no end of a rise. */
  complete: boolean
  /** How long until it is looked at again, and how late usage is by then. */
  nextLookMs: number
  spentIn(range: TimeRange): readonly OwnedSpend[]
  /** What was announced for today, in words. */
  plan: string | null
}

/** Over this many times the smallest impact somebody must be woken. */
const criticalFactor = 10n

/**
 * Spend that is not like this account, whatever its size. What counts is impact: the excess so far and what will have
 * been added by the next look. A rise from one cent to forty is silence.
 */
export function judgeAnomalies(input: {
  watched: readonly WatchedSpend[]
  open: readonly OpenAlert[]
  floorNanos: bigint
  nowMs: number
}): Judgement {
  const judgement: Judgement = { findings: [], cleared: new Map() }
  for (const spend of input.watched) {
    const identity = anomalyIdentity(spend.accountId, spend.currency)
    const sinceMs = input.open.find((alert) => alert.identity === identity)?.sinceMs ?? null
    const isOpen = sinceMs !== null
    const impact = spend.rise ? impactOf(spend.rise, spend.nextLookMs) : 0n
    const newcomer = newcomerOf(spend, isOpen ? input.floorNanos / 2n : input.floorNanos)
    if (isOpen && spend.plan !== null && impact < input.floorNanos) {
      judgement.cleared.set(identity, i18n.t('It was planned.'))
    } else if (spend.rise && (isOpen || (impact >= input.floorNanos && !spend.isPast))) {
      const critical = impact >= input.floorNanos * criticalFactor
      judgement.findings.push(describe(spend, spend.rise, identity, critical, input.nowMs))
    } else if (newcomer && (isOpen || !spend.toldLately))
      judgement.findings.push(
        describeNewcomer(spend, newcomer, identity, sinceMs ?? cameAtMs(spend, newcomer, input.nowMs), input.nowMs),
      )
    else if (isOpen && !spend.unusual && spend.complete)
      judgement.cleared.set(identity, i18n.t('Spend is back to what is usual, or this is the new usual.'))
  }
  const watched = new Set(input.watched.map((spend) => spend.accountId))
  for (const { rule, identity } of input.open) {
    if (rule === 'anomaly' && identity.startsWith('anomaly:') && !watched.has(identity.split(':')[1] ?? ''))
      judgement.cleared.set(identity, i18n.t('The account was removed.'))
  }
  return judgement
}

/** At least so much of what a newcomer costs must come on top of what is usual: otherwise it took another's place. */
const addedTenths = 7n

/** A newcomer worth a word: dear enough for its account, and on top of what is usual. */
function newcomerOf({ newcomer, excessOfHour }: WatchedSpend, leastNanos: bigint): Newcomer | null {
  if (!newcomer || newcomer.nanos < leastNanos) return null
  return nanosOf(excessOfHour) * 10n >= newcomer.nanos * addedTenths ? newcomer : null
}

export function anomalyIdentity(accountId: string, currency: string): string {
  return `anomaly:${accountId}:${currency}`
}

/** Excess so far, and what the present pace adds until the next look. */
export function impactOf(rise: Rise, nextLookMs: number): bigint {
  const pace = Math.max(0, rise.observed - rise.expected) / rise.windowMs
  return nanosOf(rise.excess + pace * nextLookMs)
}

/** Money of the model is a statistic; what is shown of it is rounded to a nano. */
function nanosOf(amount: number): bigint {
  return BigInt(Math.round(Math.max(0, amount) * 1e9))
}

const shapeWords: Record<Shape, () => string> = {
  cliff: () => i18n.t('It rose at once.'),
  ramp: () => i18n.t('It keeps rising.'),
  burst: () => i18n.t('It was a burst.'),
  plateau: () => i18n.t('It stays there.'),
  creep: () => i18n.t('It crept up over days.'),
}

function describe(spend: WatchedSpend, rise: Rise, identity: string, critical: boolean, nowMs: number): Finding {
  const money = (amount: number) => moneyInWords(nanosToDecimal(nanosOf(amount)), spend.currency)
  const parts = spend.spentIn({ fromMs: rise.sinceMs, toMs: nowMs })
  return {
    ...common(spend, identity, parts),
    severity: critical ? 'critical' : 'warning',
    steps: critical ? ['unusual', 'costly'] : ['unusual'],
    amountNanos: nanosOf(rise.excess),
    sinceMs: rise.sinceMs,
    summary: sentences(
      i18n.t(
        '{account} spent {spent} in the last {span}; usual is {usual}, at most {high}. {excess} too much so far.',
        {
          account: spend.accountLabel,
          spent: money(rise.observed),
          span: spanText(rise.windowMs),
          usual: money(rise.expected),
          high: money(rise.high),
          excess: money(rise.excess),
        },
      ),
      shapeWords[rise.shape](),
      spend.plan,
    ),
  }
}

function describeNewcomer(
  spend: WatchedSpend,
  newcomer: Newcomer,
  identity: string,
  sinceMs: number,
  nowMs: number,
): Finding {
  const parts = spend.spentIn({ fromMs: sinceMs, toMs: nowMs })
  const said = {
    account: spend.accountLabel,
    what: withKind(newcomer.dimension, newcomer.name),
    span: spanText(newcomer.silentMs ?? 0),
    spent: moneyInWords(nanosToDecimal(newcomer.nanos), spend.currency),
  }
  return {
    ...common(spend, identity, parts),
    severity: 'warning',
    steps: ['unusual'],
    amountNanos: spentBy(newcomer, parts, spend.currency),
    sinceMs,
    summary: sentences(
      newcomer.silentMs === null
        ? i18n.t('{account} uses {what} for the first time: {spent} in the last hour.', said)
        : i18n.t('{account} uses {what} again, after {span}: {spent} in the last hour.', said),
      spend.plan,
    ),
  }
}

function common({ accountId, currency }: WatchedSpend, identity: string, parts: readonly OwnedSpend[]) {
  return {
    identity,
    rule: 'anomaly' as const,
    ruleId: null,
    scope: `account:${accountId}`,
    unsure: false,
    limitNanos: null,
    currency,
    contributors: contributorsOf(parts, { kind: 'account', name: accountId }, currency),
  }
}

const latestFirstMs = [10, 20, 30, 45].map((minutes) => minutes * minuteMs)

/** About when it came: the latest of a few instants since which all of its last hour was spent. */
function cameAtMs(spend: WatchedSpend, newcomer: Newcomer, nowMs: number): number {
  const ms = latestFirstMs.find(
    (one) =>
      namedSpend(newcomer, spend.spentIn({ fromMs: nowMs - one, toMs: nowMs }), spend.currency) >= newcomer.nanos,
  )
  return nowMs - (ms ?? hourMs)
}

/** What a newcomer spent since it was told of; kinds of tokens are not told apart there, so their last hour stands in. */
function spentBy({ dimension, name, nanos }: Newcomer, parts: readonly OwnedSpend[], currency: string): bigint {
  const spent = namedSpend({ dimension, name }, parts, currency)
  return spent > nanos ? spent : nanos
}

function namedSpend(
  { dimension, name }: Pick<Newcomer, 'dimension' | 'name'>,
  parts: readonly OwnedSpend[],
  currency: string,
): bigint {
  if (dimension === 'meter') return 0n
  return parts
    .filter((part) => part.currency === currency && part.labels[dimension] === name)
    .reduce((sum, part) => sum + part.nanos, 0n)
}
