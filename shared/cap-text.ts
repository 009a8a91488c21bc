import type { Cap } from './caps.ts'
import { i18n, moneyInWords } from './words.ts'

const periods: Record<Cap['period'], () => string> = {
  day: () => i18n.t('each day'),
  week: () => i18n.t('each week'),
  month: () => i18n.t('each month'),
  quarter: () => i18n.t('each quarter'),
  year: () => i18n.t('each year'),
  total: () => i18n.t('in all'),
}

/** `organization: stops at $500.00 each month`. */
export function capText({ scope, effect, limit, currency, period }: Cap): string {
  const amount = limit === null ? i18n.t('an amount it does not tell') : moneyInWords(limit, currency)
  const each = periods[period]()
  return effect === 'stop'
    ? i18n.t('{scope}: stops at {amount} {each}', { scope, amount, each })
    : i18n.t('{scope}: warns at {amount} {each}', { scope, amount, each })
}
