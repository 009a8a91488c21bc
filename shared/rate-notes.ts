import { z } from 'zod'
import { amount, currency, instant } from './amounts.ts'
import { roundHalfEven } from './decimal.ts'
import { failure } from './failures.ts'
import { nanosPerUnit, nanosToDecimal, parseNanos } from './money.ts'
import { datesLocale, i18n, listInWords, moneyInWords, wordsLocale } from './words.ts'
import { parseRate, rateSources, type Counted, type Exchange, type RateSource } from './rates.ts'

export const rateText = z.string().refine((text) => parseRate(text) !== null && (parseNanos(text) ?? 0n) > 0n, {
  error: 'A rate is a number above zero, such as 0.92.',
})

export const manualRate = z.object({
  from: currency,
  to: currency,
  /** What one unit of `from` is worth in `to`. */
  rate: rateText,
  fromDay: z.iso.date(),
})
export const manualRateEntry = manualRate
  .extend({
    /** Null: today. */
    fromDay: z.iso.date({ error: 'The first day is written like 2026-11-27.' }).nullable().default(null),
  })
  .refine(({ from, to }) => from !== to, { error: 'A rate is between two different currencies.', path: ['to'] })
/** Whichever way round it was set; of one day, or all of the pair. */
export const manualRatePair = z.object({ from: currency, to: currency, fromDay: z.iso.date().nullable().default(null) })

/** What went into a sum from another currency, on the wire. */
export const exchange = z.object({
  currency,
  amount,
  /** The amount in the currency of the sum. */
  into: amount,
  /** What one unit was worth on the newest day, to nine decimals. */
  rate: z.string(),
  ratesFrom: z.iso.date(),
  ratesOf: z.iso.date(),
  source: z.enum(rateSources),
  old: z.boolean(),
})
export type ExchangeNote = z.infer<typeof exchange>

/** What a sum holds of other currencies, and which are left out of it for want of a rate. */
export interface CountedNote {
  exchanges: ExchangeNote[]
  missing: string[]
}

function presentExchange({ nanos, intoNanos, rate, isOld, ...rest }: Exchange): ExchangeNote {
  return {
    currency: rest.currency,
    amount: nanosToDecimal(nanos),
    into: nanosToDecimal(intoNanos),
    rate: nanosToDecimal(roundHalfEven(rate.numerator * nanosPerUnit, rate.denominator)),
    ratesFrom: rest.ratesFrom,
    ratesOf: rest.ratesOf,
    source: rate.source,
    old: isOld,
  }
}

export function presentCounted({ exchanges, missing }: Counted): CountedNote {
  return { exchanges: exchanges.map(presentExchange), missing }
}

/** A total in the display currency, beside the exact amounts. */
export const displayTotal = z.object({
  currency,
  /** Null where nothing is known, or nothing could be converted. Without what is `missing`. */
  effective: amount.nullable(),
  /** Day of the newest rate in it; null where none was needed. */
  ratesOf: z.iso.date().nullable(),
  exchanges: z.array(exchange),
  /** Currencies without a rate: not part of the total. */
  missing: z.array(currency),
})
export type DisplayTotal = z.infer<typeof displayTotal>

/** A rate that moved too far to be believed: not used until a person says it is right. */
export const heldRate = z.object({
  currency,
  day: z.iso.date(),
  perEuro: z.string(),
  /** The last one that is believed. */
  usedPerEuro: z.string().nullable(),
  usedDay: z.iso.date().nullable(),
})

/** What is known of rates, for people. */
export const ratesState = z.object({
  displayCurrency: currency.nullable(),
  /** Whether more than one currency is in play; otherwise no rate is fetched. */
  needed: z.boolean(),
  source: z.enum(['ecb', 'bundled']),
  /** Of the newest rates. */
  day: z.iso.date(),
  old: z.boolean(),
  readAt: instant.nullable(),
  failure: failure.nullable(),
  /** The newest of each currency, for one euro. */
  rates: z.array(z.object({ currency, perEuro: z.string(), day: z.iso.date() })),
  manual: z.array(manualRate),
  held: z.array(heldRate),
})
export type RatesState = z.infer<typeof ratesState>

/** `24 Nov 2026`: short, because it stands beside numbers. */
export function rateDay(day: string): string {
  return new Intl.DateTimeFormat(datesLocale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
    .format(Date.parse(day))
    .replace('Sept', 'Sep')
}

const sourceWords: Record<RateSource, () => string> = {
  ecb: () => i18n.t('ECB'),
  bundled: () => i18n.t('built in'),
  manual: () => i18n.t('manual'),
}

/** For people: five digits say enough. */
export function shortRate(rate: string): string {
  return Number(rate).toLocaleString(wordsLocale(), { maximumSignificantDigits: 5 })
}

/** `EUR 12.00 counted at 1.0832 USD of 24 Nov 2026 (ECB)`. */
export function exchangeText({ currency, amount, rate, ratesFrom, ratesOf, source, old }: ExchangeNote, into: string) {
  const said = {
    amount: codeMoney(amount, currency),
    rate: `${shortRate(rate)} ${into}`,
    day: rateDay(ratesOf),
    since: rateDay(ratesFrom),
    source: old ? i18n.t('{source}, old', { source: sourceWords[source]() }) : sourceWords[source](),
  }
  return ratesFrom === ratesOf
    ? i18n.t('{amount} counted at {rate} of {day} ({source})', said)
    : i18n.t('{amount} counted at daily rates since {since}, the last {rate} of {day} ({source})', said)
}

/** With the code in front, so that dollars of three countries do not look alike. */
function codeMoney(amount: string, currency: string): string {
  const text = moneyInWords(amount, currency)
  return `${text.startsWith('-') ? '-' : ''}${currency} ${text.replace(/[^\d.,]/g, '')}`
}

/** What was exchanged and what was left out, in sentences; empty where there is one currency only. */
export function countedText({ exchanges, missing }: CountedNote, into: string): string {
  return [
    ...exchanges.map((one) => `${exchangeText(one, into)}.`),
    ...missing.map((currency) => i18n.t('{currency} not counted: no rate to {into} is known.', { currency, into })),
  ].join(' ')
}

/** `rates of 24 Nov 2026, ECB`; null where none was needed. */
export function ratesOfText(exchanges: readonly ExchangeNote[]): string | null {
  if (exchanges.length === 0) return null
  const first = exchanges.map((one) => one.ratesFrom).sort()[0] ?? ''
  const last =
    exchanges
      .map((one) => one.ratesOf)
      .sort()
      .at(-1) ?? ''
  const sources = listInWords([...new Set(exchanges.map(({ source }) => sourceWords[source]()))])
  const source = exchanges.some(({ old }) => old) ? i18n.t('{source}, old', { source: sources }) : sources
  return first === last
    ? i18n.t('rates of {day}, {source}', { day: rateDay(last), source })
    : i18n.t('rates of {first} to {last}, {source}', { first: rateDay(first), last: rateDay(last), source })
}

/** Where the rates in use come from. */
export function ratesSourceText({ source, day, old, needed }: RatesState): string {
  const said = { day: rateDay(day), age: old ? 'old' : 'new' }
  if (source === 'ecb')
    return i18n.t('Rates of the European Central Bank, of {day}{age, select, old {, which is old} other {}}.', said)
  return needed
    ? i18n.t(
        'Rates that came with the program, of {day}{age, select, old {, which is old} other {}}: the European Central Bank was not reached yet.',
        said,
      )
    : i18n.t(
        'Rates that came with the program, of {day}{age, select, old {, which is old} other {}}: only one currency is in play, so none are read.',
        said,
      )
}
