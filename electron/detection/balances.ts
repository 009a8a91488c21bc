import { formatMoney, nanosToDecimal } from '../../shared/money.ts'
import { dayMs, hourMs, spanText } from '../../shared/time.ts'
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
    else judgement.cleared.set(low, 'There is enough again.')
    const often = oftenToppedUp(money, toppedUp, input.nowMs)
    if (often) judgement.findings.push(often)
    else judgement.cleared.set(toppedUp, 'It is topped up as often as usual.')
  }
  for (const { rule, identity } of input.open)
    if (rule === 'balance' && !names.has(identity))
      judgement.cleared.set(identity, 'There is no such balance any more.')
  return judgement
}

/** Once low, it is low until there is a tenth more than that. */
function lowBalance(money: PrepaidMoney, identity: string, isOpen: boolean, nowMs: number): Finding | null {
  const { leftNanos: left, lowNanos, spentOfDayNanos: pace } = money
  const limit = lowNanos ?? pace
  if (limit === null || limit <= 0n) return null
  if (left * 10n >= limit * (isOpen ? 11n : 10n)) return null
  const isCritical = left <= 0n || (pace !== null && pace > 0n && left * 24n < pace * criticalHours)
  const amount = formatMoney(nanosToDecimal(left), money.currency, 'en-US')
  return {
    ...base(money),
    identity,
    severity: isCritical ? 'critical' : 'warning',
    steps: isCritical ? ['low', 'nearly out'] : ['low'],
    amountNanos: left,
    limitNanos: lowNanos,
    sinceMs: nowMs,
    summary: `${money.label} has ${amount} left${lastingText(left, pace)}.`,
  }
}

function lastingText(left: bigint, pace: bigint | null): string {
  if (left <= 0n || pace === null || pace <= 0n) return ''
  const lastsMs = (Number(left) / Number(pace)) * dayMs
  return `, which lasts ${lastsMs < hourMs ? 'less than an hour' : `for ${spanText(lastsMs)}`} at the pace of the last day`
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
  const amount = formatMoney(nanosToDecimal(sum), money.currency, 'en-US')
  const before = usual === 0 ? 'not once a day' : usual === 1 ? 'at most once a day' : `at most ${usual} times a day`
  return {
    ...base({ ...money, topUps }),
    identity,
    severity: 'warning',
    steps: ['often topped up'],
    amountNanos: sum,
    limitNanos: null,
    sinceMs: today[0]?.atMs ?? nowMs,
    summary: `${money.label} was topped up ${today.length} times within 24 hours, ${amount} in all; before that ${before}.`,
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
