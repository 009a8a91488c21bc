import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, hourMs, spanText } from '../../shared/time.ts'
import { i18n, moneyInWords } from '../../shared/words.ts'
import type { Finding, Judgement, OpenAlert } from './finding.ts'

/** Prepaid money of an account, in one currency. */
export interface PrepaidMoney {
  accountId: string
  label: string
  currency: string
  leftNanos: bigint
  readAtMs: number
  /** From where on a person calls it low; null where nobody said. */
  lowNanos: bigint | null
  /** What was spent in the last 24 hours; null where that is not known. */
  spentOfDayNanos: bigint | null
  /** Rises of the balance over the last two weeks, oldest first. */
  topUps: readonly { atMs: number; nanos: bigint }[]
}

/** A balance that was not read for so long says nothing any more. */
const staleMs = dayMs
/** Left for less than this many hours at the pace of the last day: somebody must act now. */
const criticalHours = 2n
const fewestTopUps = 3
const habitDays = 13

/**
 * Two things a balance tells that spend does not: that it will be used up, after which the service stops; and that it is
 * topped up again and again, which is how a card is drained without a bill.
 */
export function judgeBalances(input: {
  balances: readonly PrepaidMoney[]
  open: readonly OpenAlert[]
  nowMs: number
}): Judgement {
  const judgement: Judgement = { findings: [], cleared: new Map() }
  const names = new Set<string>()
  for (const money of input.balances) {
    const low = `balance:${money.accountId}:${money.currency}`
    const toppedUp = `top-ups:${money.accountId}:${money.currency}`
    names.add(low).add(toppedUp)
    if (input.nowMs - money.readAtMs > staleMs) continue
    const isOpen = input.open.some(({ identity }) => identity === low)
    const finding = lowBalance(money, low, isOpen, input.nowMs)
    if (finding) judgement.findings.push(finding)
    else judgement.cleared.set(low, i18n.t('There is enough again.'))
    const often = oftenToppedUp(money, toppedUp, input.nowMs)
    if (often) judgement.findings.push(often)
    else judgement.cleared.set(toppedUp, i18n.t('It is topped up as often as usual.'))
  }
  for (const { rule, identity } of input.open)
    if (rule === 'balance' && !names.has(identity))
      judgement.cleared.set(identity, i18n.t('There is no such balance any more.'))
  return judgement
}

/** Once low, it is low until there is a tenth more than that. */
function lowBalance(money: PrepaidMoney, identity: string, isOpen: boolean, nowMs: number): Finding | null {
  const { leftNanos: left, lowNanos, spentOfDayNanos: pace } = money
  const limit = lowNanos ?? pace
  if (limit === null || limit <= 0n) return null
  if (left * 10n >= limit * (isOpen ? 11n : 10n)) return null
  const isCritical = left <= 0n || (pace !== null && pace > 0n && left * 24n < pace * criticalHours)
  return {
    ...base(money),
    identity,
    severity: isCritical ? 'critical' : 'warning',
    steps: isCritical ? ['low', 'nearly out'] : ['low'],
    amountNanos: left,
    limitNanos: lowNanos,
    sinceMs: nowMs,
    summary: leftText(money, left, pace),
  }
}

function leftText({ label, currency }: PrepaidMoney, left: bigint, pace: bigint | null): string {
  const lastsMs = pace !== null && pace > 0n ? (Number(left) / Number(pace)) * dayMs : 0
  const said = { account: label, amount: moneyInWords(nanosToDecimal(left), currency), span: spanText(lastsMs) }
  if (left <= 0n || lastsMs === 0) return i18n.t('{account} has {amount} left.', said)
  return lastsMs < hourMs
    ? i18n.t('{account} has {amount} left, which lasts less than an hour at the pace of the last day.', said)
    : i18n.t('{account} has {amount} left, which lasts for {span} at the pace of the last day.', said)
}

/** Three times within a day, and more than twice as often as on any day of the two weeks before. */
function oftenToppedUp({ topUps, ...money }: PrepaidMoney, identity: string, nowMs: number): Finding | null {
  const today = topUps.filter(({ atMs }) => atMs > nowMs - dayMs)
  const perDay = new Map<number, number>()
  for (const { atMs } of topUps) {
    const daysAgo = Math.floor((nowMs - atMs) / dayMs)
    if (daysAgo >= 1 && daysAgo <= habitDays) perDay.set(daysAgo, (perDay.get(daysAgo) ?? 0) + 1)
  }
  const usual = Math.max(0, ...perDay.values())
  if (today.length < fewestTopUps || today.length <= 2 * usual) return null
  const sum = today.reduce((total, { nanos }) => total + nanos, 0n)
  return {
    ...base({ ...money, topUps }),
    identity,
    severity: 'warning',
    steps: ['often topped up'],
    amountNanos: sum,
    limitNanos: null,
    sinceMs: today[0]?.atMs ?? nowMs,
    summary: i18n.t(
      '{account} was topped up {count} times within 24 hours, {amount} in all; before that {usual, plural, =0 {not once a day} one {at most once a day} other {at most # times a day}}.',
      {
        account: money.label,
        count: today.length,
        amount: moneyInWords(nanosToDecimal(sum), money.currency),
        usual,
      },
    ),
  }
}

function base({ accountId, currency }: PrepaidMoney) {
  return {
    rule: 'balance' as const,
    ruleId: null,
    scope: `account:${accountId}`,
    unsure: false,
    currency,
    contributors: [],
  }
}
