import { fail } from '../../shared/failures.ts'
import type { RatesState } from '../../shared/rate-notes.ts'
import { isOld } from '../../shared/rates.ts'
import { err, ok } from '../../shared/result.ts'
import { iso, utcDay } from '../../shared/time.ts'
import type { Rates } from '../rates/rates.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

export function ratesCalls(parts: {
  rates: Rates
  now(): number
  displayCurrency(): string | null
  onChange(): void
}): Pick<Handlers, 'rates:get' | 'rates:set' | 'rates:clear' | 'rates:accept'> {
  const { rates, now } = parts
  const changed = () => {
    parts.onChange()
    return ok(ratesStateOf(rates, parts.displayCurrency(), now()))
  }
  return {
    'rates:get': () => ok(ratesStateOf(rates, parts.displayCurrency(), now())),
    'rates:set': ({ fromDay, ...rate }) => {
      rates.setManual({ ...rate, fromDay: fromDay ?? utcDay(now()) })
      return changed()
    },
    'rates:clear': (pair) => {
      if (rates.clearManual(pair)) return changed()
      return err(
        fail(
          'not-found',
          i18n.t('There is no manual rate of {from} and {to}. "spend-guard rates show" lists them.', {
            from: pair.from,
            to: pair.to,
          }),
        ),
      )
    },
    'rates:accept': ({ currency }) => {
      if (rates.accept(currency)) return changed()
      return err(
        fail(
          'not-found',
          i18n.t('No rate of {currency} is held back. "spend-guard rates show" lists them.', { currency }),
        ),
      )
    },
  }
}

/** What is known of rates, for people. */
export function ratesStateOf(rates: Rates, displayCurrency: string | null, nowMs: number): RatesState {
  const newest = rates.newest()
  const reading = rates.reading()
  const day = newest.rates.reduce((last, one) => (one.day > last ? one.day : last), '')
  const rate = { numerator: 1n, denominator: 1n, day, source: newest.source }
  return {
    displayCurrency,
    needed: rates.isNeeded(),
    source: newest.source,
    day,
    old: isOld(rate, utcDay(nowMs)),
    readAt: reading?.readAtMs == null ? null : iso(reading.readAtMs),
    failure: reading?.failure ?? null,
    rates: newest.rates.map(({ currency, perEuro, day }) => ({ currency, perEuro, day })),
    manual: [...rates.manual()],
    held: rates.held().map(({ currency, perEuro, day }) => {
      const used = rates.believed(currency)
      return { currency, day, perEuro, usedPerEuro: used?.perEuro ?? null, usedDay: used?.day ?? null }
    }),
  }
}
