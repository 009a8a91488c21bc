import { createRateBook, parseRate, type Quote, type RateBook } from '../../shared/rates.ts'
import type { PublishedRate, RatesTable } from '../storage/rates.ts'
import { bundledRates } from './bundled.ts'

const bundledQuotes = quotesOf(bundledRates)

/** By currency, oldest first. */
function quotesOf(published: readonly PublishedRate[]): ReadonlyMap<string, readonly Quote[]> {
  const inOrder = [...published].sort((a, b) => a.day.localeCompare(b.day))
  return Map.groupBy(
    inOrder.flatMap(({ currency, day, perEuro }) => {
      const rate = parseRate(perEuro)
      return rate ? [{ currency, day, ...rate }] : []
    }),
    ({ currency }) => currency,
  )
}

/** Of rates at hand: the ones of a story. */
export function createBookOf(published: readonly PublishedRate[]): RateBook {
  const quotes = quotesOf(published)
  return createRateBook({
    quotes: (currency) => ({ source: 'ecb', quotes: quotes.get(currency) ?? [] }),
    manual: () => [],
  })
}

/** What is stored, and the program's own snapshot for a currency of which nothing ever was. */
export function createStoredBook(table: Pick<RatesTable, 'quotes' | 'manual'>): RateBook {
  return createRateBook({
    quotes(currency) {
      const quotes = table.quotes(currency)
      return quotes.length > 0
        ? { source: 'ecb', quotes }
        : { source: 'bundled', quotes: bundledQuotes.get(currency) ?? [] }
    },
    manual: table.manual,
  })
}
