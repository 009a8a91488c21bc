import type { RuleKind, Severity } from '../../shared/alerts.ts'
import type { Explanation } from './causes.ts'
import { countIn, exchangeNanos, type Counted, type RateBook } from '../../shared/rates.ts'
import { formatScope, inScope, scopesOf, type Scope, type SpendOwner } from '../../shared/scope.ts'

/** What a judge concludes just now, without memory. */
export interface Finding {
  /** Same rule, scope and period, same identity; never the amount or the text, which change with every poll. */
  identity: string
  rule: RuleKind
  ruleId: string | null
  scope: string
  severity: Severity
  /** What has been crossed, mildest first. Each is announced once per identity. */
  steps: string[]
  /** Its identity names one occasion, such as a budget's month: what was told of it stays told for good. */
  once?: true
  /** Not yet sure: kept as pending, and fires when the next look agrees. */
  unsure: boolean
  amountNanos: bigint | null
  limitNanos: bigint | null
  currency: string
  sinceMs: number
  summary: string
  contributors: Contribution[]
  /** Why, where a judge can tell. */
  explanation?: Explanation
}

export interface Contribution {
  dimension: 'provider' | 'account' | 'model' | 'project' | 'key'
  name: string
  nanos: bigint
}

/** An open alert as a judge needs to see it. */
export interface OpenAlert {
  identity: string
  rule: RuleKind
  ruleId: string | null
  scope: string
  sinceMs: number
  told: readonly string[]
}

/** Alerts are cleared by data only; one that is in neither list stays as it is. */
export interface Judgement {
  findings: Finding[]
  /** Identity to the reason why it is over. */
  cleared: Map<string, string>
}

/** Spend of one owner over a range: the part of it that counts. */
export interface OwnedSpend {
  owner: SpendOwner
  /** Names as people know them, for texts. */
  labels: { provider: string; account: string; project: string | null; model: string | null; key: string | null }
  currency: string
  nanos: bigint
}

/** Spend over a range: as a whole, and by UTC day, which is read only where another currency is to be counted. */
export interface SpendIn {
  parts: readonly OwnedSpend[]
  /** Ids of the accounts of which at least a part was read. */
  accounts: ReadonlySet<string>
  days(): readonly DaySpend[]
}

export interface DaySpend {
  utcDay: string
  parts: readonly OwnedSpend[]
}

/** Sums by scope, made when a reading is first asked: a thousand budgets look at the same few readings. */
const sumsOf = new WeakMap<readonly OwnedSpend[], ReadonlyMap<string, ReadonlyMap<string, bigint>>>()

const nothing: ReadonlyMap<string, bigint> = new Map()

/** What was spent in a scope, by currency. */
export function sumsInScope(parts: readonly OwnedSpend[], scope: Scope): ReadonlyMap<string, bigint> {
  const sums = sumsOf.get(parts) ?? sumByScope(parts)
  sumsOf.set(parts, sums)
  return sums.get(formatScope(scope)) ?? nothing
}

/** What was spent in a scope in one currency alone. */
export function sumInScope(parts: readonly OwnedSpend[], scope: Scope, currency: string): bigint {
  return sumsInScope(parts, scope).get(currency) ?? 0n
}

function sumByScope(parts: readonly OwnedSpend[]): Map<string, ReadonlyMap<string, bigint>> {
  const sums = new Map<string, Map<string, bigint>>()
  for (const { owner, currency, nanos } of parts) {
    for (const scope of scopesOf(owner)) {
      let byCurrency = sums.get(scope)
      if (!byCurrency) sums.set(scope, (byCurrency = new Map()))
      byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + nanos)
    }
  }
  return sums
}

/** All of a scope's spend in one currency, and which rates made it so. */
export function countInScope(spent: SpendIn, scope: Scope, currency: string, rates: RateBook): Counted {
  const days = () => spent.days().map(({ utcDay, parts }) => ({ utcDay, sums: sumsInScope(parts, scope) }))
  return countIn(currency, sumsInScope(spent.parts, scope), days, rates)
}

/** Each part in the one currency, for who it went to. What has no rate is left out. */
export function partsIn(spent: SpendIn, currency: string, rates: RateBook): OwnedSpend[] {
  const own = spent.parts.filter((part) => part.currency === currency)
  const others = spent.days().flatMap(({ utcDay, parts }) =>
    parts.flatMap((part) => {
      const rate = part.currency === currency ? null : rates.rateOn(part.currency, currency, utcDay)
      return rate ? [{ ...part, currency, nanos: exchangeNanos(part.nanos, rate) }] : []
    }),
  )
  return [...own, ...others]
}

const dimensions = ['model', 'project', 'key', 'account'] as const

/** The largest contributor of each dimension, and the runners-up that hold at least a tenth of the whole. */
export function contributorsOf(parts: readonly OwnedSpend[], scope: Scope, currency: string): Contribution[] {
  const inside = parts.filter((part) => part.currency === currency && part.nanos > 0n && inScope(scope, part.owner))
  const whole = inside.reduce((sum, part) => sum + part.nanos, 0n)
  return dimensions.flatMap((dimension) => {
    const sums = new Map<string, bigint>()
    for (const part of inside) {
      const name = part.labels[dimension]
      if (name !== null) sums.set(name, (sums.get(name) ?? 0n) + part.nanos)
    }
    return [...sums]
      .map(([name, nanos]) => ({ dimension, name, nanos }))
      .sort((a, b) => (a.nanos === b.nanos ? a.name.localeCompare(b.name) : a.nanos > b.nanos ? -1 : 1))
      .filter(({ nanos }, rank) => rank === 0 || (rank < 3 && nanos * 10n >= whole))
  })
}
