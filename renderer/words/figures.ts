import { t } from '@lingui/core/macro'
import { i18n } from '@lingui/core'
import type { Locales } from '../../shared/money.ts'

/** How figures and dates are written: as in the visitor's own country, where that speaks the language of the page. */
export const formatLocales = (): Locales => i18n.locales

export function percentText(share: number, locale: Locales = formatLocales()): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

/** As somebody wrote it: 99.5 % of a limit is not all of it. */
export function thresholdText(percent: number, locale: Locales = formatLocales()): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(percent / 100)
}

/** Rounded down, as in the guard's own sentences: 99.9 % of a limit is not yet all of it. */
export function limitShareText(share: number, locale: Locales = formatLocales()): string {
  // The small addition makes up for decimals that a double holds a hair too low.
  return percentText(Math.floor(share * 100 + 1e-9) / 100, locale)
}

/** Part of a limit that is used, 0 upwards; null when the spend is unknown. */
export function shareOfLimit(spent: string | null, limit: string): number | null {
  if (spent === null || Number(limit) <= 0) return null
  return Number(spent) / Number(limit)
}

/** "12% more than the day before", "the same as …", "40 times as much as …"; empty without anything to compare with. */
export function changeText(
  now: string | null,
  earlier: string | null,
  before: string,
  locale: Locales = formatLocales(),
): string {
  if (now === null || earlier === null || Number(earlier) <= 0) return ''
  const change = Number(now) / Number(earlier) - 1
  if (Math.abs(change) < 0.005) return t`the same as ${before}`
  if (change >= 9) return t`${Math.round(change + 1).toLocaleString(locale)} times as much as ${before}`
  const share = percentText(Math.abs(change), locale)
  return change > 0 ? t`${share} more than ${before}` : t`${share} less than ${before}`
}

/** "48.3 MB", in the steps of file managers. */
export function bytesText(bytes: number, locale: Locales = formatLocales()): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  const step = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const digits = step === 0 || bytes / 1_000 ** step >= 100 ? 0 : 1
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: steps[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(bytes / 1_000 ** step)
}
