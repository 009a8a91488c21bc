import { i18n } from '@lingui/core'
import { formatMoney } from './money.ts'

export { i18n }

// What the guard says is written in English where it is said, `i18n.t('{account} spent {amount}.', {…})`, and found in the
// catalogues by that text: docs/translating.md.

/** How figures are written in what is said. */
export const wordsLocale = (): string => (i18n.locale === 'de' ? 'de-DE' : 'en-US')

/** How dates are: in English as most of the world writes them, the day first. */
export const datesLocale = (): string => (i18n.locale === 'de' ? 'de-DE' : 'en-GB')

/** `8%`, in whole per cent unless more is asked for. */
export const percentInWords = (share: number, maximumFractionDigits = 0): string =>
  new Intl.NumberFormat(wordsLocale(), { style: 'percent', maximumFractionDigits }).format(share)

export const moneyInWords = (amount: string, currency: string): string => formatMoney(amount, currency, wordsLocale())

/** One after the other, without those that need not be said. */
export const sentences = (...said: readonly (string | null)[]): string => said.filter(Boolean).join(' ')

export function figureInWords(figure: number, decimals?: number): string {
  const text = decimals === undefined ? String(figure) : figure.toFixed(decimals)
  return i18n.locale === 'de' ? text.replace('.', ',') : text
}

/** `Anna`, `Anna and Ben`, `Anna, Ben and Cleo`; without the comma before the last that some write. */
export const listInWords = (items: readonly string[]): string =>
  new Intl.ListFormat(datesLocale(), { type: 'conjunction' }).format(items)

/** Texts of the shared tables, and of schemas: what the catalogue does not have (names, examples) stays as it is. */
export function inWords<T>(said: T): T {
  if (typeof said === 'string') return (said in i18n.messages ? i18n._(said) : said) as T
  if (said === null || typeof said !== 'object') return said
  if (Array.isArray(said)) return said.map(inWords) as T
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, inWords(value)])) as T
}
