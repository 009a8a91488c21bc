import { plural, t } from '@lingui/core/macro'
import type { BudgetPreview, Outlook, Threshold } from '../../shared/budgets.ts'
import { formatMoney, type Locales } from '../../shared/money.ts'
import { localDay, type Period } from '../../shared/time.ts'
import { periodWordsInside } from './names.ts'
import { dayText } from './times.ts'
import { formatLocales, thresholdText } from './figures.ts'

/** "Heading for $4,210, most likely $3,900 to $4,700; past the limit around Nov 26." */
export function outlookText(outlook: Outlook, currency: string, locale: Locales = formatLocales()): string {
  const money = (amount: string) => formatMoney(amount, currency, locale)
  const passed =
    outlook.breachOn !== null && outlook.probability >= 0.5
      ? t`; past the limit around ${dayText(outlook.breachOn, locale)}`
      : ''
  return t`Heading for ${money(outlook.end)}, most likely ${money(outlook.low)} to ${money(outlook.high)}${passed}.`
}

/** "Of the last 90 days, a usual one cost $12.40, and nine of ten less than $18.10." */
export function usualText(
  preview: BudgetPreview,
  period: Period,
  currency: string,
  locale: Locales = formatLocales(),
): string {
  const { middle, high, periods } = preview
  if (middle === null || high === null)
    return {
      hour: t`Too little is known yet to say what is usual for an hour.`,
      day: t`Too little is known yet to say what is usual for a day.`,
      week: t`Too little is known yet to say what is usual for a week.`,
      month: t`Too little is known yet to say what is usual for a month.`,
      rolling24h: t`Too little is known yet to say what is usual for 24 hours.`,
    }[period]
  const money = (amount: string) => formatMoney(amount, currency, locale)
  const [usual, most] = [money(middle), money(high)]
  return {
    hour: t`Of the last ${periods} hours, a usual one cost ${usual}, and nine of ten at most ${most}.`,
    day: t`Of the last ${periods} days, a usual one cost ${usual}, and nine of ten at most ${most}.`,
    week: t`Of the last ${periods} weeks, a usual one cost ${usual}, and nine of ten at most ${most}.`,
    month: t`Of the last ${periods} months, a usual one cost ${usual}, and nine of ten at most ${most}.`,
    rolling24h: t`Of the last ${periods} looks at 24 hours, a usual one cost ${usual}, and nine of ten at most ${most}.`,
  }[period]
}

/** "80 % would have been told 3 times, last on Nov 20", a day of the budget's zone. */
export function wouldHaveText(
  { percent, amount }: Threshold,
  times: number,
  lastAt: string | null,
  currency: string,
  zone: string,
  locale: Locales = formatLocales(),
): string {
  const what = percent === undefined ? formatMoney(amount ?? null, currency, locale) : thresholdText(percent, locale)
  if (times === 0 || lastAt === null) return t`${what} would never have been told.`
  const last = dayText(localDay(Date.parse(lastAt), zone), locale)
  return plural(times, {
    one: `${what} would have been told once, last on ${last}.`,
    other: `${what} would have been told # times, last on ${last}.`,
  })
}

/** "budget $100.00 each day", and that its line is not in the picture where it would lie far above it. */
export function limitText(
  { limit, currency, period }: { limit: string; currency: string; period: Period },
  isInSight: boolean,
  locale: Locales = formatLocales(),
): string {
  const text = t`budget ${formatMoney(limit, currency, locale)} ${periodWordsInside[period]}`
  return isInSight ? text : t`${text}, far above what is shown`
}
