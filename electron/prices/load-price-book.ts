import type { PriceBook } from './price-book.ts'

/**
 * The price data takes some 40 ms to load, which a command that prices nothing should not wait for: import this file,
 * not the book, where the book is only needed sometimes.
 */
export async function loadPriceBook(): Promise<PriceBook> {
  const { createPriceBook } = await import('./price-book.ts')
  return createPriceBook()
}
