import { parseDecimal, roundHalfEven } from './decimal.ts'
import type { Nanos } from './money.ts'
import { dayMs } from './time.ts'

/** `ecb`: published by the European Central Bank. `bundled`: the snapshot that came with the program. */
export const rateSources = ['ecb', 'bundled', 'manual'] as const
export type RateSource = (typeof rateSources)[number]

/** How many units of one currency a unit of another is worth: a fraction, so that nothing is rounded before the end. */
export interface Rate {
  numerator: bigint
  denominator: bigint
  /** When it was published; the first day of a manual one. */
  day: string
  source: RateSource
}

/** Units of a currency for one euro, on the day they were published. */
export interface Quote {
  day: string
  numerator: bigint
  denominator: bigint
}

export interface RateBook {
  /** What one unit of `from` is worth in `to` on a UTC day; null where nobody knows. Two different currencies. */
  rateOn(from: string, to: string, utcDay: string): Rate | null
}

/** Where no rate is known: each currency stands by itself. */
export const noRates: RateBook = { rateOn: () => null }

/** A positive decimal number as a fraction; null for everything else. */
export function parseRate(text: string): { numerator: bigint; denominator: bigint } | null {
  const decimal = parseDecimal(text)
  return decimal && decimal.digits > 0n
    ? { numerator: decimal.digits, denominator: 10n ** BigInt(decimal.scale) }
    : null
}

/** An amount in the other currency, rounded once, half-even, to the nano. */
export function exchangeNanos(nanos: Nanos, rate: Pick<Rate, 'numerator' | 'denominator'>): Nanos {
  return roundHalfEven(nanos * rate.numerator, rate.denominator)
}

/** A rate that a person set: it holds from its day on, until a later one, and goes before what is published. */
export interface ManualRate {
  from: string
  to: string
  /** What one unit of `from` is worth in `to`, as decimal text. */
  rate: string
  fromDay: string
}

/**
 * Rates of days: a day takes what was published on it or last before it, because nothing is published at weekends. A day
 * from before the first known rate takes that one. What a person set goes first, and works both ways.
 */
export function createRateBook(known: {
  /** Oldest first. Of the euro nothing: it is what the others are quoted in. */
  quotes(currency: string): { source: RateSource; quotes: readonly Quote[] }
  manual(): readonly ManualRate[]
}): RateBook {
  function manualOn(from: string, to: string, utcDay: string): Rate | null {
    const best = known
      .manual()
      .filter((one) => one.fromDay <= utcDay && [one.from, one.to].includes(from) && [one.from, one.to].includes(to))
      .reduce<ManualRate | null>((last, one) => (last && last.fromDay > one.fromDay ? last : one), null)
    const rate = best && parseRate(best.rate)
    if (!best || !rate) return null
    const turned = best.from === from ? rate : { numerator: rate.denominator, denominator: rate.numerator }
    return { ...turned, day: best.fromDay, source: 'manual' }
  }

  function quoteOn(currency: string, utcDay: string): (Quote & { source: RateSource }) | null {
    const { source, quotes } = known.quotes(currency)
    const quote = quotes[Math.max(0, countUpTo(quotes, utcDay) - 1)]
    return quote ? { ...quote, source } : null
  }

  return {
    rateOn(from, to, utcDay) {
      const manual = manualOn(from, to, utcDay)
      if (manual) return manual
      const a = from === 'EUR' ? null : quoteOn(from, utcDay)
      const b = to === 'EUR' ? null : quoteOn(to, utcDay)
      if ((from !== 'EUR' && !a) || (to !== 'EUR' && !b)) return null
      // Of two quotes the older one tells how fresh the rate is.
      const older = a && b ? (a.day <= b.day ? a : b) : (a ?? b)
      return {
        numerator: (a?.denominator ?? 1n) * (b?.numerator ?? 1n),
        denominator: (a?.numerator ?? 1n) * (b?.denominator ?? 1n),
        day: older?.day ?? utcDay,
        source: older?.source ?? 'ecb',
      }
    },
  }
}

/** How many quotes are of the day or earlier; by halving, because years of days add up. */
function countUpTo(quotes: readonly Quote[], utcDay: string): number {
  let [low, high] = [0, quotes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((quotes[middle]?.day ?? '') <= utcDay) low = middle + 1
    else high = middle
  }
  return low
}

/** The longest pause of the ECB, Easter, is five days. What is further from its day than this is marked. */
const freshDays = 7

/** Whether a published rate is of another time than the day it stands for. What a person set is meant to stay. */
export function isOld(rate: Rate, utcDay: string): boolean {
  return rate.source !== 'manual' && Math.abs(Date.parse(utcDay) - Date.parse(rate.day)) > freshDays * dayMs
}

/** Amounts of one UTC day by currency. */
export interface DaySums {
  utcDay: string
  sums: ReadonlyMap<string, Nanos>
}

/** What of a foreign currency went into a sum, and how. */
export interface Exchange {
  currency: string
  nanos: Nanos
  intoNanos: Nanos
  /** Of the newest day that was counted. */
  rate: Rate
  /** Days of the oldest and the newest rate. */
  ratesFrom: string
  ratesOf: string
  isOld: boolean
}

export interface Counted {
  nanos: Nanos
  exchanges: Exchange[]
  /** Currencies that were left out for want of a rate: the sum is too low by them. */
  missing: string[]
}

/**
 * One sum of several currencies. What is in the wanted currency is taken as it is; each day's amount of another is
 * exchanged at the rate of that day, so that what has passed does not move with today's rate.
 */
export function countIn(
  wanted: string,
  whole: ReadonlyMap<string, Nanos>,
  days: () => Iterable<DaySums>,
  rates: RateBook,
): Counted {
  const own = whole.get(wanted) ?? 0n
  if (!holdsAnother(whole, wanted)) return { nanos: own, exchanges: [], missing: [] }
  const exchanges = new Map<string, Exchange>()
  const missing = new Set<string>()
  for (const { utcDay, sums } of days()) {
    for (const [currency, nanos] of sums) {
      if (currency === wanted || nanos === 0n) continue
      const rate = rates.rateOn(currency, wanted, utcDay)
      if (!rate) missing.add(currency)
      else exchanges.set(currency, withDay(exchanges.get(currency), currency, nanos, rate, utcDay))
    }
  }
  const found = [...exchanges.values()].sort((a, b) => a.currency.localeCompare(b.currency))
  const nanos = found.reduce((sum, { intoNanos }) => sum + intoNanos, own)
  return { nanos, exchanges: found, missing: [...missing].sort() }
}

/** Asked for each of a thousand budgets at every look. */
function holdsAnother(sums: ReadonlyMap<string, Nanos>, wanted: string): boolean {
  for (const [currency, nanos] of sums) if (currency !== wanted && nanos !== 0n) return true
  return false
}

function withDay(before: Exchange | undefined, currency: string, nanos: Nanos, rate: Rate, utcDay: string): Exchange {
  const intoNanos = exchangeNanos(nanos, rate)
  const old = isOld(rate, utcDay)
  if (!before) return { currency, nanos, intoNanos, rate, ratesFrom: rate.day, ratesOf: rate.day, isOld: old }
  return {
    currency,
    nanos: before.nanos + nanos,
    intoNanos: before.intoNanos + intoNanos,
    rate: rate.day >= before.rate.day ? rate : before.rate,
    ratesFrom: rate.day < before.ratesFrom ? rate.day : before.ratesFrom,
    ratesOf: rate.day > before.ratesOf ? rate.day : before.ratesOf,
    isOld: before.isOld || old,
  }
}
