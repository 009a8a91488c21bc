import { fail, type Failure } from '../../shared/failures.ts'
import { parseRate } from '../../shared/rates.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { dayMs, utcDay } from '../../shared/time.ts'
import type { PublishedRate } from '../storage/rates.ts'
import { i18n } from '../../shared/words.ts'

const cube = /<Cube((?:\s+[a-z]+\s*=\s*(?:'[^'<>]*'|"[^"<>]*"))+)\s*\/?>/g
const attribute = /([a-z]+)\s*=\s*(?:'([^'<>]*)'|"([^"<>]*)")/g

/**
 * The ECB's euro reference rates: `<Cube time='2026-11-24'>` holds `<Cube currency='USD' rate='1.1269'/>` and so on, units
 * for one euro. The file of the day has single quotes, the one of 90 days double ones, newest day first. Whatever is
 * broken, from the future or without a dollar is refused as a whole: the last good rates stay.
 */
export function parseReferenceRates(xml: string, nowMs: number): Result<PublishedRate[]> {
  // A file that breaks off would silently lack its last days.
  if (!/<\/gesmes:Envelope>\s*$/.test(xml)) return err(unreadable(i18n.t('it breaks off or is something else')))
  const rates = new Map<string, PublishedRate>()
  let day: string | null = null
  for (const [, text = ''] of xml.matchAll(cube)) {
    const { time, currency, rate } = attributesOf(text)
    if (time !== undefined) {
      if (!isDay(time)) return err(unreadable(i18n.t('a day in it is none')))
      if (Date.parse(time) > nowMs + dayMs) return err(unreadable(i18n.t('it is of a day that is still to come')))
      day = time
      continue
    }
    if (currency === undefined || rate === undefined) continue
    if (day === null) return err(unreadable(i18n.t('its rates have no day')))
    if (!/^\d{1,12}(\.\d{1,12})?$/.test(rate) || !parseRate(rate))
      return err(unreadable(i18n.t('a rate in it is no number')))
    if (/^[A-Z]{3}$/.test(currency) && currency !== 'EUR')
      rates.set(`${currency} ${day}`, { currency, day, perEuro: rate })
  }
  const found = [...rates.values()]
  return found.some(({ currency }) => currency === 'USD') ? ok(found) : err(unreadable(i18n.t('it holds no rate')))
}

function attributesOf(text: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...text.matchAll(attribute)].map(([, name = '', single, double]) => [name, single ?? double]),
  )
}

function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN
  return Number.isFinite(ms) && utcDay(ms) === text
}

function unreadable(why: string): Failure {
  return fail(
    'unexpected-response',
    i18n.t("The ECB's reference rates cannot be read: {why}. The last good ones stay in use.", { why }),
  )
}
